"""Whoever runs the site is told that it cannot do its work, by mail that needs no database."""

from datetime import timedelta

import pytest

from kids_feedback.cli import worker
from kids_feedback.cli.alerting import REPEAT, Alerts
from kids_feedback.domain.brakes import ALL_WORDS
from kids_feedback.gateways.mail import MailRefused
from kids_feedback.services import readiness
from kids_feedback.services.child import way_back
from kids_feedback.services.site import budgets
from kids_feedback.storage.db import Transactions
from tests.cli.conftest import Tray
from tests.conftest import SetClock
from tests.make import a_complaint, a_message
from tests.web.failures.whole_world import spoil

OPS = ("ops@example.org", "night@example.org")


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Whether it can write, and has space; a test may change that."""
    state = {"writing": True, "space": True}
    monkeypatch.setattr(readiness, "can_write", lambda _: state["writing"])
    monkeypatch.setattr(readiness, "has_space", lambda _: state["space"])
    return state


def test_each_is_told_at_once_each_hour_and_when_it_is_over(
    transactions: Transactions, clock: SetClock, well: dict[str, bool]
) -> None:
    tray = Tray()
    alerts = Alerts(tray, OPS)

    def told(*, writing: bool, space: bool) -> list[str]:
        before = len(tray.bodies)
        well.update(writing=writing, space=space)
        clock.forward(minutes=1)
        alerts.look(transactions, clock())
        return tray.bodies[before:]

    assert told(writing=True, space=True) == []
    assert told(writing=False, space=True) == [
        "Nothing can be written to its database. Children are asked to try again later.\n"
    ] * len(OPS)
    assert told(writing=False, space=True) == []
    assert len(told(writing=False, space=False)) == len(OPS)
    clock.forward(seconds=(REPEAT - timedelta(minutes=1)).total_seconds())
    assert len(told(writing=False, space=False)) == len(OPS)
    assert told(writing=True, space=True) == ["It can do its work again.\n"] * len(OPS)
    assert told(writing=True, space=True) == []


def test_mail_that_is_refused_stops_nobody(
    transactions: Transactions,
    clock: SetClock,
    well: dict[str, bool],
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Refusing(Tray):
        def send(self, *_: object, **__: object) -> None:
            raise MailRefused("unreachable", permanent=False)

    well["writing"] = False
    Alerts(Refusing(), OPS).look(transactions, clock())
    assert "Nothing can be written to its database." in caplog.text
    assert "not sent to whoever runs the site: unreachable" in caplog.text


def test_many_guesses_are_told_once_an_hour_and_stop_nobody(
    transactions: Transactions, clock: SetClock, well: dict[str, bool]
) -> None:
    tray = Tray()
    alerts = Alerts(tray, OPS)
    said = "Many secret words are being tried, more than children mistype.\n"

    def told(misses: int) -> list[str]:
        before = len(tray.bodies)
        with transactions() as db:
            for _ in range(misses):
                budgets.spend(db, {way_back.ALL: ALL_WORDS}, now=clock())
        alerts.look(transactions, clock())
        return tray.bodies[before:]

    assert told(misses=600) == []
    assert told(misses=1) == [said] * len(OPS)
    assert told(misses=9) == []
    clock.forward(seconds=REPEAT.total_seconds())
    assert told(misses=0) == [], "it is over"
    assert told(misses=700) == [said] * len(OPS)


@pytest.mark.parametrize("place", ["feedback.glance_sealed", "message.to_sealed"])
def test_what_cannot_be_read_any_more_is_told_once_a_day_and_without_a_word_of_it(
    transactions: Transactions, clock: SetClock, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    with transactions() as db:
        row, _ = a_complaint(db, name="Wagtail"), a_message(db, "robin@example.org")
    tray = Tray()
    alerts = Alerts(tray, OPS)

    def told(*, hours: int) -> list[str]:
        before = len(tray.bodies)
        clock.forward(hours=hours)
        alerts.look_through(transactions, clock())
        return tray.bodies[before:]

    assert told(hours=1) == []
    spoil(transactions, place)
    bodies = told(hours=1)
    assert len(bodies) == len(OPS)
    assert f"{place}: 1." in bodies[0]
    assert caplog.records[-1].levelname == "WARNING"
    for said in (*bodies, caplog.text):
        assert not {"Wagtail", "robin@example.org", row.id} & set(said.split())
    assert told(hours=23) == []
    assert len(told(hours=1)) == len(OPS)
    other = {"feedback.glance_sealed": "message.to_sealed"}.get(place, "feedback.glance_sealed")
    spoil(transactions, other)
    (first, *_) = told(hours=1)
    assert f"{other}: 1." in first
    assert place not in first


def test_a_few_rows_at_a_time_all_that_is_sealed_is_looked_through_again_and_again(
    transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        for name in ("Wagtail", "Otter", "Robin"):
            a_complaint(db, name=name)
            a_message(db, f"{name}@example.org")
    for place in ("feedback.glance_sealed", "message.to_sealed"):
        spoil(transactions, place)
    tray = Tray()
    alerts = Alerts(tray, OPS, rows=2)
    for _ in range(2):
        before = len(tray.bodies)
        for _ in range(4):  # six rows, and then it is seen that there are no more
            alerts.look_through(transactions, clock())
        said = tray.bodies[before:]
        assert sum("feedback.glance_sealed: " in body for body in said) == len(OPS)
        assert sum("message.to_sealed: " in body for body in said) == len(OPS)
        clock.forward(days=1)


def test_a_worker_looks_through_all_that_is_sealed(
    transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        a_complaint(db)
    spoil(transactions, "feedback.words_sealed")
    tray = Tray()
    worker.run(transactions, tray, clock, alert_to=OPS, once=True)
    assert any("feedback.words_sealed: 1." in body for body in tray.bodies)
