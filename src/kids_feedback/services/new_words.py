"""Lost words: a manager gives new ones after a check of who the child is."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kids_feedback.domain import secret_words
from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.people import Person
from kids_feedback.services import cases
from kids_feedback.services.cases import Mark
from kids_feedback.services.refusals import Incomplete


def give_new_words(
    session: Session,
    case_id: str,
    person: Person,
    *,
    checked: str,
    words_key: bytes,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> tuple[str, ...]:
    """Return new secret words, to be said or handed to the child now; the old ones die.

    They are kept nowhere and shown once.

    Args:
        checked: how it was made sure that it is this child; it stays in the history.

    Raises:
        NotThere, SomebodyElseSaved: see ``cases``.
        Incomplete: nothing was said of the check.

    Source: docs/procedure.md, paragraph 22; docs/adr/0010-secret-words.md.
    """
    if not checked.strip():
        raise Incomplete(missing=("checked",))
    row = cases.find(session, case_id, person, seen=seen)
    words = secret_words.make()
    row.fingerprint = secret_words.fingerprint(" ".join(words), words_key)
    cases.record(
        session,
        row,
        Mark.NEW_WORDS,
        person,
        now=now,
        today=today,
        calendar=calendar,
        note=checked,
    )
    return words
