"""Commands as they are typed: with an environment of their own, and an empty database."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kids_feedback.cli import main
from kids_feedback.config import new_key_file

Run = Callable[..., Result]


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.toml"
    path.write_text(new_key_file())
    return path


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
