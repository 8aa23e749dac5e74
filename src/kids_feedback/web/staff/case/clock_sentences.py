"""Where a case stands, in sentences: the two clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import AnswerClock, days_left
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.promises import Promise, next_to_break
from kids_feedback.domain.case.submission import Kind
from kids_feedback.services.reading.case_file import CaseFile
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering.filters import day
from kids_feedback.web.staff.kit.dates import ago, how_near, nearness, short_year, the_sum

_PROMISES: Mapping[Promise, Text] = {
    Promise.ROUTE: _l("We promised to find the right area by %(day)s."),
    Promise.READ: _l("We promised to acknowledge it by %(day)s."),
    Promise.CONTACT: _l("We promised to contact the child by %(day)s."),
    Promise.TALK: _l("We promised to offer a talk by %(day)s."),
    Promise.ANSWER: _l("The child gets the written answer by %(day)s."),
    Promise.PASS_ON: _l("We promised to pass it on by %(day)s."),
}


@dataclass(frozen=True, kw_only=True)
class CaseClocks:
    """Sentences, empty where there is nothing to say."""

    told: str
    clock: str
    promise: str = ""
    near: str = ""
    how_near: str = "plain"  # the kind of its tag


def clocks_of(case: CaseFile, today: date, calendar: WorkingCalendar) -> CaseClocks:
    """Return the clocks in words.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.
    """
    received_on, clock = case.summary.received_on, _clock(case)
    if case.key_dates.closed_on:
        told = _("Received on %(day)s.", day=short_year(received_on))
        closed = _("Closed on %(day)s.", day=short_year(case.key_dates.closed_on))
        return CaseClocks(told=told, promise=closed, clock=clock)
    told = ago(calendar.working_days(after=received_on, upto=today))
    # The court has a sentence of its own (``court_sentences``).
    due = next_to_break(item for item in case.owed if item.promise is not Promise.COURT)
    if due is None:
        return CaseClocks(told=told, clock=clock)
    left = days_left(today, due.by, calendar)
    return CaseClocks(
        told=told,
        promise=str(_PROMISES[due.promise]) % {"day": day(due.by)},
        near=nearness(due.by, left, today),
        how_near=how_near(due.by, left, today),
        clock=clock,
    )


def _clock(case: CaseFile) -> str:
    if case.summary.kind is not Kind.COMPLAINT:
        return _("No answer clock: the child asks for no written answer.")
    if case.key_dates.delivered_on:
        return _delivered(case)
    if case.key_dates.not_arrived:
        return _("The letter with the answer did not arrive: deliver it another way.")
    if case.clock:
        return _("Answer clock: %(sum)s", sum=the_sum(case.clock))
    if case.child.method is Method.NONE:
        return _(
            "Answer clock: it can't start, as the child wants no contact. "
            "The answer can wait behind the secret words."
        )
    return _("Answer clock: not started. It starts when you talk.")


def _delivered(case: CaseFile) -> str:
    on = case.key_dates.delivered_on
    facts = {"day": short_year(on) if on else ""}
    late = bool(case.clock and on and on > case.clock.due_on)
    if case.key_dates.posted_on:
        return _posted(facts, case.clock, late=late)
    if case.clock and late:
        return _(
            "The child got the answer on %(day)s, late: it was due by %(due)s.",
            due=short_year(case.clock.due_on),
            **facts,
        )
    if case.clock:
        return _("The child got the answer on %(day)s, in time.", **facts)
    return _("The child got the answer on %(day)s.", **facts)


def _posted(facts: dict[str, str], clock: AnswerClock | None, *, late: bool) -> str:
    """Return when the letter went: whether the child has it nobody knows."""
    if clock and late:
        return _(
            "The answer was posted on %(day)s, late: it was due by %(due)s.",
            due=short_year(clock.due_on),
            **facts,
        )
    if clock:
        return _("The answer was posted on %(day)s, in time.", **facts)
    return _("The answer was posted on %(day)s.", **facts)
