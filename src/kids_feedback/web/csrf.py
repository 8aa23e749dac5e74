"""Proof that a form came from our own page: a token of the visit, masked afresh each time.

Flask-WTF's tokens die after an hour and look the same in every compressed answer; these live as
long as the visit and never repeat a byte, so a compressed page tells nothing (BREACH).
"""

import base64
import binascii
import secrets

from flask import g, request, session
from wtforms import Field, Form
from wtforms.csrf.core import CSRF

FIELD = "csrf_token"
_BYTES = 16
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class MaskedCSRF(CSRF):
    """The token of every form (``forms.OurForm``)."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        return token()

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        """Whether the token is right was decided before the view; see ``is_ours``."""


def token() -> str:
    """Return a masked token for a form of this visit."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_hex(_BYTES)
    pad = secrets.token_bytes(_BYTES)
    secret = bytes.fromhex(session["csrf"])
    masked = bytes(a ^ b for a, b in zip(pad, secret, strict=True))
    return base64.urlsafe_b64encode(pad + masked).decode()


def is_ours() -> bool:
    """Say whether this request may change something: it carries this visit's token.

    Another site's request is refused even with a token (``Sec-Fetch-Site``).
    """
    if request.method in SAFE:
        return True
    if "ours" not in g:
        g.ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {
            "same-origin",
            "none",
        } and _matches(request.form.get(FIELD, ""))
    ours: bool = g.ours
    return ours


def _matches(given: str) -> bool:
    try:
        raw = base64.urlsafe_b64decode(given.encode())
        secret = bytes.fromhex(session.get("csrf", ""))
    except (binascii.Error, ValueError):
        return False
    if len(raw) != 2 * _BYTES or len(secret) != _BYTES:
        return False
    pad, masked = raw[:_BYTES], raw[_BYTES:]
    return secrets.compare_digest(bytes(a ^ b for a, b in zip(pad, masked, strict=True)), secret)
