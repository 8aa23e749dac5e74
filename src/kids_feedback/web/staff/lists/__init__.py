"""The queue and the other lists; one's own profile."""
