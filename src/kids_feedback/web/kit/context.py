"""What every view needs of the running site: settings, the time, transactions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy.orm import Session as Session  # for pages, which may not name the database

from kids_feedback.config import Settings

_NAME = "kids_feedback"


class TransactionSource(Protocol):
    """What ``app`` gives: see ``storage.db.Transactions``."""

    def __call__(self) -> AbstractContextManager[Session]: ...
    def reading(self) -> AbstractContextManager[Session]: ...
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


def transaction() -> AbstractContextManager[Session]:
    """Open a transaction that commits at its end and rolls back on an error."""
    return site().transactions()


def reading() -> AbstractContextManager[Session]:
    """Open a transaction that only reads."""
    return site().transactions.reading()
