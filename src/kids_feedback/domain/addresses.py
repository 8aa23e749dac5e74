"""E-mail addresses: the one check that forms, the settings and the mailer share."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST, LONGEST_NAME, LONGEST_PART = 254, 64, 63  # characters: all, before the @, between dots
_NAME = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]")
_HOST = re.compile(r"[A-Za-z0-9.-]")
_ENCODED = "=?"  # how a word begins that readers of mail decode (RFC 2047)


class Wrong(StrEnum):
    """What keeps mail from going to an address."""

    EMPTY = "empty"
    SPACE = "space"  # or a sign that nobody sees
    LETTER = "letter"  # that mail of ours cannot carry: an accent, another script
    NO_AT = "no_at"
    MORE_AT = "more_at"
    BEFORE_AT = "before_at"  # nothing stands there
    AFTER_AT = "after_at"  # nothing stands there
    SIGN = "sign"  # that no address has at this place
    DOT = "dot"  # first, last, or two in a row
    NO_DOT = "no_dot"  # after the @
    LONG = "long"


@dataclass(frozen=True)
class Fault:
    """What is wrong with an address, and the sign, or signs, where that is it."""

    what: Wrong
    sign: str = ""


def folded(address: str) -> str:
    """Return an address as addresses are kept and compared: no case, no look-alike forms."""
    cut = address[: LONGEST + 1]  # too long is too long: no more of it is looked at
    return unicodedata.normalize("NFKC", cut).casefold().strip()


def fault_in(address: str) -> Fault | None:
    """Return what is wrong with an address, one thing at a time; None where mail could go there.

    Plain letters only: the mailer promises no server that can carry others.

    Source: docs/procedure.md, paragraph 33.
    """
    if not address:
        return Fault(Wrong.EMPTY)
    name, _, host = address.partition("@")
    return _unseen_in(address) or _shape_of(address) or _signs_in(name, host) or _parts_of(host)


def is_address(address: str) -> bool:
    """Say whether mail could go there."""
    return fault_in(address) is None


def _unseen_in(address: str) -> Fault | None:
    for sign in address:
        if sign.isspace() or not sign.isprintable():
            return Fault(Wrong.SPACE)
        if not sign.isascii():
            return Fault(Wrong.LETTER, sign)
    return None


def _shape_of(address: str) -> Fault | None:
    name, at, host = address.partition("@")
    if not at:
        return Fault(Wrong.NO_AT)
    if "@" in host:
        return Fault(Wrong.MORE_AT)
    if not name:
        return Fault(Wrong.BEFORE_AT)
    if not host:
        return Fault(Wrong.AFTER_AT)
    return Fault(Wrong.LONG) if len(address) > LONGEST or len(name) > LONGEST_NAME else None


def _signs_in(name: str, host: str) -> Fault | None:
    if name.startswith(_ENCODED):
        return Fault(Wrong.SIGN, _ENCODED)
    for part, allowed in ((name, _NAME), (host, _HOST)):
        odd = next((sign for sign in part if not allowed.match(sign)), None)
        if odd:
            return Fault(Wrong.SIGN, odd)
        if part.startswith(".") or part.endswith(".") or ".." in part:
            return Fault(Wrong.DOT)
    return None


def _parts_of(host: str) -> Fault | None:
    parts = host.split(".")
    if len(parts) == 1:
        return Fault(Wrong.NO_DOT)
    if any(len(part) > LONGEST_PART for part in parts):
        return Fault(Wrong.LONG)
    hyphen = any(part.startswith("-") or part.endswith("-") for part in parts)
    return Fault(Wrong.SIGN, "-") if hyphen else None
