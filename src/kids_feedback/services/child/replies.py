"""A child's replies after sending: more words, a reminder, stop, their view of the answer."""

import json
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select, update

from kids_feedback.domain.board.half_years import half_year_of
from kids_feedback.domain.board.ratings import QUESTIONS
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.case.requests import Asked, RequestState
from kids_feedback.domain.case.safety import USUAL, Look, Watch
from kids_feedback.domain.case.submission import NOT_SAFE, Wish
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import alarms, case_state, follow_ups, letters, meeting_offers
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.alarms import When
from kids_feedback.services.case.asked import requests
from kids_feedback.services.case.contact_promises import begin_as_complaint
from kids_feedback.services.casework import conflicts
from kids_feedback.services.child import requests as child_requests
from kids_feedback.services.child.milestones import tracker_of
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.learning import Rating


def send_more(
    act: Act, words: str, *, not_safe: bool = False, watch: Watch = USUAL, answers: str = ""
) -> Look | None:
    """Keep more of the child's words, and tell whoever has the case.

    The same words again on the same day are a second press: they are there already.

    Args:
        answers: the id of the message that they answer; empty, or no message of theirs: none.
        not_safe: the child ticked so, which raises an alarm; words may then be empty.

    Returns when somebody looks to their safety; None where they ticked nothing.

    Source: docs/procedure.md, paragraph 12.
    """
    ticked = {"not_safe": [NOT_SAFE]} if not_safe else {}
    note = _note(words, **ticked)
    when = When.of(act, watch)
    again = any(line.note == note for line in _lines_of_today(act, Step.ADD))
    if not again or (not_safe and not act.row.read_today):  # another cry for help is a new one
        act.take(Step.ADD)
        conflicts.bar_named(act, words)
        act.record(note, _in_answer_to(act, answers))
        if not_safe:
            alarms.raise_for(act.session, act.row, when)
    if not not_safe:
        return None
    return alarms.look_for_child(act.session, act.row, when)


def nudge(act: Act) -> bool:
    """Tell the Head of Practice that the child asks why it takes so long; once a day.

    Returns whether anybody was told, today or by the press before.

    Raises:
        StepNotOpen: no promise is late.

    Source: docs/procedure.md, paragraphs 27 and 28.
    """
    late = tracker_of(act.session, act.row, act.today).late
    act.take(Step.NUDGE, *((Fact.LATE,) if late else ()))
    today = act.today.isoformat()
    if late and all(line.facts.get("on") != today for line in _lines(act, Step.NUDGE)):
        act.record(facts={"on": today, "late": late.by.isoformat()})
    return any(line.facts.get("told") for line in _lines(act, Step.NUDGE))


class Stop(StrEnum):
    """What came of asking us to stop."""

    ASKED = "asked"  # it goes on until a person has made sure that it is the child who asks
    STOPPED = "stopped"
    MEETING_OFF = "meeting_off"  # stopped, and a meeting lay ahead


def stop(act: Act) -> Stop:
    """Ask us to stop; or confirm what they told a manager so, and then it is withdrawn at once.

    What is withdrawn is still a complaint, which the Head of Practice closes. A second press says
    nothing new.

    Raises:
        StepNotOpen: it is none to stop, or the answer is on its way.

    Source: docs/procedure.md, paragraphs 9 and 20a (rulings R22 and R28).
    """
    if act.is_second_press(Step.STOP):
        return Stop.STOPPED
    if act.row.stop_asked_on is None:
        child_requests.ask_for(act, Asked.STOP)
        return Stop.ASKED
    meeting = meeting_offers.newest(act.session, act.row.id)
    ahead = meeting_offers.ahead(act.row, meeting, act.now)
    act.take(Step.STOP)
    _end_request(act, RequestState.AGREED, Outcome.SPOKE)
    act.record()
    return Stop.MEETING_OFF if ahead else Stop.STOPPED


def resume(act: Act) -> None:
    """Take a stop back, or say that what a manager heard was not so: all is as it was before.

    A second press says nothing new.

    Raises:
        StepNotOpen: nothing was stopped, and nobody asked for it.

    Source: docs/procedure.md, paragraph 9 (ruling R22).
    """
    row = act.row
    if act.is_second_press(Step.RESUME):
        return
    if row.stopped_on is None and row.stop_asked_on is None:
        child_requests.take_back(act, Asked.STOP)
        return
    act.take(Step.RESUME)
    _end_request(act, RequestState.TAKEN_BACK, Outcome.TAKEN_BACK)
    act.record()


def _end_request(act: Act, state: RequestState, outcome: Outcome) -> None:
    """End a stop that was asked for too, now that the child has said what they want."""
    if (waits := requests.find(act.session, act.row, Asked.STOP)) is not None:
        requests.end(act, waits, state, outcome)


def ask_for_more(act: Act, promises: Allowances) -> None:
    """Make a complaint of what was only to be known, as the child wants now; clocks begin today.

    A second press says nothing new.

    Raises:
        StepNotOpen: it is a complaint already, or praise.
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraph 9 (rulings R10 and R22).
    """
    if act.is_second_press(Step.ASK_FOR_MORE):
        return
    act.take(Step.ASK_FOR_MORE)
    act.row.wish = Wish.LOOK_INTO
    act.record(facts=begin_as_complaint(act, promises))


def reject_ending(act: Act) -> None:
    """Say that it was not right to end it so: it is open again, and the Head of Practice has it.

    A second press says nothing new.

    Raises:
        StepNotOpen: it was not ended so.

    Source: docs/procedure.md, paragraph 31b.
    """
    if act.is_second_press(Step.REJECT_ENDING):
        return
    act.take(Step.REJECT_ENDING)
    act.record()


def say_of_answer(act: Act, said: Mapping[str, bool], words: str) -> None:
    """Keep, point by point, whether the answer understood the child.

    "Not quite" goes to the Head of Practice as part of the same complaint. The same again on the
    same day is a second press.

    Args:
        said: by the parts of ``domain.case.answer``: True for "you understood me".
        words: what was not understood, in the child's words; may be empty.

    Raises:
        NotFound: there is no answer yet.

    Source: docs/procedure.md, paragraph 53 (ruling R14).
    """
    _check_answered(act)
    understood = [part for part, good in said.items() if good]
    not_quite = [part for part, good in said.items() if not good]
    facts = {"understood": understood, "not_quite": not_quite}
    newest = _lines_of_today(act, Step.SAY_OF_ANSWER)[-1:]
    if not any(facts.items() <= line.facts.items() for line in newest):  # else pressed twice
        act.take(Step.SAY_OF_ANSWER, *((Fact.NOT_UNDERSTOOD,) if not_quite or words else ()))
        act.record(facts=facts)
    note = _note(words)
    if words and all(line.note != note for line in _lines_of_today(act, Step.ADD)):
        act.take(Step.ADD, Fact.OF_ANSWER)
        act.record(note)


def not_happy(act: Act, asks_for: str) -> None:
    """Tell the Head of Practice that the child is not happy, and what they ask for; once at a time.

    Args:
        asks_for: "head" (to talk to them) or "advocate" (help to find one).

    Raises:
        NotFound: there is no answer yet.

    Source: docs/procedure.md, paragraph 54.
    """
    _check_answered(act)
    advocate = asks_for == "advocate"
    what = FollowUp.ASKS_FOR_ADVOCATE if advocate else FollowUp.ASKS_FOR_HEAD
    if not follow_ups.waits(act.session, act.row, what):
        act.take(Step.NOT_HAPPY, *((Fact.WANTS_ADVOCATE,) if advocate else ()))
        act.record(facts={"asks_for": asks_for})


def rate(act: Act, taps: Mapping[str, str | None], words: str) -> None:
    """Keep how we did, apart from the case, the worker and the day. A second time changes nothing.

    It is no act on the case: a line of the history would lead to the rating.

    Args:
        taps: by ``QUESTIONS``: "yes", "a_bit", "no" or None.

    Raises:
        NotFound: there is no answer yet.
    """
    _check_answered(act)
    once = update(Case).where(Case.id == act.row.id, ~Case.rated).values(rated=True)
    if act.session.scalar(once.returning(Case.id)) is None:
        return
    half_year = half_year_of(act.today).code
    chosen = {name: taps.get(name) for name in QUESTIONS}
    act.session.add(Rating(half_year=half_year, words=words or None, **chosen))
    act.session.flush()


def _note(words: str, **ticked: list[str]) -> str:
    return json.dumps({"happened": words, **ticked}, ensure_ascii=False)


def _lines_of_today(act: Act, step: Step) -> list[Event]:
    return [line for line in _lines(act, step) if line.written_on == act.today]


def _in_answer_to(act: Act, letter_id: str) -> dict[str, str]:
    """Return the message that is answered, as the history says it."""
    for letter in letters.to_child(act.session, act.row):
        if letter.id == letter_id and letter.opened_on:
            return {"letter": letter.id, "written_on": letter.written_on.isoformat()}
    return {}


def _check_answered(act: Act) -> None:
    if not case_state.has_answer(act.row):
        raise NotFound


def _lines(act: Act, step: Step) -> list[Event]:
    wanted = select(Event).where(Event.case_id == act.row.id, Event.what == step.value)
    return list(act.session.scalars(wanted.order_by(Event.number)))
