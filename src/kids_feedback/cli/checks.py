"""What no command starts on: each rule yields what is wrong, and all of it is said at once.

Each is a mistake that nobody would notice while all goes well, and that cannot be made good once a
child's words are lost or read.
"""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError

from kids_feedback.config import ConfigError, Settings, host_in, is_loopback
from kids_feedback.storage.db import lost_when_power_fails, sqlite_file

_OTHERS = 0o077  # what the mode of a private file leaves unset
_PRIVATE = 0o600
_NAME = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")  # of a host, or an address of IPv6
_FEWEST_BYTES = 17  # different ones in a key of 32; random keys have fewer once in 10^14
_DEBUGGING = {  # which values of a variable leave it off
    "FLASK_DEBUG": {"", "0", "false", "no"},
    "FLASK_ENV": {"", "production"},
    "PYTHONDEVMODE": {"", "0"},
}


@dataclass(frozen=True, kw_only=True)
class Start:
    """What is about to run."""

    settings: Settings
    environ: Mapping[str, str]
    listens_on: str | None  # the host that ``serve`` was given
    makes_database: bool


def check(
    environ: Mapping[str, str],
    settings: Settings,
    *,
    listens_on: str | None = None,
    makes_database: bool = False,
) -> None:
    """Let a command start, unless a rule is broken. A demonstration's files are mended.

    Args:
        listens_on: the host on which it will serve; None: it does not serve.
        makes_database: it may make the file of SQLite.

    Raises:
        ConfigError: with all that is wrong.
    """
    start = Start(
        settings=settings, environ=environ, listens_on=listens_on, makes_database=makes_database
    )
    if settings.demo:
        _mend(start)
    faults = [fault for rule in RULES for fault in rule(start)]
    if faults:
        raise ConfigError("; ".join(faults))


def check_durable(engine: Engine) -> None:
    """Let a database pass that keeps what it has said it keeps.

    Raises:
        ConfigError: with the settings of PostgreSQL that a power cut would make a lie.
        DBAPIError: it cannot be reached.
    """
    off = [f"{name}=off" for name in lost_when_power_fails(engine)]
    if off:
        raise ConfigError(
            f"the database runs with {', '.join(off)}: a power cut could lose what a child was"
            " told we have"
        )


def no_debugging(start: Start) -> Iterator[str]:
    """Say what shows strangers, or the log, the inside of the program."""
    for name, off in _DEBUGGING.items():
        if start.environ.get(name, "").strip().lower() not in off:
            yield f"{name} is for development: unset it"


def random_keys(start: Start) -> Iterator[str]:
    """Say which keys somebody could guess."""
    secrets = [*start.settings.keys.values(), start.settings.words_key]
    if any(map(_is_weak, secrets)):
        yield "KIDS_FEEDBACK_KEY_FILE: a key is not random; `kids-feedback make-keys` prints some"
    if len(set(secrets)) < len(secrets):
        yield "KIDS_FEEDBACK_KEY_FILE: two of its keys are the same"


def private_files(start: Start) -> Iterator[str]:
    """Say which files others on this machine can open."""
    for name, files in _files(start).items():
        loose = [file for file in files if _is_loose(file)]
        if loose:
            command = shlex.join(["chmod", "600", *map(str, loose)])
            yield f"{name}: others on this machine can open it; run `{command}`"


def database_is_there(start: Start) -> Iterator[str]:
    """Say that SQLite would begin an empty site: a disk that is not mounted looks like that."""
    file, sqlite = _database(start), start.settings.database_url.startswith("sqlite")
    if sqlite and file is None:
        yield "KIDS_FEEDBACK_DATABASE_URL names no file for the database"
    elif file and start.makes_database and not file.parent.is_dir():
        yield f"KIDS_FEEDBACK_DATABASE_URL: there is no folder {file.parent} for the database"
    elif file and not start.makes_database and not file.is_file():
        yield (
            f"KIDS_FEEDBACK_DATABASE_URL: there is no database {file}; is its disk there? For a new"
            " site, run `kids-feedback upgrade-database`"
        )


def one_address(start: Start) -> Iterator[str]:
    """Say which addresses nobody could open."""
    settings = start.settings
    if not _is_base(settings.base_url):
        yield "KIDS_FEEDBACK_BASE_URL is no address like https://say.example.org"
    for host in settings.trusted_hosts:
        if "/" in host or not _is_name(host_in(f"//{host}")):
            yield f"KIDS_FEEDBACK_TRUSTED_HOSTS: {host!r} is no name of a host"


def https_beyond_this_machine(start: Start) -> Iterator[str]:
    """Say what would carry a child's words over a network for all to read."""
    settings, heard = start.settings, start.listens_on
    named = sorted(host for host in settings.hosts if not is_loopback(host))
    if not settings.https and named:
        yield f"KIDS_FEEDBACK_HTTPS=0 is for this machine only, not for {', '.join(named)}"
    elif not settings.https and heard and not is_loopback(heard):
        yield f"KIDS_FEEDBACK_HTTPS=0 is for this machine only (127.0.0.1), not for --host {heard}"
    elif settings.base_url.startswith("http://") and host_in(settings.base_url) in named:
        yield "KIDS_FEEDBACK_BASE_URL begins with http://; others need https://"


def demonstration_stays_here(start: Start) -> Iterator[str]:
    """Say that a demonstration lets anybody in who can reach it."""
    if start.settings.demo and start.listens_on and not is_loopback(start.listens_on):
        yield "a demonstration is served to this machine only (127.0.0.1)"


def _is_base(address: str) -> bool:
    """Say whether pages can be found by putting their path behind ``address``."""
    try:
        parts = urlsplit(address)
        ends_there = parts.port != 0 and address == f"{parts.scheme}://{parts.netloc}"
    except ValueError:  # its port is no number
        return False
    plain = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return ends_there and plain and _is_name(host_in(address))


def _is_name(host: str) -> bool:
    """Say whether a browser can send ``host`` as a name or an address; a pattern it cannot."""
    return bool(_NAME.fullmatch(host)) and host == host.strip(".-")


RULES: tuple[Callable[[Start], Iterable[str]], ...] = (
    no_debugging,
    random_keys,
    private_files,
    database_is_there,
    one_address,
    https_beyond_this_machine,
    demonstration_stays_here,
)


def _mend(start: Start) -> None:
    """Shut what an earlier version left open: the files of a demonstration are its own."""
    for files in _files(start).values():
        for file in filter(_is_loose, files):
            with suppress(OSError):  # then the rule says so
                file.chmod(_PRIVATE)


def _files(start: Start) -> dict[str, list[Path]]:
    """Return what only the service may open, by the setting that names it."""
    found = {"KIDS_FEEDBACK_KEY_FILE": [Path(start.environ["KIDS_FEEDBACK_KEY_FILE"].strip())]}
    database = _database(start)
    if database:
        beside = [database.with_name(f"{database.name}{end}") for end in ("", "-wal", "-shm")]
        found["KIDS_FEEDBACK_DATABASE_URL"] = beside
    return found


def _database(start: Start) -> Path | None:
    with suppress(ArgumentError, ValueError):  # said where it is opened
        return sqlite_file(start.settings.database_url)
    return None


def _is_loose(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & _OTHERS)
    except OSError:
        return False


def _is_weak(key: bytes) -> bool:
    """Say whether a key looks chosen: few different bytes, a sentence, or equal steps."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    typed = key.isascii() and key.decode().isprintable()
    return len(set(key)) < _FEWEST_BYTES or typed or len(steps) == 1
