"""The code on a paper drawing: drawn from the form's key, and found again by staff."""

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.child import slips
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.case.access import visible_to
from kids_feedback.storage.tables.case import Case

_TRIES = 8  # with a million papers about: all taken is a chance of one in 6 thousand million


def code_for(session: Session, key: str, *, words_key: bytes) -> str:
    """Return the code of the form with this ``key``: the same one each time it is asked for."""
    drawn = (_drawn(key, words_key, turn) for turn in range(_TRIES))
    return next(code for code in drawn if _free(session, code, key))


def find(session: Session, typed: str, person: Person) -> str:
    """Return the id of the case with that code.

    Raises:
        NotFound: no such code, or of a case that this person may not know of.
    """
    wanted = select(Case.id).where(Case.slip == slips.read(typed), visible_to(session, person))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def _drawn(key: str, words_key: bytes, turn: int) -> str:
    return slips.make(hmac.digest(words_key, f"slip {turn} {key}".encode(), "sha256"))


def _free(session: Session, code: str, key: str) -> bool:
    taken = select(Case.id).where(Case.slip == code, Case.key != key)
    return session.scalar(taken) is None
