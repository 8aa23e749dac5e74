"""Proof that a form came from our own page: a token of the visit, masked afresh each time.

Flask-WTF's tokens die after an hour and look the same in every compressed answer; these live as
long as the visit and never repeat a byte, so a compressed page tells nothing (BREACH).
"""

import base64
import binascii
import hashlib
import secrets

from flask import g, request
from wtforms import Field, Form
from wtforms.csrf.core import CSRF

from kids_feedback.web.kit import context, sessions
from kids_feedback.web.kit.sessions import KEY_BYTES, visit

FIELD = "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class MaskedCSRF(CSRF):
    """The token of every form (``forms.OurForm``)."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        return token()

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        """Whether the token is right was decided before the view; see ``is_ours``."""


def token() -> str:
    """Return a masked token for a form of this visit.

    While the store fails nobody knows which visit it is: a form goes back with the token it had.
    """
    if context.store_failed():
        return request.form.get(FIELD, "")
    key = _own_key()
    if key is None:
        key = visit().form_key = secrets.token_bytes(KEY_BYTES)
    return _masked(key)


def token_to_resend() -> str:
    """Return one for a form that came back because nobody was signed in any more.

    Every other token ends when somebody signs in; this one is good once afterwards, so that what
    was typed goes off at the first press.
    """
    key = _key(visit().resend_key)
    if key is None:
        key = visit().resend_key = secrets.token_bytes(KEY_BYTES)
    return _masked(key)


def _masked(key: bytes) -> str:
    pad = secrets.token_bytes(KEY_BYTES)
    masked = bytes(a ^ b for a, b in zip(pad, key, strict=True))
    return base64.urlsafe_b64encode(pad + masked).decode()


def drawn_from_form(purpose: str) -> str:
    """Return what is the same for two presses of one form, and another for each form shown.

    What the form makes is known by it, so that a form pressed twice makes one thing.
    """
    given = f"{purpose} {request.form.get(FIELD, '')}"
    digest = hashlib.sha256(given.encode(errors="replace")).digest()
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode().rstrip("=")


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
        } and _is_known(request.form.get(FIELD, ""))
    ours: bool = g.ours
    return ours


def _is_known(given: str) -> bool:
    if _matches(given, _own_key()):
        return True
    if visit().person is None or not _matches(given, visit().resend_key):
        return False
    visit().resend_key = None
    return True


def _own_key() -> bytes | None:
    return _key(visit().form_key) or sessions.current().key_of_looks()


def _matches(given: str, kept: bytes | None) -> bool:
    try:
        raw = base64.urlsafe_b64decode(given.encode())
    except (binascii.Error, ValueError):
        return False
    key = _key(kept)
    if key is None or len(raw) != 2 * KEY_BYTES:
        return False
    pad, masked = raw[:KEY_BYTES], raw[KEY_BYTES:]
    return secrets.compare_digest(bytes(a ^ b for a, b in zip(pad, masked, strict=True)), key)


def _key(key: bytes | None) -> bytes | None:
    """Return a key of this visit's forms, its own and good for nothing else, if it is whole."""
    return key if key and len(key) == KEY_BYTES else None
