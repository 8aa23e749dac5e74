"""Whatever goes wrong, the command ends with one clear line, and never with a traceback.

A line may end up in a log, so it holds nothing that a child or a member of staff has written.
"""

from pathlib import Path
from traceback import extract_tb

import click
from sqlalchemy.exc import DBAPIError

from kids_feedback.config import ConfigError
from kids_feedback.domain.errors import (
    BrokenConstraint,
    CalendarGap,
    CannotOpen,
    DatabaseUnavailable,
    EditConflict,
    UnknownCode,
)
from kids_feedback.services.readiness import WrongKey
from kids_feedback.storage.db import BrokenReferences
from kids_feedback.storage.schema import NewerDatabase

_ANOTHER_KEY = "the key file is not the one that this database was sealed with"
_LINES: dict[type[Exception], str] = {  # with the error's own text, where that names no row
    ConfigError: "{}",
    WrongKey: _ANOTHER_KEY,
    CannotOpen: _ANOTHER_KEY,
    EditConflict: "somebody else changed the same thing; please try again",
    NewerDatabase: "the database is newer than this program: install the newest version",
    BrokenReferences: "nothing was changed: rows refer to rows that are not there ({})",
    BrokenConstraint: "a rule of the database was broken ({})",
    UnknownCode: "the database holds a code that this program does not know ({})",
}


class OneLine(click.Group):
    """Ends every failure of its commands with one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            raise click.ClickException(in_one_line(error)) from error


def in_one_line(error: Exception) -> str:
    """Return what to tell whoever typed the command."""
    for kind, line in _LINES.items():
        if isinstance(error, kind):
            return line.format(error)
    if isinstance(error, CalendarGap):
        return f"the working calendar does not know {error.day}"
    if isinstance(error, DBAPIError | DatabaseUnavailable):
        return f"the database cannot be used ({_reason(error)})"
    where = extract_tb(error.__traceback__)[-1]
    name = type(error).__name__
    return f"something went wrong ({name} in {Path(where.filename).name}, line {where.lineno})"


def _reason(error: Exception) -> str:
    """Return why: in the driver's words only while connecting, when no row plays a part yet."""
    cause = error.__cause__ if isinstance(error, DatabaseUnavailable) else error
    if isinstance(cause, DBAPIError) and cause.statement is None:
        return str(cause.orig).strip().partition("\n")[0]
    return type(cause or error).__name__
