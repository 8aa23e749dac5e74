"""Days as a manager in a hurry reads them, and how near they are."""

from collections.abc import Iterable
from datetime import date, datetime

from babel.lists import format_list
from flask_babel import format_date, get_locale

from kids_feedback.domain.case.calendar import ONE_DAY
from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.promises import ANSWER_WORKING_DAYS
from kids_feedback.web.kit import context
from kids_feedback.web.kit.translation import _, ngettext, once_a_page


def short(value: date) -> str:
    """Return "Fri 9 Jan"."""
    return _said(value, "EEE d MMM")


def short_year(value: date) -> str:
    """Return "Fri 9 Jan 2026"."""
    return _said(value, "EEE d MMM y")


def local_day(at: datetime) -> date:
    """Return the day of an instant where the service is."""
    return at.astimezone(context.settings().timezone).date()


@once_a_page
def nearness(due_on: date, days_left: int, today: date) -> str:
    """Return in words how near a day is: "Due tomorrow", "2 working days late"."""
    if due_on < today:
        days = -days_left
        if days == 0:  # a weekend has come since
            return _("Overdue")
        return ngettext("%(num)d working day overdue", "%(num)d working days overdue", days)
    if due_on == today:
        return _("Due today")
    if due_on == today + ONE_DAY:
        return _("Due tomorrow")
    return ngettext("Due in %(num)d working day", "Due in %(num)d working days", days_left)


def how_near(due_on: date, days_left: int, today: date) -> str:
    """Return the kind of a tag that says how near a day is."""
    if due_on < today:
        return "late"
    return "soon" if days_left <= 1 else "plain"


def ago(working_days: int) -> str:
    """Return how long ago the child told us."""
    if working_days <= 0:
        return _("Received today.")
    return ngettext(
        "Received %(num)d working day ago.", "Received %(num)d working days ago.", working_days
    )


def the_sum(clock: AnswerClock) -> str:
    """Return the sum behind the answer's day, with the days that it leaves out."""
    facts = {
        "number": ANSWER_WORKING_DAYS,
        "talk": short_year(clock.talk_on),
        "due": short_year(clock.due_on),
    }
    if not clock.not_counted:
        return _("%(number)s working days from %(talk)s is %(due)s.", **facts)
    return _(
        "%(number)s working days from %(talk)s is %(due)s (%(days)s not counted).",
        days=_list(_said(day, "d MMM") for day in clock.not_counted),
        **facts,
    )


def _list(parts: Iterable[str]) -> str:
    return str(format_list(list(parts), locale=get_locale()))


@once_a_page
def _said(value: date, pattern: str) -> str:
    """Return a day with Western digits, which every other number on these pages has."""
    if isinstance(value, datetime):
        value = local_day(value)
    text = str(format_date(value, pattern, rebase=False))
    return "".join(str(int(character)) if character.isdigit() else character for character in text)
