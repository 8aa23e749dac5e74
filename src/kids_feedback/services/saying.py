"""What a child says on the way back: more words, "why so late", stop, and how the answer was."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.errors import NotAllowedNow, NotThere
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.half_years import half_year_of
from kids_feedback.domain.procedure import ANSWERED, TALKED_ABOUT, Stage
from kids_feedback.services import messages, standing, tracking
from kids_feedback.services.cases import Mark, add_line, of_child
from kids_feedback.storage.cases import Event
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.listening import Rating

RATED = ("listened", "kept_word", "easy", "better")  # the four taps of R8


def send_more(session: Session, feedback_id: str, words: str, *, now: datetime) -> None:
    """Keep more of the child's words, and tell whoever has the case.

    Raises:
        NotThere: what they belong to has been erased.
    """
    row = of_child(session, feedback_id)
    _keep_words(session, row, words, now)
    messages.tell_owner(session, row, now=now)


def nudge(
    session: Session, feedback_id: str, *, now: datetime, today: date, calendar: WorkingCalendar
) -> None:
    """Tell the Head of Practice that the child asks why it takes so long; once a day.

    Raises:
        NotThere: it has been erased.
        NotAllowedNow: no promise is late.

    Source: docs/procedure.md, paragraphs 27 and 28.
    """
    row = of_child(session, feedback_id)
    status = tracking.status(session, feedback_id, today=today, calendar=calendar)
    if status.late is None:
        raise NotAllowedNow(step="nudge", state=row.stage)
    facts = {"on": today.isoformat(), "late": status.late.isoformat()}
    if not any(line.facts.get("on") == facts["on"] for line in _lines(session, row, Mark.NUDGED)):
        add_line(session, row, Mark.NUDGED, person_id=None, now=now, facts=facts)
        messages.tell_heads(session, row, now=now)


def stop(
    session: Session, feedback_id: str, *, now: datetime, today: date, calendar: WorkingCalendar
) -> None:
    """Stop looking into it, as the child asks. It stays a note, read and learned from.

    Raises:
        NotThere: it has been erased.
        NotAllowedNow: it is no complaint (any more), or the answer is on its way.

    Source: docs/procedure.md, paragraph 9 (ruling R10: the child decides what it is).
    """
    row = of_child(session, feedback_id)
    if row.kind not in TALKED_ABOUT or row.stage not in tracking.MAY_STOP:
        raise NotAllowedNow(step="stop", state=row.stage)
    row.kind, row.stopped_on = Kind.NOTE, today
    row.stage = Stage.ACKNOWLEDGED if row.acknowledged_on else Stage.RECEIVED
    standing.restate(row, today=today, calendar=calendar)
    session.flush()
    add_line(session, row, Mark.STOPPED, person_id=None, now=now)
    messages.tell_owner(session, row, now=now)


def say_of_answer(
    session: Session, feedback_id: str, said: Mapping[str, bool], words: str, *, now: datetime
) -> None:
    """Keep, point by point, whether the answer understood the child.

    "Not quite" goes to the Head of Practice as part of the same complaint.

    Args:
        said: by the parts of ``domain.answer``: True for "you understood me".
        words: what was not understood, in the child's words; may be empty.

    Raises:
        NotThere: there is no answer yet.

    Source: docs/procedure.md, paragraph 53 (ruling R14).
    """
    row = _answered(session, feedback_id)
    facts = {
        "understood": [part for part, good in said.items() if good],
        "not_quite": [part for part, good in said.items() if not good],
    }
    add_line(session, row, Mark.POINTS, person_id=None, now=now, facts=facts)
    if words:
        _keep_words(session, row, words, now)
    if facts["not_quite"] or words:
        messages.tell_heads(session, row, now=now)


def not_happy(session: Session, feedback_id: str, asks_for: str, *, now: datetime) -> None:
    """Tell the Head of Practice that the child is not happy, and what they ask for.

    Args:
        asks_for: "head" (to talk to them) or "advocate" (help to find one).

    Raises:
        NotThere: there is no answer yet.

    Source: docs/procedure.md, paragraph 54.
    """
    row = _answered(session, feedback_id)
    facts = {"asks_for": asks_for}
    if not any(line.facts == facts for line in _lines(session, row, Mark.NOT_HAPPY)):
        add_line(session, row, Mark.NOT_HAPPY, person_id=None, now=now, facts=facts)
        messages.tell_heads(session, row, now=now)


def rate(
    session: Session,
    feedback_id: str,
    taps: Mapping[str, str | None],
    words: str,
    *,
    now: datetime,
    today: date,
) -> None:
    """Keep how we did, apart from the case, the worker and the day. A second time changes nothing.

    Args:
        taps: by ``RATED``: "yes", "a_bit", "no" or None.

    Raises:
        NotThere: there is no answer yet.
    """
    row = _answered(session, feedback_id)
    if _lines(session, row, Mark.RATED):
        return
    add_line(session, row, Mark.RATED, person_id=None, now=now)
    half_year = half_year_of(today).code
    chosen = {name: taps.get(name) for name in RATED}
    session.add(Rating(half_year=half_year, words=words or None, **chosen))
    session.flush()


def _keep_words(session: Session, row: Feedback, words: str, now: datetime) -> None:
    note = json.dumps({"happened": words}, ensure_ascii=False)
    add_line(session, row, Mark.ADDED, person_id=None, now=now, note=note)


def _answered(session: Session, feedback_id: str) -> Feedback:
    row = of_child(session, feedback_id)
    if row.kind is not Kind.COMPLAINT or row.stage not in ANSWERED:
        raise NotThere
    return row


def _lines(session: Session, row: Feedback, mark: Mark) -> list[Event]:
    wanted = select(Event).where(Event.feedback_id == row.id, Event.what == mark.value)
    return list(session.scalars(wanted))
