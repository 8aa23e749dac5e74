"""Figures in words: labels, sentences and bars for what ``domain.board.figures`` may show."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from kids_feedback.domain.board.disclosure import (
    Amount,
    Portion,
    Share,
    Table,
    Trend,
)
from kids_feedback.domain.board.half_years import Period
from kids_feedback.web.questions.complaint import PAGES
from kids_feedback.web.questions.model import Choice
from kids_feedback.web.rendering.filters import month

_TOPICS = next(asked for asked in PAGES[0].fields if isinstance(asked, Choice))
_NO_ROW = {"something_else", "not_sure"}  # counted together: few rows keep small numbers safe
TOPIC_CODES = tuple(option.code for option in _TOPICS.options if option.code not in _NO_ROW)


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One row of a table and one bar of its picture."""

    label: str
    value: str
    share: int  # of the longest bar, 0 to 100


def period_name(period: Period) -> str:
    """Return "April 2025 to September 2025"."""
    return _("%(first)s to %(last)s", first=month(period.first), last=month(period.last))


def topic(code: str) -> str:
    """Return what a topic is called on the child's own page."""
    return _TOPICS.label_of(code) if code != "other" else _("Something else, or not said")


def kind(code: str) -> str:
    names = {
        "complaint": _("Something was wrong, please look into it"),
        "compliment": _("Something was good"),
        "other": _("How I feel, or something you should know"),
    }
    return names[code]


def kinds(shown: Mapping[str, int | None]) -> list[FigureRow]:
    """Return what children told us, each number alone."""
    longest = max((number or 0 for number in shown.values()), default=0)
    return [
        FigureRow(label=kind(code), value=_number(number), share=_percent(number or 0, longest))
        for code, number in shown.items()
    ]


def topics(table: Table) -> list[FigureRow]:
    """Return the rows of the table in the order in which children are asked, hidden ones last.

    A child is counted by the first box that they ticked, so no topic is called the most common.
    """
    cells = sorted(table.cells, key=lambda cell: cell.hidden)
    longest = max((cell.shown or 0 for cell in cells), default=0)
    return [
        FigureRow(
            label=topic(cell.code),
            value=_number(cell.shown),
            share=_percent(cell.shown or 0, longest),
        )
        for cell in cells
    ]


def counted(table: Table) -> str:
    """Return the sentence above the table of topics: what its numbers are."""
    if table.total is None:
        return _("We hide these numbers to keep children safe.")
    return _("Each child is counted once: by the first box from the top that they ticked.")


def promises(shown: Mapping[str, Share]) -> list[str]:
    """Return how far promises were kept, a sentence each; what else was released is not shown."""
    return [_("Read in time: %(amount)s", amount=_how_many(shown["read"]))]


def changed(change: Trend | None) -> str:
    """Return how the number of complaints compares with the period before."""
    sentences = {
        Trend.MORE: _("That is more than the time before."),
        Trend.FEWER: _("That is fewer than the time before."),
        Trend.ABOUT_THE_SAME: _("That is about the same as the time before."),
    }
    return sentences[change] if change else ""


def _number(shown: int | None) -> str:
    return _("hidden") if shown is None else _("about %(number)s", number=shown)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _how_many(share: Share) -> str:
    if share.portion is None:
        return _("hidden")
    return _in_words(share.portion)


def _in_words(portion: Portion) -> str:
    if portion.in_ten is not None:
        return _("about %(number)s in 10", number=portion.in_ten)
    amounts = {
        Amount.ALL_OR_NEARLY_ALL: _("all or nearly all"),
        Amount.MOST: _("most"),
        Amount.ABOUT_HALF: _("about half"),
        Amount.SOME: _("some"),
        Amount.FEWER_THAN_HALF: _("fewer than half"),
        Amount.A_FEW: _("a few, or none"),
    }
    return amounts[portion.amount]
