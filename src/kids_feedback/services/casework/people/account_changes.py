"""What an administrator changes of a person, kept as lines of the record of accounts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.people import Person
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.people import PersonRow

_KEPT: Mapping[str, AccountAct] = {
    "name": AccountAct.NAME_CHANGED,
    "role": AccountAct.ROLE_CHANGED,
    "places": AccountAct.PLACES_CHANGED,
    "address": AccountAct.ADDRESS_CHANGED,
    "last_resort": AccountAct.LAST_RESORT_CHANGED,
}


@contextmanager
def recorded(
    session: Session, by: Person, row: PersonRow, *, now: datetime
) -> Iterator[set[AccountAct]]:
    """Keep each thing that the block changes of a person, as it was and as it is.

    It gives a set that says afterwards what that was.

    It is seen by the Heads of Practice of where they were, and of where they are.
    """
    before, areas = _of(row), account_events.areas_of(session, row.id)
    was_closed, was_away = row.closed_at, row.away_on
    said = set[AccountAct]()
    yield said
    session.flush()
    after = _of(row)
    found: list[tuple[AccountAct, dict[str, str]]] = [
        (what, {"from": before[name], "to": after[name]})
        for name, what in _KEPT.items()
        if before[name] != after[name]
    ]
    if row.closed_at and not was_closed:
        found.append((AccountAct.CLOSED, {}))
    if row.away_on and not was_away:
        deputy = session.get(PersonRow, row.deputy_id) if row.deputy_id else None
        found.append((AccountAct.AWAY, {"deputy": deputy.name if deputy else ""}))
    if was_away and not row.away_on:
        found.append((AccountAct.BACK, {}))
    said.update(what for what, _ in found)
    for what, facts in found:
        account_events.record(
            session, what, now=now, person_id=row.id, by_id=by.id, areas=areas, facts=facts
        )


def _of(row: PersonRow) -> dict[str, str]:
    places = (*(area.name for area in row.areas), *(office.name for office in row.offices))
    return {
        "name": row.name,
        "role": row.role.value if row.role else "",
        "places": ", ".join(places),
        "address": row.email or "",
        "last_resort": row.last_resort.value if row.last_resort else "",
    }
