"""Tries and talks that were recorded wrongly: put right, or struck, with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Fact, Stage, Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.events import HistoryEvent, events_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact.contact_log import REACHED, AttemptResult, Channel
from kids_feedback.services.casework.contact.meetings import MeetingOutcome
from kids_feedback.services.errors import Incomplete, NothingChanged, check_day, check_said
from kids_feedback.storage.tables.casework import Talk

NONE = "none"  # there was no such try

_REPLIES = frozenset({Step.PICK_MEETING, Step.SUGGEST_MEETING, Step.DECLINE_MEETING})
_RESULTS = {
    Step.LOG_ATTEMPT: frozenset({NONE, *AttemptResult}),
    Step.SAY_MET: frozenset({NONE, MeetingOutcome.CAME, MeetingOutcome.DID_NOT_COME}),
}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A try to reach the child, or a meeting, with what is kept of how it went."""

    number: int  # of its line in the history
    on: date
    way: str | None  # None: it was a meeting
    result: str


def tried(opened: Opened) -> tuple[Tried, ...]:
    """Return what may have been recorded wrongly, the newest first."""
    lines = events_of(opened)
    right = contact_log.put_right(lines)
    return tuple(
        Tried(
            number=line.number,
            on=_day(line),
            way=line.facts.get("way"),
            result=right[line.number] or "",
        )
        for line in reversed(lines)
        if line.what in _RESULTS and right[line.number]
    )


def correct_attempt(
    act: Act, *, number: int, result: str, reason: str, next_attempt_on: date | None = None
) -> Saved:
    """Put right what came of a try or of a meeting; whether the child was reached follows from it.

    Args:
        number: of its line in the history.
        result: what came of it, or ``NONE``.
        next_attempt_on: when somebody tries again; needed where nobody has reached the child then.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: there is no such try.
        Incomplete: no reason, no result that fits, or no day of the next try.
        NothingChanged: that is what is kept.
        DayOutOfRange: the next try would be in the past.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    line, before = _line(act, number)
    _check_result(line, result, reason)
    if result == before:
        raise NothingChanged
    act.take(Step.CORRECT_ATTEMPT)
    row, on, kept = act.row, _day(line), None if result == NONE else result
    if _reached(line, kept) or row.contacted_on == on:
        row.contacted_on = first_contact(act, {number: kept})
    _plan_next(act, next_attempt_on)
    facts = {"of": number, "result": kept, "before": before, "tried_on": _iso(on)}
    return act.record(reason, facts)


def correct_talk(
    act: Act,
    *,
    talk_id: str,
    talk_on: date,
    reason: str,
    way: Channel | None = None,
    present: str | None = None,
    wants: str | None = None,
) -> Saved:
    """Put a wrongly recorded talk right; the clock follows the first talk. The first record stays.

    Args:
        way, present, wants: as for ``log_talk``; None: as they were.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: no such talk.
        Incomplete: there is no reason.
        NothingChanged: that is what is kept.
        DayOutOfRange: the talk lies in the future, or before the complaint came in.

    Source: docs/procedure.md, paragraph 24.
    """
    row, old = act.row, _talk(act, talk_id)
    check_said(reason=reason)
    check_day(talk_on, earliest=row.received_on, latest=act.today)
    new = Talk(
        case_id=row.id,
        talk_on=talk_on,
        way=way.value if way else old.way,
        recorded_by=act.person_id,
        present=old.present if present is None else present or None,
        wants=old.wants if wants is None else wants or None,
        still_wants=old.still_wants,
    )
    words = (old.present, old.wants) != (new.present, new.wants)
    if (old.talk_on, old.way) == (new.talk_on, new.way) and not words:
        raise NothingChanged
    act.take(Step.CORRECT_TALK)
    facts = {"from": _iso(old.talk_on), "talk_on": _iso(talk_on)}
    if old.way != new.way:
        facts |= {"way": new.way, "way_before": old.way}
    old.struck_on = act.today
    act.session.add(new)
    row.talk_on = min(talk.talk_on for talk in _standing(act))
    if row.contacted_on == old.talk_on:
        row.contacted_on = first_contact(act)
    row.contacted_on = min(talk_on, row.contacted_on or talk_on)
    return act.record(reason, {**facts, **({"words": True} if words else {})})


def strike_talk(act: Act, *, talk_id: str, reason: str) -> Saved:
    """Strike a talk that was none, or was with another child; the child is told so.

    The clock follows the first talk that is left. Where none is, the case goes back to before it,
    and no day of the answer is promised.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: no such talk.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 24.
    """
    row, talk = act.row, _talk(act, talk_id)
    check_said(reason=reason)
    left = [other for other in _standing(act) if other is not talk]
    before = row.answer_by
    act.take(Step.STRIKE_TALK, *(() if left else (Fact.LAST_TALK,)))
    talk.struck_on = act.today
    facts = {"talk_on": _iso(talk.talk_on)}
    if left:
        row.talk_on = min(other.talk_on for other in left)
    elif before:
        facts["answer_by_off"] = _iso(before)
    if row.contacted_on == talk.talk_on:
        row.contacted_on = first_contact(act)
    if talk.still_wants is not True and all(other.still_wants is not False for other in left):
        row.stop_asked_on = None  # nobody heard so from this child
    return act.record(reason, facts)


def first_contact(act: Act, now_right: dict[int, str | None] | None = None) -> date | None:
    """Return the day on which the child was first reached, out of all that is kept.

    Args:
        now_right: what this very act says of some lines, by number.
    """
    act.session.flush()
    return min(_contacts(act, now_right or {}), default=None)


def _contacts(act: Act, now_right: dict[int, str | None]) -> Iterator[date]:
    yield from (talk.talk_on for talk in _standing(act))
    lines = events_of(act)
    right = {**contact_log.put_right(lines), **now_right}
    said = set(_REPLIES)
    if case_state.way_of(act.row)[0] is Method.HERE:
        said.add(Step.OFFER)
    if case_state.is_only_here(act.row):
        said.add(Step.READ_LETTER)
    for line in lines:
        if line.what in said or _reached(line, right.get(line.number)):
            yield _day(line)
        elif spoke_on := line.facts.get("spoke_on"):  # about what was asked behind the words
            yield date.fromisoformat(spoke_on)


def _reached(line: HistoryEvent, result: str | None) -> bool:
    """Say whether the child was reached so, in a way that they chose or agreed to."""
    if result == MeetingOutcome.CAME:
        return True
    as_chosen = not line.facts.get("another_way") or bool(line.facts.get("child_agreed"))
    return result in REACHED and as_chosen


def _day(line: HistoryEvent) -> date:
    """Return the day on which it was: of a meeting, its own, and not that of recording it.

    The day of a meeting in UTC is the local one.
    """
    if line.what == Step.SAY_MET:
        return datetime.fromisoformat(line.facts["starts_at"]).date()
    return line.written_on


def _line(act: Act, number: int) -> tuple[HistoryEvent, str]:
    """Return the line of a try or a meeting, and what is kept of how it went."""
    lines = events_of(act)
    result = contact_log.put_right(lines).get(number)
    if result is None:
        raise NotFound
    return next(line for line in lines if line.number == number), result


def _check_result(line: HistoryEvent, result: str, reason: str) -> None:
    missing = [] if reason.strip() else ["reason"]
    missing += [] if result in _RESULTS[Step(line.what)] else ["result"]
    if missing:
        raise Incomplete(missing=tuple(missing))


def _plan_next(act: Act, next_attempt_on: date | None) -> None:
    """Keep when somebody tries again, where nobody has reached the child yet."""
    row = act.row
    if row.contacted_on is not None:
        row.next_attempt_on = None
    elif row.stage is Stage.ALLOCATED:
        if next_attempt_on is not None:
            check_day(next_attempt_on, earliest=act.today, latest=act.calendar.last)
        row.next_attempt_on = next_attempt_on or row.next_attempt_on
        if row.next_attempt_on is None:
            raise Incomplete(missing=("next_attempt_on",))


def _talk(act: Act, talk_id: str) -> Talk:
    talk = act.session.get(Talk, talk_id)
    if talk is None or talk.case_id != act.row.id or talk.struck_on is not None:
        raise NotFound
    return talk


def _standing(act: Act) -> list[Talk]:
    act.session.flush()
    wanted = select(Talk).where(Talk.case_id == act.row.id, Talk.struck_on.is_(None))
    return list(act.session.scalars(wanted))


def _iso(day: date) -> str:
    return day.isoformat()
