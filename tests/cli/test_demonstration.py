"""A demonstration: only where it is asked for, filled once, links fresh each time."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kids_feedback.app import create_app
from kids_feedback.config import settings_from
from kids_feedback.demo import cast, player
from kids_feedback.domain.case.safety import USUAL
from tests.cli.conftest import Run, misused, refused

LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/demo/\S+)$", re.M)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill with the cast alone: the stories have tests of their own, and take seconds."""

    def hire_only(db: Session, service: object, *, now: object) -> None:
        cast.hire(db, USUAL.shift)

    monkeypatch.setattr(player, "fill", hire_only)


@pytest.fixture
def demo(run: Run, tmp_path: Path) -> Callable[..., str]:
    def type_it(*words: str) -> str:
        said = run("demo", *words, KIDS_FEEDBACK_DEMO=str(tmp_path / "mail"))
        assert said.exit_code == 0, said.stderr
        return said.stdout

    return type_it


def test_it_is_refused_unless_this_is_a_demonstration(run: Run) -> None:
    assert refused(run("demo"), "KIDS_FEEDBACK_DEMO is not set")
    assert refused(run("demo", "--if-empty"), "this is no demonstration")
    assert misused(run("demo", "--empty"), "--empty")


@pytest.mark.usefixtures("played")
def test_a_database_in_use_is_left_alone(
    run: Run, tmp_path: Path, demo: Callable[..., str]
) -> None:
    assert run("add-area", "east", "East").exit_code == 0
    said = run("demo", KIDS_FEEDBACK_DEMO=str(tmp_path))
    assert refused(said, "the database is not empty")
    assert "Have your say" in demo("--if-empty")
    assert not LINK.findall(demo("--if-empty"))


@pytest.mark.usefixtures("played")
def test_links_are_fresh_each_time_and_sign_in(
    demo: Callable[..., str], environ: dict[str, str], tmp_path: Path
) -> None:
    before, after = (LINK.findall(demo("--if-empty")) for _ in range(2))
    assert len(before) == len(after) == 11
    assert not set(before) & set(after)
    site = create_app(settings_from({**environ, "KIDS_FEEDBACK_DEMO": str(tmp_path)}))
    visit = site.test_client()
    assert visit.get(before[0]).status_code == 404
    for link in after:
        assert visit.get(link).status_code == 200


def test_it_is_filled_once_and_tells_the_way_back(
    demo: Callable[..., str], environ: dict[str, str], tmp_path: Path
) -> None:
    before, after = demo(), demo("--if-empty")
    words = re.search(r"secret words +(\w+(?: \w+){4})$", before, re.M)
    assert words
    assert words[0] in after
