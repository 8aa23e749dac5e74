"""Tokens of browsers and links. Only a hash is kept, so that a stolen table opens nothing."""

import hashlib
import secrets


def new() -> str:
    """Return a fresh token: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
