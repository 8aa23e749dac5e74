"""What the running site keeps for itself: sessions, tokens, the outbox."""
