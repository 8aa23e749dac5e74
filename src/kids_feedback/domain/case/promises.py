"""Promises: what is owed, since when, by when, moved to when and why.

Whoever asks by when something is owed asks here. What can be owed is data, one ``Clock`` a promise,
so each route brings its own table. A day is reckoned when it is promised (``domain.case.clocks``)
and stored; from then on only a closed day moves it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.submission import Kind


class Promise(StrEnum):
    """What a day is promised for."""

    ROUTE = "route"  # to find the area that answers for it
    READ = "read"
    CONTACT = "contact"
    TALK = "talk"
    ANSWER = "answer"
    PASS_ON = "pass_on"  # noqa: S105 - praise is passed on, no password
    COURT = "court"  # to find out whether a case goes on, and when the next hearing is


class Occasion(StrEnum):
    """What has happened to a matter, as far as promises count from it or end with it."""

    RECEIVED = "received"
    ASKED = "asked"  # for contact: at receipt, or later by a child who wanted none at first
    ROUTED = "routed"
    READ = "read"
    CONTACTED = "contacted"
    TALKED = "talked"
    ANSWERED = "answered"
    CLOSED = "closed"
    COURT_ASKED = "court_asked"  # at receipt, or by the last hearing


class Because(StrEnum):
    """Why a child was told a later day than the one that was promised."""

    SAID = "said"  # staff said that it will be late, with a reason
    CHILD_PICKED = "child_picked"  # the child picked that day, though an earlier one was offered
    MEETING_LATER = "meeting_later"  # the meeting is on that day, and no earlier one was offered


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One promise as a route makes it."""

    promise: Promise
    counts_from: Occasion
    working_days: int | None = None  # after that; None: a setting of the service
    before_hearing: int | None = None  # working days; of the two days the earlier one counts
    kept_by: frozenset[Occasion]  # any of them ends it
    contact: bool | None = None  # only where contact is wanted (True), or only where it is not
    day_of: Promise | None = None  # whose stored day it has; None: its own
    until_withdrawn: bool = False  # a child who asks us to stop is owed it no more (ruling R22)
    is_told: bool = True  # the day is told to who waits, and not only kept among staff


@dataclass(frozen=True, kw_only=True)
class MovedPromise:
    """A later day than was promised, as the child was told. The promise itself stays."""

    promise: Promise
    old_on: date  # the day that was said before
    new_on: date
    because: Because
    reason: str = ""  # for the child to read, where staff said it


@dataclass(frozen=True, kw_only=True)
class PromiseFacts:
    """All that decides what is owed: no words, no rows. Days are local."""

    wants_contact: bool
    happened: Mapping[Occasion, date | None]  # None: it has, and nobody kept the day
    days: Mapping[Promise, date]  # as they are stored
    moves: Sequence[MovedPromise] = field(default=())  # that still stand, the oldest first
    withdrawn_on: date | None = None  # the child asked us to stop


@dataclass(frozen=True, kw_only=True)
class OwedPromise:
    """One promise that is still to be kept."""

    promise: Promise
    since: date
    by: date  # as promised; the queue and the figures count it, whatever was said since
    moved: MovedPromise | None  # the last that was said of it since
    day_of: Promise  # whose stored day ``by`` is
    is_told: bool

    @property
    def told_on(self) -> date:
        """The day that the child was told last."""
        return self.moved.new_on if self.moved else self.by

    @property
    def was_said_late(self) -> bool:
        """Whether staff had the last word on it, with a reason."""
        return self.moved is not None and self.moved.because is Because.SAID


_ROUTE = Clock(
    promise=Promise.ROUTE,
    counts_from=Occasion.RECEIVED,
    kept_by=frozenset({Occasion.ROUTED}),
    is_told=False,
)
_READ = Clock(
    promise=Promise.READ, counts_from=Occasion.RECEIVED, kept_by=frozenset({Occasion.READ})
)
_CONTACT = Clock(
    promise=Promise.CONTACT,
    counts_from=Occasion.ASKED,
    kept_by=frozenset({Occasion.CONTACTED, Occasion.TALKED, Occasion.ANSWERED}),
    contact=True,
    until_withdrawn=True,
)
_TALK = Clock(
    promise=Promise.TALK,
    counts_from=Occasion.ASKED,
    kept_by=frozenset({Occasion.TALKED, Occasion.ANSWERED}),
    contact=True,
    until_withdrawn=True,
)
ANSWER_WORKING_DAYS = 20  # the procedure's own number (S3 5.3), so no setting
ANSWER = Clock(
    promise=Promise.ANSWER,
    counts_from=Occasion.TALKED,
    working_days=ANSWER_WORKING_DAYS,
    kept_by=frozenset({Occasion.ANSWERED}),
    until_withdrawn=True,
)
_ANSWER_WITHOUT_A_TALK = Clock(  # else who wants no contact would never be late
    promise=Promise.ANSWER,
    counts_from=Occasion.ASKED,
    kept_by=frozenset({Occasion.ANSWERED}),
    contact=False,
    day_of=Promise.TALK,
    until_withdrawn=True,
)
_PASS_ON = Clock(
    promise=Promise.PASS_ON, counts_from=Occasion.RECEIVED, kept_by=frozenset({Occasion.CLOSED})
)
_COURT = Clock(  # ruling R20; asked anew after each hearing, so no occasion keeps it for good
    promise=Promise.COURT,
    counts_from=Occasion.COURT_ASKED,
    kept_by=frozenset(),
    is_told=False,
)

CLOCKS: Mapping[Kind, tuple[Clock, ...]] = {
    Kind.COMPLAINT: (_ROUTE, _READ, _CONTACT, _TALK, ANSWER, _ANSWER_WITHOUT_A_TALK, _COURT),
    Kind.FEELINGS: (_ROUTE, _READ, _CONTACT, _TALK),
    Kind.NOTE: (_ROUTE, _READ),
    Kind.COMPLIMENT: (_ROUTE, _PASS_ON),
}
"""What is owed to a child, by the kind of what they sent, in the order of the procedure."""


def owed(facts: PromiseFacts, clocks: Iterable[Clock]) -> tuple[OwedPromise, ...]:
    """Return what is still owed, in the order of ``clocks``. What is closed owes nothing.

    Where several clocks of one promise could run, the first does.

    Source: docs/procedure.md, paragraphs 10, 23, 27 to 29 and 63.
    """
    if Occasion.CLOSED in facts.happened:
        return ()
    return tuple(
        OwedPromise(
            promise=clock.promise,
            since=since,
            by=by,
            moved=_newest(facts.moves, clock.promise, by),
            day_of=clock.day_of or clock.promise,
            is_told=clock.is_told,
        )
        for clock, since, by in _running(facts, clocks)
        if clock.kept_by.isdisjoint(facts.happened)
        and not (clock.until_withdrawn and facts.withdrawn_on)
    )


def next_to_break(promises: Iterable[OwedPromise]) -> OwedPromise | None:
    """Return the promise that breaks first; None where nothing is owed.

    Source: docs/procedure.md, paragraph 30.
    """
    return min(promises, key=lambda each: each.by, default=None)


def owed_by(promises: Iterable[OwedPromise], promise: Promise) -> date | None:
    """Return by when one promise is to be kept; None: it is not owed."""
    return next((each.by for each in promises if each.promise is promise), None)


def kept_in_time(
    promise: Promise, facts: PromiseFacts, clocks: Iterable[Clock], *, today: date
) -> bool | None:
    """Say whether a promise was kept by its day, that day included.

    One whose day has passed was broken, whether or not it is kept yet. None: it was never told,
    no figure counts it, or it is still open.

    Source: docs/procedure.md, paragraphs 28 and 30.
    """
    for clock, _since, by in _running(facts, clocks):
        if clock.promise is promise and clock.is_told:
            kept = [day for fact in clock.kept_by if (day := facts.happened.get(fact))]
            if kept:
                return min(kept) <= by
            ended = facts.withdrawn_on if clock.until_withdrawn else None
            return False if by < (ended or today) else None
    return None


def after_closing(
    closed: date, *, since: date, on: date, today: date, calendar: WorkingCalendar
) -> date:
    """Return where a promised day stands once ``closed`` is no working day any more.

    It moves if it counted that day and has not passed. Its number of working days stays the same.

    Args:
        since: the day from which ``on`` is counted: day 0, which itself is never counted.
        calendar: the working days without ``closed``.

    Raises:
        CalendarGap: the new day lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    counted_and_open = since < closed <= on and today <= on
    return calendar.next_working_day(on) if counted_and_open else on


def after_opening(
    opened: date, *, since: date, on: date, earliest: date, calendar: WorkingCalendar
) -> date:
    """Return where a promised day stands once ``opened`` is a working day after all.

    The inverse of ``after_closing``: its number of working days stays the same. What a child was
    told may come earlier, but is never over at once by an act of ours.

    Args:
        since: the day from which ``on`` is counted: day 0, which itself is never counted.
        earliest: it moves back no further than to here, and else stays where it is.
        calendar: the working days with ``opened``.

    Raises:
        CalendarGap: the new day lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    if not since < opened < on:
        return on
    back = calendar.subtract(on, 1)
    return back if back >= earliest else on


def _running(facts: PromiseFacts, clocks: Iterable[Clock]) -> Iterator[tuple[Clock, date, date]]:
    """Yield the clocks that have started, kept or not: each with day 0 and the promised day.

    Of one promise only the first.
    """
    seen: set[Promise] = set()
    for clock in clocks:
        since = facts.happened.get(clock.counts_from)
        by = facts.days.get(clock.day_of or clock.promise)
        applies = clock.contact is None or clock.contact is facts.wants_contact
        if since and by and applies and clock.promise not in seen:
            seen.add(clock.promise)
            yield clock, since, by


def _newest(moves: Sequence[MovedPromise], promise: Promise, by: date) -> MovedPromise | None:
    """Return the last word on a promise; a day no later than the promised one is no delay."""
    said = [move for move in moves if move.promise is promise]
    return said[-1] if said and said[-1].new_on > by else None
