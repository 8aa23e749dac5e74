"""The queue and the other lists of staff."""
