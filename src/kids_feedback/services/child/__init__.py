"""What a child does: send, come back, reply, change their mind."""
