"""Every command answers 0, 1 or 2, and says what is wrong in one clear line."""

import re
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kids_feedback.cli import main
from kids_feedback.cli.errors import OneLine
from kids_feedback.config import keys_from
from kids_feedback.storage import schema
from kids_feedback.storage.db import engine_for
from tests.cli.conftest import Run, a_key_file, misused, refused
from tests.storage import filled

DOCS = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
NEED_A_SITE = {
    "serve": ("serve",),
    "worker": ("worker", "--once"),
    "upgrade-database": ("upgrade-database",),
    "demo": ("demo",),
    "add-area": ("add-area", "east", "East"),
    "add-office": ("add-office", "eastham", "Eastham", "--area", "east"),
    "add-person": (
        "add-person",
        *("--name", "Ada", "--email", "a@example.org", "--role", "administrator"),
    ),
    "add-duty": ("add-duty", "--email", "a@example.org"),
    "close-day": ("close-day", "2026-05-15", "--reason", "A storm"),
    "open-day": ("open-day", "2026-05-15"),
    "check-calendar": ("check-calendar",),
    "poster": ("poster", "--office", "eastham"),
}
READY = {name: words for name, words in NEED_A_SITE.items() if name != "upgrade-database"}


@pytest.mark.parametrize("words", NEED_A_SITE.values(), ids=NEED_A_SITE)
def test_a_command_lists_all_that_is_missing_in_the_settings(
    run: Run, words: tuple[str, ...]
) -> None:
    said = run(*words, KIDS_FEEDBACK_DATABASE_URL=None, KIDS_FEEDBACK_KEY_FILE=None)
    assert refused(said, "KIDS_FEEDBACK_DATABASE_URL is not set")
    assert refused(said, "KIDS_FEEDBACK_KEY_FILE is not set")


@pytest.mark.parametrize("words", READY.values(), ids=READY)
def test_a_command_says_when_the_database_is_not_up_to_date(
    run: Run, words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "bare").touch(0o600)
    bare = f"sqlite:///{tmp_path / 'bare'}"
    said = run(*words, KIDS_FEEDBACK_DATABASE_URL=bare, KIDS_FEEDBACK_DEMO=str(tmp_path))
    assert refused(said, "run `kids-feedback upgrade-database`")


@pytest.mark.parametrize("words", NEED_A_SITE.values(), ids=NEED_A_SITE)
def test_a_command_says_when_no_database_answers(
    run: Run, words: tuple[str, ...], tmp_path: Path
) -> None:
    nowhere = "postgresql://ada:secret@127.0.0.1:1/nowhere"
    said = run(*words, KIDS_FEEDBACK_DATABASE_URL=nowhere, KIDS_FEEDBACK_DEMO=str(tmp_path))
    assert refused(said, "the database cannot be used (connection")
    assert "secret" not in said.output


@pytest.mark.parametrize("words", NEED_A_SITE.values(), ids=NEED_A_SITE)
def test_a_command_says_when_the_keys_are_those_of_another_database(
    run: Run, words: tuple[str, ...], tmp_path: Path
) -> None:
    assert run("upgrade-database").exit_code == 0
    other = a_key_file(tmp_path / "other.toml")
    said = run(*words, KIDS_FEEDBACK_KEY_FILE=str(other), KIDS_FEEDBACK_DEMO=str(tmp_path))
    assert refused(said, "the key file is not the one that this database was sealed with")


@pytest.mark.parametrize(
    ("kept", "because"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param("words = 1", "not a key file", id="of another kind"),
        pytest.param('words = "QQ=="\n[data]\n1 = "QQ=="', "32 bytes", id="too short"),
    ],
)
def test_a_key_file_that_is_none_is_named(
    run: Run, tmp_path: Path, kept: str | None, because: str
) -> None:
    path = tmp_path / "no.toml"
    if kept is not None:
        path.write_text(kept)
    said = run("check-calendar", KIDS_FEEDBACK_KEY_FILE=str(path))
    assert refused(said, "KIDS_FEEDBACK_KEY_FILE: ")
    assert refused(said, because)


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://somewhere/db", "sqlite:////nowhere/at/all/db", "postgresql://h:port/db"],
)
def test_an_address_that_is_no_database_is_refused(run: Run, url: str) -> None:
    assert refused(run("check-calendar", KIDS_FEEDBACK_DATABASE_URL=url), "database")
    assert refused(run("upgrade-database", KIDS_FEEDBACK_DATABASE_URL=url), "database")


@pytest.mark.parametrize("words", NEED_A_SITE.values(), ids=NEED_A_SITE)
def test_a_command_leaves_a_database_of_a_later_version_alone(
    run: Run, words: tuple[str, ...], environ: dict[str, str], tmp_path: Path
) -> None:
    path = environ["KIDS_FEEDBACK_DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = list(database.iterdump())
    database.close()
    said = run(*words, KIDS_FEEDBACK_DEMO=str(tmp_path))
    assert refused(said, "the database is newer than this program: install the newest version")
    with sqlite3.connect(path) as database:
        assert list(database.iterdump()) == before
    database.close()


def test_rows_that_refer_to_nothing_are_said_before_anything_is_changed(
    run: Run, environ: dict[str, str]
) -> None:
    path = environ["KIDS_FEEDBACK_DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO office VALUES ('eastham', 'Eastham', 'nowhere', '')")
    database.close()
    said = run("upgrade-database")
    assert refused(said, "nothing was changed: rows refer to rows that are not there (office)")


def test_a_history_is_never_sealed_with_another_key(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old'}"
    engine = engine_for(url)
    schema.upgrade(engine, to="0008")
    filled.fill(engine)
    engine.dispose()
    said = run("upgrade-database", KIDS_FEEDBACK_DATABASE_URL=url)
    assert refused(said, "the key file is not the one that this database was sealed with")


def test_a_fault_that_nobody_thought_of_says_where_and_none_of_the_words() -> None:
    group = OneLine("ours")

    @group.command()
    def break_it() -> None:
        raise KeyError("what a child wrote")

    said = CliRunner().invoke(group, ["break-it"])
    assert refused(said, "something went wrong (KeyError in test_commands.py, line ")
    assert "child" not in said.output


def test_upgrading_is_safe_to_repeat(run: Run, tmp_path: Path) -> None:
    fresh = f"sqlite:///{tmp_path / 'fresh'}"
    for _ in range(2):
        said = run("upgrade-database", KIDS_FEEDBACK_DATABASE_URL=fresh)
        assert (said.exit_code, said.stdout) == (0, "The database is up to date.\n")


def test_fresh_keys_are_a_key_file_and_never_the_same(run: Run, tmp_path: Path) -> None:
    said = [run("make-keys").stdout for _ in range(2)]
    assert said[0] != said[1]
    path = tmp_path / "fresh.toml"
    path.write_text(said[0])
    assert list(keys_from(path).data) == [1]


def test_the_worker_runs_without_a_mail_server_and_says_so(run: Run, tmp_path: Path) -> None:
    said = run("worker", "--once")
    assert said.exit_code == 0
    assert said.stderr == "Warning: KIDS_FEEDBACK_SMTP_HOST is not set: messages wait, unsent\n"
    assert not run("worker", "--once", KIDS_FEEDBACK_DEMO=str(tmp_path / "mail")).stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])  # noqa: S104 - refused
def test_a_demonstration_is_served_to_this_machine_only(
    run: Run, tmp_path: Path, host: str
) -> None:
    said = run("serve", "--host", host, KIDS_FEEDBACK_DEMO=str(tmp_path))
    assert refused(said, "to this machine only")


@pytest.mark.parametrize("words", [("--port", "0"), ("--workers", "0"), ("--port", "http")])
def test_a_server_is_not_started_on_nonsense(run: Run, words: tuple[str, str]) -> None:
    assert misused(run("serve", *words), words[0])


def test_no_command_and_an_unknown_one_are_wrong_usage(run: Run) -> None:
    assert run().exit_code == 2
    assert misused(run("sing"), "No such command 'sing'")
    assert run("--help").exit_code == 0
    assert version("kids-feedback") in run("--version").stdout


def test_the_package_is_the_command() -> None:
    module = [sys.executable, "-m", "kids_feedback"]
    asked = subprocess.run([*module, "--help"], capture_output=True, text=True, check=False)
    assert asked.returncode == 0
    assert all(name in asked.stdout for name in main.commands)
    lost = subprocess.run(
        [*module, "serve"], capture_output=True, text=True, check=False, env={"PATH": ""}
    )
    assert (lost.returncode, lost.stdout) == (1, "")
    assert "Traceback" not in lost.stderr
    assert len(lost.stderr.splitlines()) == 1


def test_the_paper_has_every_command_with_every_option_and_no_other() -> None:
    sections = dict(re.findall(r"^### `([a-z-]+)`$(.*?)(?=^##|\Z)", DOCS.read_text(), re.M | re.S))
    assert sections.keys() == main.commands.keys()
    for name, command in main.commands.items():
        options = {
            text
            for parameter in command.params
            for text in parameter.opts
            if isinstance(parameter, click.Option)
        }
        assert set(re.findall(r"^\| `(--[a-z-]+)", sections[name], re.M)) == options, name
