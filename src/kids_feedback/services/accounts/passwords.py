"""Hashing, which is slow on purpose: never do it inside a transaction that writes."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # memory in KiB
_NOBODYS = _HASHER.hash(secrets.token_bytes(16))  # checked for whoever has no password


def hashed(password: str) -> str:
    """Return what is kept of a password. Every character of it counts."""
    return _HASHER.hash(_bytes(password))


def is_right(password: str, kept: str | None) -> bool:
    """Say whether ``password`` is the one. It takes as long where there is none."""
    try:
        return _HASHER.verify(kept or _NOBODYS, _bytes(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")
