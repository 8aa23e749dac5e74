"""Commands as they are typed: with an environment of their own, and an empty database.

What the worker sends falls into a tray.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from kids_feedback.cli import main
from kids_feedback.config import new_key_file
from kids_feedback.gateways.mail import MailRefused
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.outbox import Message
from tests.make import NOW, a_message

Run = Callable[..., Result]
POISON = "poison@example.org"
ADA = "ada@example.org"


def a_key_file(path: Path, text: str = "") -> Path:
    """Write a key file that nobody else can read; its keys are fresh, unless said."""
    path.touch(0o600)
    path.write_text(text or new_key_file())
    return path


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return a_key_file(tmp_path / "keys.toml")


@pytest.fixture
def environ(tmp_path: Path, empty_sqlite: Path, key_file: Path) -> dict[str, str]:
    """A site that could run: an empty database with every table, and its keys."""
    return {
        "KIDS_FEEDBACK_DATABASE_URL": f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'db')}",
        "KIDS_FEEDBACK_KEY_FILE": str(key_file),
        "KIDS_FEEDBACK_HTTPS": "0",
    }


@pytest.fixture
def run(environ: dict[str, str]) -> Run:
    """Type a command, in that environment or with what a test changes of it (None takes away)."""

    def type_it(*words: str, **changed: str | None) -> Result:
        env: dict[str, str | None] = {**environ, **changed}
        return CliRunner().invoke(main, words, env=env, prog_name="kids-feedback")

    return type_it


def refused(result: Result, because: str) -> bool:
    """Say whether a command could not do it, and said why in one clear line."""
    lines = result.stderr.splitlines()
    assert isinstance(result.exception, SystemExit), f"not {result.exception!r}"
    assert result.exit_code == 1, result.output
    assert not result.stdout
    assert len(lines) == 1, f"one line, not {lines}"
    assert lines[0].startswith("Error: ")
    return because in lines[0]


def misused(result: Result, because: str) -> bool:
    """Say whether a command was asked wrongly, and explained how to ask."""
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Usage: ")
    return because in result.stderr


class Tray:
    """A way out that remembers what went, and refuses the poison."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.ids: list[str] = []
        self.bodies: list[str] = []
        self.refusal = refusal or MailRefused("recipient_550", permanent=True)

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        if to == POISON:
            raise self.refusal
        self.ids.append(message_id)
        self.bodies.append(body)


def put(transactions: Transactions, *addresses: str, at: datetime = NOW) -> list[str]:
    with transactions() as session:
        return [a_message(session, to, at).id for to in addresses]


def unsent(transactions: Transactions) -> list[str]:
    with transactions.reading() as session:
        return list(session.scalars(select(Message.id).where(Message.sent_at.is_(None))))
