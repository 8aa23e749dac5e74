"""Days and times as people type them: the day first, then the month, then the year."""

import re
from datetime import date, datetime, time
from typing import Any

from babel import Locale
from flask_babel import get_locale
from wtforms import Field
from wtforms.widgets import TextInput

from kids_feedback.web.kit.translation import _

_NUMBERS = re.compile(r"(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4}|\d{2})")
_NAMED = re.compile(
    r"(?:[^\W\d]+\.?,? +)?"  # Tuesday
    r"(\d{1,2})(?:st|nd|rd|th)?[ .\-]*"
    r"([^\W\d]+)\.?,?[ \-]*"
    r"(\d{4}|\d{2})"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_DAY_AND_TIME = re.compile(r"(.+?)(?:[T ,]| at )+(\d{1,2})[:.](\d{2})(?::\d{2})?")
_SHORTEST_NAME = 3  # letters of a month, "mar"; "ma" could be two of them
_CENTURY = 2000


class DayField(Field):
    """A day as people type it; what is typed stays as it is until it can be read."""

    widget = TextInput()
    data: Any  # a day, or None

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = read_day(valuelist[0])
            if self.data is None:
                raise ValueError(_("That is not a date. Write it like 20/3/2026 or 20 March 2026."))


def read_day(text: str) -> date | None:
    """Return the day that ``text`` says, such as 3/3/26, 3.3.2026, 3 March 2026 or 2026-03-03.

    A year of two digits is of this century. None where it is no day, or could be two.
    """
    plain = text.strip().casefold()
    if not plain.isprintable() or any(sign.isdigit() and not sign.isascii() for sign in plain):
        return None
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
        return _day(year, int(month), day)
    if found := _NUMBERS.fullmatch(plain):
        day, month, year = found.groups()
        return _day(year, int(month), day)
    if found := _NAMED.fullmatch(plain):
        day, name, year = found.groups()
        return _day(year, _month(name), day)
    return None


def read_time(text: str) -> datetime | None:
    """Return the day and time that ``text`` says, such as 3/3/26 16:00; local, without a zone."""
    found = _DAY_AND_TIME.fullmatch(text.strip())
    day = read_day(found[1]) if found else None
    if found is None or day is None:
        return None
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3])))
    except ValueError:
        return None


def _day(year: str, month: int, day: str) -> date | None:
    full = int(year) + (_CENTURY if len(year) == len("26") else 0)
    try:
        return date(full, month, int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the month of that name, in English or the language of the page; 0 if there is none."""
    if len(name) < _SHORTEST_NAME:
        return 0
    for locale in (Locale("en"), get_locale() or Locale("en")):
        for number, month in locale.months["format"]["wide"].items():
            if month.casefold().startswith(name):
                return int(number)
    return 0
