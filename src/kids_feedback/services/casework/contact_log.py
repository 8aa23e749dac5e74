"""Reaching the child, and the talk that starts the clock."""

from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.case.receipt import check_talk
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.errors import Incomplete, check_day
from kids_feedback.storage.tables.casework import Talk


class Channel(StrEnum):
    """How a manager reached the child, or tried to."""

    PHONE = "phone"
    MEET = "meet"
    VIDEO = "video"
    LETTER = "letter"
    EMAIL = "email"
    HERE = "here"


class AttemptResult(StrEnum):
    """What came of a try that was not yet the talk."""

    NO_ANSWER = "no_answer"
    SOMEBODY_ELSE = "somebody_else"  # who was told nothing
    LEFT_MESSAGE = "left_message"
    SENT = "sent"
    ANOTHER_TIME = "another_time"  # the child asked for one


def log_attempt(
    act: Act,
    *,
    way: Channel,
    result: AttemptResult,
    next_attempt_on: date | None = None,
    note: str = "",
) -> Saved:
    """Keep that somebody tried to reach the child, today.

    Raises:
        NotAllowedNow: see ``Act.take``.
        WrongDay: the next try would be in the past.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    if next_attempt_on is not None:
        check_day(next_attempt_on, earliest=act.today, latest=act.calendar.last)
    act.take(Step.LOG_ATTEMPT)
    return act.record(note, {"way": way, "result": result, "next_try_on": _iso(next_attempt_on)})


def log_talk(
    act: Act, *, talk_on: date, way: Channel, present: str, wants: str, still_wants: bool
) -> Saved:
    """Keep a talk about the complaint itself. The first one starts the answer clock.

    A later talk never starts it again. One that took place before the first that was recorded was
    the first, so it moves the date back. A child who says no makes it a note.

    Args:
        talk_on: local day of the talk, today at the latest.
        present: who was there.
        wants: what the child wants, in their words.
        still_wants: the child wants it looked into.

    Raises:
        NotAllowedNow: see ``Act.take``.
        WrongDay: the talk lies in the future, or before the complaint came in.
        CalendarGap: no date can be promised from that day.

    Source: docs/procedure.md, paragraphs 9, 23 and 24.
    """
    row = act.row
    check_talk(talk_on, received_on=row.received_on, today=act.today)
    act.take(Step.LOG_TALK, *(() if still_wants else (Fact.SAID_NO,)))
    row.contacted_on = min(talk_on, row.contacted_on or talk_on)
    row.talk_on = min(talk_on, row.talk_on or talk_on)
    act.session.add(
        Talk(
            case_id=row.id,
            talk_on=talk_on,
            way=way.value,
            recorded_at=act.now,
            recorded_by=act.person_id,
            present=present or None,
            wants=wants or None,
        )
    )
    return act.record(
        facts={"talk_on": _iso(talk_on), "way": way, "still_wants": still_wants},
    )


def correct_talk(act: Act, *, talk_id: str, talk_on: date, reason: str) -> Saved:
    """Put the day of a wrongly recorded talk right; the clock follows the first talk.

    Raises:
        NotAllowedNow: see ``Act.take``.
        NotThere: no such talk.
        Incomplete: there is no reason.
        WrongDay: the talk lies in the future, or before the complaint came in.

    Source: docs/procedure.md, paragraph 24.
    """
    row, session = act.row, act.session
    talk = session.get(Talk, talk_id)
    if talk is None or talk.case_id != row.id:
        raise NotFound
    if not reason.strip():
        raise Incomplete(missing=("reason",))
    check_talk(talk_on, received_on=row.received_on, today=act.today)
    others = select(func.min(Talk.talk_on)).where(Talk.case_id == row.id, Talk.id != talk.id)
    first_on = min(talk_on, session.scalar(others) or talk_on)
    act.take(Step.CORRECT_TALK)
    facts = {"from": _iso(talk.talk_on), "talk_on": _iso(talk_on)}
    talk.talk_on, row.talk_on = talk_on, first_on
    return act.record(reason, facts)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
