"""What no command starts on, whatever it is to do: one line says what, and how to mend it."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from granian import Granian

from kids_feedback.cli import operations
from kids_feedback.storage.db import engine_for
from tests import postgres
from tests.cli.conftest import Run, a_key_file, refused
from tests.cli.test_commands import NEED_A_SITE, READY

ONE = ("check-calendar",)  # all ask the same question: see the first test
EVERY = pytest.mark.parametrize("words", NEED_A_SITE.values(), ids=NEED_A_SITE)


@pytest.fixture(autouse=True)
def nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is let through by mistake ends at once."""
    monkeypatch.setattr(Granian, "serve", lambda _server: None)
    monkeypatch.setattr(operations, "_end_with", lambda _end: None)


@pytest.fixture
def database(environ: dict[str, str]) -> Path:
    return Path(environ["KIDS_FEEDBACK_DATABASE_URL"].removeprefix("sqlite:///"))


def keys(words: bytes, *data: bytes) -> str:
    """Return the text of a key file."""
    rows = [f'{n} = "{base64.b64encode(key).decode()}"' for n, key in enumerate(data, start=1)]
    return "\n".join([f'words = "{base64.b64encode(words).decode()}"', "[data]", *rows])


def drawn(seed: int) -> bytes:
    """Return a key that looks drawn: bytes in no order, many of them different."""
    return bytes((seed + 89 * place * place + 30 * place) % 251 for place in range(32))


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@EVERY
def test_every_command_says_every_fault_at_once(
    run: Run, words: tuple[str, ...], key_file: Path
) -> None:
    key_file.chmod(0o644)
    said = run(*words, FLASK_DEBUG="1", KIDS_FEEDBACK_BASE_URL="http://say.example.org")
    for part in ("FLASK_DEBUG", "chmod 600", "KIDS_FEEDBACK_HTTPS=0"):
        assert refused(said, part)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FLASK_DEBUG", "1"),
        ("FLASK_DEBUG", "off"),  # which Flask takes for on
        ("FLASK_ENV", "development"),
        ("PYTHONDEVMODE", "1"),
    ],
)
def test_nothing_runs_with_its_inside_open(run: Run, name: str, value: str) -> None:
    assert refused(run(*ONE, **{name: value}), f"{name} is for development: unset it")


def test_what_is_switched_off_is_no_debugging(run: Run) -> None:
    off = {"FLASK_DEBUG": "0", "FLASK_ENV": "production", "PYTHONDEVMODE": ""}
    assert run(*ONE, **off).exit_code == 0


@pytest.mark.parametrize(
    "weak",
    [
        pytest.param(bytes(32), id="zeros"),
        pytest.param(b"\xff" * 32, id="one byte"),
        pytest.param(bytes(range(100, 132)), id="in order"),
        pytest.param(bytes(value % 256 for value in range(0, 32 * 37, 37)), id="in steps"),
        pytest.param(drawn(3)[:16] * 2, id="half of one, twice"),
        pytest.param(b"correct horse battery staple 123", id="a sentence"),
    ],
)
def test_a_key_that_can_be_guessed_is_refused(run: Run, tmp_path: Path, weak: bytes) -> None:
    for name, text in {"data": keys(drawn(1), weak), "words": keys(weak, drawn(1))}.items():
        path = a_key_file(tmp_path / name, text)
        said = run(*ONE, KIDS_FEEDBACK_KEY_FILE=str(path))
        assert refused(said, "KIDS_FEEDBACK_KEY_FILE: a key is not random"), name
        assert base64.b64encode(weak).decode() not in said.output


def test_one_secret_for_two_things_is_refused(run: Run, tmp_path: Path) -> None:
    one, two, three = map(drawn, range(3))
    for name, text in {"both": keys(one, one), "rotated": keys(one, two, two)}.items():
        path = a_key_file(tmp_path / name, text)
        said = run(*ONE, KIDS_FEEDBACK_KEY_FILE=str(path))
        assert refused(said, "two of its keys are the same"), name
    fine = a_key_file(tmp_path / "fine", keys(one, two, three))
    assert run(*ONE, KIDS_FEEDBACK_KEY_FILE=str(fine)).exit_code == 0


@pytest.mark.parametrize("loose", [0o640, 0o604, 0o620, 0o602])
@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_a_file_that_others_can_open_is_refused(
    run: Run, key_file: Path, database: Path, end: str, loose: int
) -> None:
    beside = database.with_name(f"{database.name}{end}")
    for name, file in {"KEY_FILE": key_file, "DATABASE_URL": beside}.items():
        file.touch()
        file.chmod(loose)
        said = run(*ONE)
        file.chmod(0o600)
        why = f"KIDS_FEEDBACK_{name}: others on this machine can open it; run `chmod 600 {file}`"
        assert refused(said, why)


def test_the_files_of_a_demonstration_are_shut_by_themselves(
    run: Run, key_file: Path, database: Path, tmp_path: Path
) -> None:
    """An earlier version left its database open to all."""
    for file in (key_file, database):
        file.chmod(0o644)
    done = run("upgrade-database", KIDS_FEEDBACK_DEMO=str(tmp_path / "mail"))
    assert done.exit_code == 0, done.stderr
    assert [mode(key_file), mode(database)] == [0o600, 0o600]


@pytest.fixture
def careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_what_is_made_is_for_the_service_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    url = f"sqlite:///{folder / 'db'}"
    assert run("upgrade-database", KIDS_FEEDBACK_DATABASE_URL=url).exit_code == 0
    engine = engine_for(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE any_table (id INTEGER)")
        made = {path.name: mode(path) for path in folder.iterdir()}
    engine.dispose()
    assert made == {"db": 0o600, "db-wal": 0o600, "db-shm": 0o600}


@pytest.mark.parametrize("words", READY.values(), ids=READY)
def test_a_lost_disk_is_no_empty_site(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    lost = tmp_path / "lost" / "db"
    lost.parent.mkdir()
    for demonstration in (None, str(tmp_path)):
        said = run(
            *words,
            KIDS_FEEDBACK_DATABASE_URL=f"sqlite:///{lost}",
            KIDS_FEEDBACK_DEMO=demonstration,
        )
        assert refused(said, f"there is no database {lost}; is its disk there?")
    assert not list(lost.parent.iterdir())


def test_a_site_is_not_begun_where_there_is_no_folder(run: Run, tmp_path: Path) -> None:
    lost = tmp_path / "lost" / "db"
    said = run("upgrade-database", KIDS_FEEDBACK_DATABASE_URL=f"sqlite:///{lost}")
    assert refused(said, f"there is no folder {lost.parent} for the database")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:db?uri=true"])
def test_a_database_that_is_no_file_of_its_own_is_refused(run: Run, url: str) -> None:
    for words in (ONE, ("upgrade-database",)):
        said = run(*words, KIDS_FEEDBACK_DATABASE_URL=url)
        assert refused(said, "KIDS_FEEDBACK_DATABASE_URL names no file for the database")


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"BASE_URL": "http://say.example.org", "HTTPS": "0"}, "KIDS_FEEDBACK_HTTPS=0 is for this"),
        ({"BASE_URL": "https://say.example.org", "HTTPS": "0"}, "not for say.example.org"),
        ({"BASE_URL": "http://192.0.2.1:8000", "HTTPS": "0"}, "not for 192.0.2.1"),
        ({"TRUSTED_HOSTS": "127.0.0.2 say.example.org", "HTTPS": "0"}, "not for say.example.org"),
        ({"BASE_URL": "http://say.example.org", "HTTPS": "1"}, "others need https://"),
        ({"BASE_URL": "say.example.org", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://[::1", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://say example.org", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://say.example.org:x", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://say.example.org/say", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://say.example.org?x", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://say.example.org#x", "HTTPS": "1"}, "no address like https://"),
        ({"BASE_URL": "https://a:b@say.example.org", "HTTPS": "1"}, "no address like https://"),
        ({"TRUSTED_HOSTS": "*.example.org", "HTTPS": "1"}, "'*.example.org' is no name of a host"),
        ({"TRUSTED_HOSTS": "a.org,b.org", "HTTPS": "1"}, "'a.org,b.org' is no name of a host"),
        ({"TRUSTED_HOSTS": ".example.org", "HTTPS": "1"}, "'.example.org' is no name of a host"),
        ({"TRUSTED_HOSTS": "https://b.example.org"}, "is no name of a host"),
    ],
)
def test_nobody_is_reached_in_the_open(run: Run, said: dict[str, str], because: str) -> None:
    named = {f"KIDS_FEEDBACK_{name}": value for name, value in said.items()}
    assert refused(run(*ONE, **named), because)


def test_a_site_that_would_answer_nobody_else_is_warned_of(run: Run) -> None:
    """An earlier version answered to every name."""
    warning = "Warning: KIDS_FEEDBACK_BASE_URL is this machine: no other is answered\n"
    assert run("serve", KIDS_FEEDBACK_HTTPS=None).stderr == warning
    public = {"KIDS_FEEDBACK_HTTPS": None, "KIDS_FEEDBACK_BASE_URL": "https://say.example.org"}
    assert not run("serve", **public).stderr
    assert not run("serve").stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])  # noqa: S104 - refused
def test_plain_http_is_served_to_this_machine_only(run: Run, host: str) -> None:
    assert refused(run("serve", "--host", host), f"(127.0.0.1), not for --host {host}")


@pytest.mark.parametrize(
    "said",
    [
        {"HTTPS": "0", "BASE_URL": "http://localhost:8000", "TRUSTED_HOSTS": "127.0.0.2 [::1]:80"},
        {"HTTPS": "1", "BASE_URL": "https://say.example.org", "TRUSTED_HOSTS": "b.example.org"},
        {"HTTPS": "1", "BASE_URL": None},
    ],
)
def test_what_is_reached_as_it_should_be_runs(run: Run, said: dict[str, str | None]) -> None:
    named = {f"KIDS_FEEDBACK_{name}": value for name, value in said.items()}
    assert run(*ONE, **named).exit_code == 0


def test_postgresql_that_forgets_is_refused(run: Run, postgresql: str) -> None:
    """The tests' own forgets, to be fast."""
    for words in (ONE, ("serve",), ("upgrade-database",)):
        said = run(*words, KIDS_FEEDBACK_DATABASE_URL=postgresql)
        forgets = "synchronous_commit=off, fsync=off, full_page_writes=off"
        assert refused(said, f"the database runs with {forgets}: ")


def test_what_a_role_or_a_database_forgets_is_noticed(run: Run) -> None:
    with postgres.running(durable=True) as url:
        ours = {"KIDS_FEEDBACK_DATABASE_URL": url}
        assert run("upgrade-database", **ours).exit_code == 0
        assert run(*ONE, **ours).exit_code == 0
        for whose in ("ROLE tests", "DATABASE postgres"):
            tell(url, f"ALTER {whose} SET synchronous_commit = off")
            assert refused(run(*ONE, **ours), "the database runs with synchronous_commit=off: a")
            tell(url, f"ALTER {whose} RESET synchronous_commit")
        assert run(*ONE, **ours).exit_code == 0


def tell(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
