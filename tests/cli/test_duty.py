"""The duty list is begun from the command line."""

from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kids_feedback.app import keys_of
from kids_feedback.config import FACTS, ConfigError, settings_from
from kids_feedback.domain.account_events import AccountAct
from kids_feedback.services.case import alarms
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.tables.people import AccountEvent
from tests.cli.conftest import Run, misused, refused

HAZEL = ("--name", "Hazel", "--email", "hazel@example.org", "--role", "customer_service")


@pytest.fixture
def hazel(run: Run) -> None:
    assert run("add-person", *HAZEL).exit_code == 0
    assert run("add-area", "east", "East").exit_code == 0


@pytest.mark.usefixtures("hazel")
def test_somebody_is_put_on_the_duty_list(run: Run) -> None:
    said = run("add-duty", "--email", "Hazel@example.org", "--area", "east", "--day", "sat")
    assert (said.exit_code, said.stdout) == (0, "Added to the duty list.\n"), said.stderr


@pytest.mark.usefixtures("hazel")
@pytest.mark.parametrize(
    ("words", "because"),
    [
        (("--email", "eve@example.org"), "nobody who works on cases"),
        (("--email", "hazel@example.org", "--area", "west"), "no such area"),
        (("--email", "hazel@example.org", "--from", "18:00"), "later than --from"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, words: tuple[str, ...], because: str) -> None:
    assert refused(run("add-duty", *words), because)


@pytest.mark.usefixtures("hazel")
def test_somebody_is_on_duty_while_somebody_looks_unless_said(
    run: Run, environ: dict[str, str], tmp_path: Path
) -> None:
    facts = tmp_path / "facts.toml"
    facts.write_text(FACTS.read_text().replace('opens = "09:00"', 'opens = "08:00"'))
    chosen = {"KIDS_FEEDBACK_REFERENCE": str(facts)}
    email = ("--email", "hazel@example.org")
    assert run("add-duty", *email, **chosen).exit_code == 0
    assert run("add-duty", *email, "--from", "00:00", "--to", "12:00", **chosen).exit_code == 0
    settings = settings_from({**environ, **chosen})
    engine = engine_for(settings.database_url)
    with Transactions(engine, keys_of(settings)).reading() as db:
        found = [alarms.shift_of(row) for row in alarms.duties(db)]
    engine.dispose()
    assert {(shift.starts, shift.ends) for shift in found} == {
        (time(8), time(17)),
        (time(0), time(12)),
    }


@pytest.mark.usefixtures("hazel")
def test_adding_the_same_shift_again_is_recorded_once(run: Run, environ: dict[str, str]) -> None:
    for _ in range(2):
        assert run("add-duty", "--email", "hazel@example.org").exit_code == 0
    settings = settings_from(environ)
    engine = engine_for(settings.database_url)
    with Transactions(engine, keys_of(settings)).reading() as db:
        found = db.scalars(select(AccountEvent.what)).all()
    engine.dispose()
    assert found.count(AccountAct.DUTY_ADDED) == 1


@pytest.mark.parametrize("clock", ["9", "25:00", "09:00+01:00"])
def test_a_time_is_a_time(run: Run, clock: str) -> None:
    said = run("add-duty", "--email", "hazel@example.org", "--from", clock)
    assert misused(said, "is not a time like 09:00")


def test_when_somebody_looks_is_a_setting(environ: dict[str, str], tmp_path: Path) -> None:
    facts = tmp_path / "facts.toml"
    shipped = FACTS.read_text()
    facts.write_text(shipped.replace('closes = "17:00"', 'closes = "18:30"'))
    chosen = {**environ, "KIDS_FEEDBACK_REFERENCE": str(facts), "KIDS_FEEDBACK_TIMEZONE": "UTC"}
    watch = settings_from(chosen).watch
    assert (watch.opens, watch.closes) == (time(9), time(18, 30))
    assert (watch.every, watch.zone.key) == (timedelta(minutes=30), "UTC")
    facts.write_text(shipped.replace('closes = "17:00"', 'closes = "08:00"'))
    with pytest.raises(ConfigError, match="duty hours begin before they end"):
        settings_from(chosen)
