"""Reaching the child, and the talk that starts the clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kids_feedback.domain.case.contact import is_only_here, method_to_tell
from kids_feedback.domain.case.meetings import MeetingState, UsualPlace
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.services.case import case_state, letters, meeting_offers
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.events import HistoryEvent
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.errors import Incomplete, NothingWritten, check_day
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
    ANOTHER_TIME = "another_time"  # the child spoke with us, and asked for one


REACHED = frozenset({AttemptResult.ANOTHER_TIME})
"""With what result the child was reached. Anything else was a try."""


_LEFT_BEHIND = frozenset({AttemptResult.LEFT_MESSAGE, AttemptResult.SENT})
_CAME_OF = {Step.LOG_ATTEMPT: "result", Step.SAY_MET: "outcome"}  # the fact that says it
_AGREED_TO = frozenset({MeetingState.AGREED, MeetingState.ENDED})
_AT: Mapping[str, Channel] = {UsualPlace.PHONE: Channel.PHONE, UsualPlace.VIDEO: Channel.VIDEO}


@dataclass(frozen=True, kw_only=True)
class Tries:
    """How often somebody tried to reach the child in vain, and when last."""

    count: int
    last_on: date | None


def chosen_ways(opened: Opened) -> frozenset[Channel]:
    """Return the ways in which the child wants to be reached; all where they chose none.

    Where they left no number and no address, this website is one of them.

    Who wants to meet also said by which way that is arranged. Who agreed to a meeting agreed to how
    it takes place.

    Source: docs/procedure.md, paragraph 20.
    """
    row = opened.row
    method, details = case_state.way_of(row)
    if method is None:
        return frozenset(Channel)
    chosen = {method.value, method_to_tell(method, details).value}
    ways = {way for way in Channel if way.value in chosen}
    if case_state.wants_contact(row) and is_only_here(method, details):
        ways.add(Channel.HERE)
    meeting = meeting_offers.newest(opened.session, row.id)
    if meeting and meeting.state in _AGREED_TO and meeting.starts_at:
        ways.add(_AT.get(meeting.place or "", Channel.MEET))
    return frozenset(ways)


def tries(lines: Iterable[HistoryEvent]) -> Tries:
    """Return the tries that did not reach the child, out of a history, as they were put right.

    A message that nothing but the secret words leads to is one, until the child opens it.
    """
    lines = list(lines)
    right = put_right(lines)
    opened = {line.facts.get("letter") for line in lines if line.what == Step.READ_LETTER}
    failed = [
        line
        for line in lines
        if (line.what == Step.LOG_ATTEMPT and right[line.number] not in {None, *REACHED})
        or (line.facts.get("is_try") and line.facts.get("letter") not in opened)
    ]
    return Tries(count=len(failed), last_on=failed[-1].written_on if failed else None)


def put_right(lines: Iterable[HistoryEvent]) -> Mapping[int, str | None]:
    """Return what came of each try and each meeting, by the number of its line.

    None: there was no such try.
    """
    found: dict[int, str | None] = {}
    for line in lines:
        if line.what in _CAME_OF:
            found[line.number] = line.facts.get(_CAME_OF[Step(line.what)])
        elif line.what == Step.CORRECT_ATTEMPT and "of" in line.facts:
            found[line.facts["of"]] = line.facts["result"]
    return found


def log_attempt(
    act: Act,
    *,
    way: Channel,
    result: AttemptResult,
    next_attempt_on: date | None = None,
    note: str = "",
    why_way: str = "",
    child_agreed: bool = False,
) -> Saved:
    """Keep that somebody tried to reach the child, today.

    Only reaching them, in a way that they chose or agreed to, keeps the promise to be in touch.

    Args:
        next_attempt_on: when somebody tries again; needed unless the child was reached.
        why_way: why not a way that the child chose.
        child_agreed: to that other way.

    Raises:
        StepNotOpen: see ``Act.take``.
        NothingWritten: a message on this website is written there (``letters``), which is the try,
            and nobody was reached by it before they opened it.
        Incomplete: there is no day of the next try, or no reason for another way.
        DayOutOfRange: the next try would be in the past.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    row, was_reached, is_another = act.row, result in REACHED, way not in chosen_ways(act)
    act.take(Step.LOG_ATTEMPT)
    if way is Channel.HERE and not _may_be_of_here(act, result):
        raise NothingWritten
    missing = []
    if is_another and not why_way.strip():
        missing.append("why_way")
    if next_attempt_on is None and not was_reached:
        missing.append("next_attempt_on")
    if missing:
        raise Incomplete(missing=tuple(missing))
    if next_attempt_on is not None:
        check_day(next_attempt_on, earliest=act.today, latest=act.calendar.last)
    row.next_attempt_on = next_attempt_on
    if was_reached and (child_agreed or not is_another):
        row.contacted_on = row.contacted_on or act.today
    return act.record(
        "\n\n".join(words for words in (why_way, note) if words),
        {
            "way": way,
            "result": result,
            "next_try_on": _iso(next_attempt_on),
            "another_way": is_another,
            "child_agreed": is_another and child_agreed,
        },
    )


def log_talk(
    act: Act,
    *,
    talk_on: date,
    way: Channel,
    present: str,
    wants: str,
    still_wants: bool,
    why_way: str = "",
) -> Saved:
    """Keep a talk about the complaint itself. The first one starts the answer clock.

    A later talk never starts it again. One that took place before the first that was recorded was
    the first, so it moves the date back. A child who says no makes it a note.

    Args:
        talk_on: local day of the talk, today at the latest.
        present: who was there.
        wants: what the child wants, in their words.
        still_wants: the child wants it looked into.
        why_way: why not a way that the child chose.

    Raises:
        StepNotOpen: see ``Act.take``.
        NothingWritten: it was on this website, and the child has not opened a message there.
        Incomplete: it was not a way that the child chose, and nobody says why.
        DayOutOfRange: the talk lies in the future, or before the complaint came in.
        CalendarGap: no date can be promised from that day.

    Source: docs/procedure.md, paragraphs 9, 23 and 24.
    """
    row, is_another = act.row, way not in chosen_ways(act)
    check_day(talk_on, earliest=row.received_on, latest=act.today)
    act.take(Step.LOG_TALK, *(() if still_wants else (Fact.SAID_NO,)))
    if is_another and not why_way.strip():
        raise Incomplete(missing=("why_way",))
    if way is Channel.HERE and not letters.was_opened(act.session, row):
        raise NothingWritten
    row.contacted_on = min(talk_on, row.contacted_on or talk_on)
    row.talk_on = min(talk_on, row.talk_on or talk_on)
    act.session.add(
        Talk(
            case_id=row.id,
            talk_on=talk_on,
            way=way.value,
            recorded_by=act.person_id,
            present=present or None,
            wants=wants or None,
            still_wants=still_wants,
        )
    )
    facts = {
        "talk_on": _iso(talk_on),
        "way": way,
        "still_wants": still_wants,
        "to_confirm": not still_wants and row.stop_asked_on is not None,
    }
    if is_another:
        return act.record(why_way, {**facts, "another_way": True})
    return act.record(facts=facts)


def _may_be_of_here(act: Act, result: AttemptResult) -> bool:
    if result in REACHED:
        return letters.was_opened(act.session, act.row)
    return result not in _LEFT_BEHIND


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
