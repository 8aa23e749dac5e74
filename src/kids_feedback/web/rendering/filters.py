"""Dates and numbers as people read them."""

from datetime import date, datetime

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale

from kids_feedback.domain.child.secret_words import KIND_OF
from kids_feedback.domain.unreadable import UnreadableText
from kids_feedback.web.kit import context, pairs
from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering import rich_text, safe_html

# Day name, date, month name, Western digits everywhere: no numeric dates.
_WITH_YEAR = "EEEE d MMMM y"
_WITHOUT_YEAR = "EEEE d MMMM"


def install(app: Flask) -> None:
    """Give templates the filters named here; ``|word_kind`` is that of a secret word."""
    app.jinja_env.filters.update(
        day=day,
        day_year=day_year,
        month=month,
        clock=clock,
        at_colon=at_colon,
        written=rich_text.to_show,
        own=safe_html.own,
        word_kind=KIND_OF.get,  # None of an old word
    )


def in_its_place(value: object) -> object:
    """Return what a page shows of a value: words where it cannot be read, else the value."""
    return _("cannot be read") if isinstance(value, UnreadableText) else value


def day(value: date) -> str:
    """Return "Friday 9 January" in the reader's language."""
    return _said(value, _WITHOUT_YEAR)


def day_year(value: date) -> str:
    """Return "Friday 9 January 2026" in the reader's language."""
    return _said(value, _WITH_YEAR)


def month(value: date) -> str:
    """Return "April 2025" in the reader's language."""
    return _said(value, "LLLL y")


def clock(value: datetime) -> str:
    """Return the local time of day, "16:05"."""
    return value.astimezone(context.settings().timezone).strftime("%H:%M")


def at_colon(text: str) -> tuple[str, str]:
    """Return a sentence such as "Done: You told us." in two: up to its colon, and the rest."""
    return pairs.cut(text, lambda half: half.find(": ") + 1)


def _said(value: date, form: str) -> str:
    local = _local(value)
    said = _western(format_date(local, form, locale=get_locale() or "en"))
    return pairs.pair(said, format_date(local, form, locale="en"))


def _local(value: date) -> date:
    if isinstance(value, datetime):
        return value.astimezone(context.settings().timezone).date()
    # Taken apart, so that no day is an error: of nothing, Babel makes today.
    return date(value.year, value.month, value.day)


def _western(text: str) -> str:
    """Keep Western digits: posters, phones and buses in England use them."""
    if str(get_locale()) == "en":
        return text
    return "".join(str(int(character)) if character.isdigit() else character for character in text)
