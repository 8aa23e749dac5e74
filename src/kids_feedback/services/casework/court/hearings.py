"""Hearings: listed, held, moved, vacated, mistyped; and by when the next one is asked for.

A hearing is a row. What became of it is said of that row, and another day is another row, so that
no later day takes away that a notice was missed.
"""

from datetime import date, time

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.court_notice import ASK_AGAIN_WORKING_DAYS, is_to_be_found_out
from kids_feedback.domain.case.hearings import (
    FALLS_AWAY,
    TAKES_PLACE,
    HearingState,
    no_time_is_left,
)
from kids_feedback.domain.case.hearings import Hearing as HearingFacts
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.errors import (
    HearingIsOver,
    HearingListed,
    HearingNotOver,
    Incomplete,
    check_day,
)
from kids_feedback.storage.tables.case import Hearing


def set_hearing(
    act: Act,
    *,
    hearing_on: date | None,
    promises: Allowances,
    hearing_at: time | None = None,
    was_held: bool = False,
) -> Saved:
    """Keep the day of a hearing, which also says that the case goes on.

    Where no day is left to tell the court, the Heads of Practice are told at once.

    Args:
        hearing_on: its local day; None: none is listed now, so it is asked again later, and those
            that lay ahead are off.
        hearing_at: the local hour, where it is known.
        was_held: it is over; without that a day in the past is taken for a slip.

    Raises:
        StepNotOpen: see ``Act.take``.
        DayOutOfRange: the hearing was before the complaint came in, or lies beyond the calendar.
        HearingListed: it is there already.
        HearingIsOver: its day has passed, and nobody said that it was held.

    Source: docs/procedure.md, paragraphs 42, 44, 46 to 48.
    """
    if hearing_on is None:
        return _none_listed(act, promises)
    _check_new(act, hearing_on, earliest=act.row.received_on)
    if hearing_on < act.today and not was_held:
        raise HearingIsOver
    awaited = _awaited(act)
    knows = awaited is not None and not case_state.hearing_of(awaited).missing
    act.take(Step.COURT_HEARING, *_no_time(act, hearing_on, knows=knows))
    held = hearing_on < act.today
    _list(awaited or _new(act), hearing_on, hearing_at, act.today, held=held)
    act.row.ongoing = True
    ask(act, promises)
    return act.record(facts={"hearing_on": _iso(hearing_on), "held": held, **_at(hearing_at)})


def change_hearing(
    act: Act,
    *,
    hearing_id: str,
    state: HearingState,
    promises: Allowances,
    moved_to: date | None = None,
    moved_to_at: time | None = None,
    reason: str = "",
) -> Saved:
    """Say what became of a hearing that is listed: its row stays, another day is another row.

    Of one that moved, the court knows the complaint and is told again what is being done. One that
    was mistyped never was: what the court was told, it was told for the right day.

    Args:
        state: held, moved, vacated or mistyped.
        moved_to: the new or the right day; of a slip it may be left out, where there is none.
        reason: staff's words. A slip needs them, and so does whatever takes a day away that has
            passed.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: no such hearing of this case, or it takes place no more.
        Incomplete: the new day or the reason is missing.
        DayOutOfRange: the new day lies before today, or beyond the calendar.
        HearingListed: there is one on the new day.
        HearingNotOver: it cannot have been held, as its day is still to come.

    Source: docs/procedure.md, paragraphs 48 and 49.
    """
    row = _takes_place(act, hearing_id)
    moved_to = moved_to if state in {HearingState.MOVED, HearingState.MISTYPED} else None
    _check_change(act, row, state, moved_to, reason)
    slip = state is HearingState.MISTYPED
    knows = slip and not case_state.hearing_of(row).missing
    no_time = _no_time(act, moved_to, knows=knows) if moved_to else ()
    act.take(Step.CHANGE_HEARING, *no_time)
    row.state, row.reason, row.moved_to_on = state, reason or None, moved_to
    if moved_to or (slip and row.told_doing_on):
        instead = next_awaited(act)
        if slip:
            _keep_told(row, instead)
        if moved_to:
            _list(instead, moved_to, moved_to_at, act.today)
            act.row.ongoing = True
    ask(act, promises)
    facts = {"hearing_on": _iso(row.hearing_on), "state": state.value}
    if moved_to:
        facts |= {"moved_to": _iso(moved_to), **_at(moved_to_at)}
    return act.record(reason, facts)


def taking_place(act: Act) -> list[Hearing]:
    """Return the rows of the hearings that take place, or took place."""
    return [row for row in act.row.hearings if row.state in TAKES_PLACE]


def ahead(act: Act) -> list[Hearing]:
    """Return the rows of the hearings that are still to be held, the nearest first."""
    listed = [row for row in act.row.hearings if row.state is HearingState.LISTED]
    found = [(row.hearing_on, row) for row in listed if row.hearing_on]
    return [row for on, row in sorted(found, key=lambda pair: pair[0]) if on >= act.today]


def vacate_ahead(act: Act) -> dict[str, list[str]]:
    """Take the hearings away that were still to be held; return what the history says of it."""
    off = ahead(act)
    for row in off:
        row.state = HearingState.VACATED
    days = [row.hearing_on.isoformat() for row in off if row.hearing_on]
    return {"vacated": days} if days else {}


def next_awaited(act: Act) -> Hearing:
    """Return the row of the hearing that is not listed yet, made where there is none."""
    return _awaited(act) or _new(act)


def ask(act: Act, promises: Allowances) -> None:
    """Set by when somebody finds out whether a case goes on, and the next hearing.

    Of a hearing that is listed, the next one is asked for after its day. Without one it is asked
    from today on, where it is not asked already.

    Source: docs/procedure.md, paragraphs 45 to 47.
    """
    row, facts = act.row, case_state.court_facts(act.row)
    last_on = facts.counted[-1].on if facts.counted else None
    if facts.upcoming(act.today) is None and not is_to_be_found_out(facts, act.today):
        row.court_asked_on = row.court_by = None
        return
    asked_on = row.court_asked_on
    if last_on and last_on >= act.today:
        since = last_on
    elif asked_on is None or asked_on > act.today:
        since = act.today
    else:
        since = max(asked_on, last_on or asked_on)
    if since != asked_on:
        _ask_from(act, since, promises.court)


def _ask_from(act: Act, since: date, working_days: int) -> None:
    act.row.court_asked_on = since
    act.row.court_by = act.calendar.add(since, working_days)


def _none_listed(act: Act, promises: Allowances) -> Saved:
    act.take(Step.COURT_HEARING)
    facts = vacate_ahead(act)
    ask(act, promises)
    if is_to_be_found_out(case_state.court_facts(act.row), act.today):
        _ask_from(act, act.today, ASK_AGAIN_WORKING_DAYS)
    return act.record(facts=facts)


def _check_new(act: Act, day: date, *, earliest: date) -> None:
    check_day(day, earliest=earliest, latest=act.calendar.last)
    if any(row.hearing_on == day for row in taking_place(act)):
        raise HearingListed


def _check_change(
    act: Act, row: Hearing, state: HearingState, moved_to: date | None, reason: str
) -> None:
    on = row.hearing_on or act.today
    if state is HearingState.HELD and on > act.today:
        raise HearingNotOver
    must_say_why = state is HearingState.MISTYPED or (state in FALLS_AWAY and on < act.today)
    must = {
        "moved_to": state is HearingState.MOVED and moved_to is None,
        "reason": must_say_why and not reason,
    }
    if missing := tuple(name for name, holds in must.items() if holds):
        raise Incomplete(missing=missing)
    if moved_to is not None:
        _check_new(act, moved_to, earliest=act.today)


def _takes_place(act: Act, hearing_id: str) -> Hearing:
    for row in taking_place(act):
        if row.id == hearing_id:
            return row
    raise NotFound


def _awaited(act: Act) -> Hearing | None:
    rows = (row for row in act.row.hearings if row.state is HearingState.AWAITED)
    return next(rows, None)


def _new(act: Act) -> Hearing:
    """Make the row of a hearing that is awaited. The court may know the complaint already."""
    told = [row.told_complaint_on for row in act.row.hearings if row.told_complaint_on]
    row = Hearing(
        number=len(act.row.hearings) + 1,
        state=HearingState.AWAITED,
        known_on=act.today,
        told_complaint_on=min(told, default=None),
    )
    act.row.hearings.append(row)
    return row


def _list(row: Hearing, day: date, at: time | None, today: date, *, held: bool = False) -> None:
    row.state = HearingState.HELD if held else HearingState.LISTED
    row.hearing_on, row.hearing_at, row.known_on = day, at, today


def _keep_told(slip: Hearing, right: Hearing) -> None:
    right.told_complaint_on = slip.told_complaint_on or right.told_complaint_on
    right.told_doing_on = slip.told_doing_on or right.told_doing_on
    right.child_told_on = slip.child_told_on or right.child_told_on


def _no_time(act: Act, day: date, *, knows: bool) -> tuple[Fact, ...]:
    """Say whether the court, unless it knows, is to be told of that hearing on this very day."""
    if knows or not case_state.court_is_told(act.row):
        return ()
    hearing = HearingFacts(on=day, known_on=act.today)
    return (Fact.NO_TIME,) if no_time_is_left(hearing, act.calendar) else ()


def _at(at: time | None) -> dict[str, str]:
    return {"hearing_at": at.isoformat("minutes")} if at else {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
