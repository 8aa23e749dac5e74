"""The part of Flask-Babel 4 that is used here; the package ships no types."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from babel import Locale
from flask import Flask

class LazyString:
    """A text that is looked up when it is shown."""

class Domain:
    """The catalogues of one domain."""

    def get_translations(self) -> Any: ...

class Babel:
    domain_instance: Domain  # of which every text is asked

    def __init__(self, app: Flask, *, locale_selector: Callable[[], str | None]) -> None: ...

def get_locale() -> Locale | None: ...
def force_locale(locale: str | Locale) -> AbstractContextManager[None]: ...
def format_date(day: date, pattern: str, /, *, rebase: bool = True) -> str: ...
def gettext(string: str, **variables: Any) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str: ...
def lazy_gettext(string: str, **variables: Any) -> LazyString: ...
