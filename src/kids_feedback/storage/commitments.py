"""What a line of a history commits to. Migrations use it too, so this form may not change.

A later form gets functions of its own, and leaves these to the lines that they have written.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypedDict

from kids_feedback.storage.encryption import Keys


class Text(TypedDict):
    """What a line says."""

    nonce: str  # random, so that nobody finds the text by guessing at its digest
    facts: dict[str, Any]
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """All that the commitment of a line covers."""

    id: str
    feedback_id: str
    number: int
    written_on: date
    at: datetime | None
    person_id: str | None
    what: str
    text_digest: bytes


def new_text(facts: Mapping[str, Any], note: str | None) -> Text:
    """Return a text to be sealed, with a nonce of its own."""
    return {"nonce": secrets.token_hex(16), "facts": dict(facts), "note": note}


def digest_of(text: Text) -> bytes:
    """Return the SHA-256 digest of a text."""
    return hashlib.sha256(_as_bytes(text)).digest()


def commit(keys: Keys, line: Line) -> bytes:
    """Return a line's commitment: a keyed digest, which who holds only the database cannot make."""
    return keys.digest(_fields(line), _place(line))


def fits(keys: Keys, commitment: bytes, line: Line) -> bool:
    """Say whether that is the commitment of this line, by whichever key."""
    return keys.fits(commitment, _fields(line), _place(line))


def _place(line: Line) -> str:
    return f"event.{line.id}"


def _fields(line: Line) -> bytes:
    at = line.at.astimezone(UTC).isoformat() if line.at else None
    return _as_bytes(
        [
            line.feedback_id,
            line.number,
            line.written_on.isoformat(),
            at,
            line.person_id,
            line.what,
            line.text_digest.hex(),
        ]
    )


def _as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
