"""A database in a file is the file that was there: none is made in its place, none written to."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

_FILE = "file"  # in the record of a connection


def keep_to(engine: Engine) -> None:
    """Let connections of SQLite open only a file that is there, and only as long as it is."""
    event.listen(engine, "do_connect", _only_what_is_there)
    event.listen(engine, "connect", _note_which_file)
    event.listen(engine, "checkout", _only_the_same_file)


def _only_what_is_there(
    dialect: Any, record: Any, arguments: list[str], named: dict[str, Any]
) -> None:
    """Open the file that is there: SQLite would make an empty one in place of a lost disk."""
    arguments[0] = f"{Path(arguments[0]).as_uri()}?mode=rw"
    named["uri"] = True


def _note_which_file(connection: Any, record: Any) -> None:
    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    record.info[_FILE] = path, _file_at(path)


def _only_the_same_file(connection: Any, record: Any, proxy: Any) -> None:
    """Open anew what lies there now: a file that was moved away takes words along unseen."""
    path, opened = record.info[_FILE]
    if _file_at(path) != opened:
        raise DisconnectionError


def _file_at(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
