"""What every command needs: the settings, a database that is ready, the time, addresses."""

import os
from datetime import UTC, date, datetime

import click
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError

from kids_feedback.app import keys_of
from kids_feedback.cli import checks
from kids_feedback.config import Settings, settings_from
from kids_feedback.services import readiness
from kids_feedback.storage import schema
from kids_feedback.storage.db import Transactions, engine_for


def settings(*, listens_on: str | None = None, makes_database: bool = False) -> Settings:
    """Return what the environment says, if a command may start on it; see ``checks.check``.

    Raises:
        ConfigError: with all that is wrong with it.
    """
    found = settings_from(os.environ)
    checks.check(os.environ, found, listens_on=listens_on, makes_database=makes_database)
    return found


def engine(settings: Settings) -> Engine:
    """Return the engine of the database, for this command, if it keeps what it says it keeps.

    Raises:
        ClickException: the settings name no database.
        ConfigError: it does not.
        DBAPIError: it cannot be reached.
    """
    try:
        found = engine_for(settings.database_url)
    except (ArgumentError, ImportError, ValueError) as error:
        raise click.ClickException(
            "KIDS_FEEDBACK_DATABASE_URL names no database that can be used"
        ) from error
    click.get_current_context().call_on_close(found.dispose)
    checks.check_durable(found)
    return found


def transactions(settings: Settings) -> Transactions:
    """Open the database for this command, if it has had every migration and these keys open it.

    Raises:
        ClickException: it has not, or the settings name none.
        ConfigError: a power cut could take back what it says it keeps.
        NewerDatabase: it has had one that is not ours.
        WrongKey: they do not.
        DatabaseUnavailable, DBAPIError: it cannot be reached.
    """
    found = Transactions(engine(settings), keys_of(settings))
    with found.engine.connect() as connection:
        schema.check_known(connection)
        newest = schema.is_newest(connection)
    if not newest:
        raise click.ClickException(
            "the database is not up to date: run `kids-feedback upgrade-database`"
        )
    with found() as db:
        readiness.check_key(db)
    return found


def now() -> datetime:
    return datetime.now(UTC)


def today(settings: Settings) -> date:
    return now().astimezone(settings.timezone).date()


class Addresses:
    """The addresses of pages, as the site's own routes have them."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._base_url = settings.base_url
        self._routes = app.url_map.bind("")

    def of(self, page: str, **values: str) -> str:
        """Return where ``page`` (an endpoint) is."""
        return self._base_url + self._routes.build(page, values)
