"""What every view needs of the running site: settings, the time, transactions."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from flask import Flask, current_app, g
from sqlalchemy.orm import Session as Session  # for pages, which may not name the database

from kids_feedback.config import Settings
from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.domain.unreadable import NOTED

_NAME = "kids_feedback"


class TransactionSource(Protocol):
    """What ``app`` gives: see ``storage.db.Transactions``."""

    def __call__(self) -> AbstractContextManager[Session]: ...
    def reading(self) -> AbstractContextManager[Session]: ...
    def at_once(self) -> AbstractContextManager[Session]: ...
    @property
    def engine(self) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class Site:
    """One running site."""

    settings: Settings
    now: Callable[[], datetime]
    transactions: TransactionSource


def install(app: Flask, site: Site) -> None:
    """Make ``site`` the one that the views of ``app`` speak of."""
    app.extensions[_NAME] = site


def site() -> Site:
    found: Site = current_app.extensions[_NAME]
    return found


def settings() -> Settings:
    return site().settings


def now() -> datetime:
    """Return the instant, aware and in UTC."""
    return site().now()


def today() -> date:
    """Return the local day."""
    return now().astimezone(settings().timezone).date()


@contextmanager
def transaction() -> Iterator[Session]:
    """Open a transaction that commits at its end and rolls back on an error.

    Raises:
        DatabaseUnavailable: the store failed now, or has failed in this request before.
    """
    with _unless_failed(site().transactions) as db:
        yield db
    g.something_kept = True


def reading() -> AbstractContextManager[Session]:
    """Open a transaction that only reads.

    Raises:
        DatabaseUnavailable: the store failed now, or has failed in this request before.
    """
    return _unless_failed(site().transactions.reading)


def noting() -> AbstractContextManager[Session]:
    """Open a transaction that waits for nobody, for what may as well go unwritten.

    Raises:
        DatabaseUnavailable: somebody else writes, or the store failed now or before.
    """
    return _unless_failed(site().transactions.at_once)


def store_failed() -> bool:
    """Say whether it failed in this request: what it keeps is then not known, and not gone."""
    return "store_failed" in g


def something_kept() -> bool:
    """Say whether this request has written something for good."""
    return "something_kept" in g


def something_unreadable() -> bool:
    """Say whether something that this page wanted to show cannot be read, and so is not on it."""
    return "something_unreadable" in g


def note_unreadable() -> None:
    """Let this page say that something is missing on it."""
    g.something_unreadable = True


@contextmanager
def _unless_failed(begin: Callable[[], AbstractContextManager[Session]]) -> Iterator[Session]:
    """Ask the store no more in a request in which it failed: whoever has to wait, waits once."""
    if store_failed():
        raise DatabaseUnavailable
    try:
        with begin() as db:
            yield db
            if db.info.get(NOTED):
                note_unreadable()
    except DatabaseUnavailable:
        g.store_failed = True
        raise
