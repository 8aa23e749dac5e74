"""The contact rules of a case, without opening the child's statement or contact details."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method, method_to_tell
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.submission import Answers
from kids_feedback.services.case import case_state
from kids_feedback.services.case.asked import requests
from kids_feedback.services.case.opened import Opened
from kids_feedback.storage.tables.people import PersonRow

_DETAILS = frozenset({"phone", "letter_address", "email"})  # where to, as opposed to how


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """What was asked for behind the secret words, and when, without what was given."""

    what: Asked
    on: date
    again_on: date | None


@dataclass(frozen=True, kw_only=True)
class SafeContact:
    """How to reach the child without harm: everything but the number or address itself."""

    method: Method | None
    tell_by: Method  # the channel; for a meeting, the one the child chose
    rules: Answers  # of that channel, as the child gave them
    not_used: bool  # the child said that their way is not safe: nobody uses it
    asked: tuple[AskedFor, ...]  # behind the secret words, and not made sure of yet


def safe_contact(opened: Opened) -> SafeContact:
    """Return the rules that come before any number.

    Source: docs/procedure.md, paragraph 20.
    """
    row = opened.row
    method, details = case_state.way_of(row)
    channel = method_to_tell(method, details)
    return SafeContact(
        method=method,
        tell_by=channel,
        rules={
            name: value
            for name, value in details.items()
            if name not in _DETAILS and name.startswith(f"{channel.value}_")
        },
        not_used=row.way_not_used is not None,
        asked=tuple(
            AskedFor(what=item.what, on=item.asked_on, again_on=item.asked_again_on)
            for item in requests.waiting(opened.session, row)
        ),
    )


def requested_remedies(opened: Opened) -> tuple[str, ...]:
    """Return what the child ticked that would put it right: codes, no words of their own.

    Source: docs/procedure.md, paragraph 34.
    """
    ticked = (opened.row.statement or {}).get("remedies", ())
    return (ticked,) if isinstance(ticked, str) else tuple(ticked)


def ticked_feelings(opened: Opened) -> Answers:
    """Return how the child feels and why, as far as they ticked it: codes, no words of their own.

    Source: docs/procedure.md, paragraph 12.
    """
    told = opened.row.statement or {}
    return {name: told[name] for name in ("feelings", "reasons") if told.get(name)}


def names_of(session: Session, people: Iterable[str]) -> Mapping[str, str]:
    """Return the names of people by their ids; an id that is nobody's is left out."""
    ids = {person for person in people if "\0" not in person}  # PostgreSQL refuses to look for NUL
    if not ids:
        return {}
    wanted = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(ids))
    return {row.id: row.name for row in session.execute(wanted)}
