"""Hashing, which is slow on purpose: never do it inside a transaction that writes.

It takes 19 MiB each time, so the threads of a process take turns.
"""

import os
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # memory in KiB
_TURNS = BoundedSemaphore((os.cpu_count() or 1) + 1)
_NOBODYS = _HASHER.hash(secrets.token_bytes(16))  # checked for whoever has no password


def hashed(password: str) -> str:
    """Return what is kept of a password. Every character of it counts."""
    with _TURNS:
        return _HASHER.hash(_bytes(password))


def is_right(password: str, kept: str | None) -> bool:
    """Say whether ``password`` is the one. It takes as long where there is none."""
    try:
        with _TURNS:
            return _HASHER.verify(kept or _NOBODYS, _bytes(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode(errors="surrogatepass")
