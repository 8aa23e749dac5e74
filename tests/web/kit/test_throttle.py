"""Whoever tries many secret words is slowed down, and nobody is locked out."""

import pytest

from kids_feedback.web.kit import throttle


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of each wait; nobody waits them out."""
    found: list[float] = []
    monkeypatch.setattr("kids_feedback.web.kit.throttle.time.sleep", found.append)
    return found


def test_many_tries_from_one_address_wait_and_others_do_not(waits: list[float]) -> None:
    for _ in range(60):
        throttle.wait("192.0.2.1")
    assert waits == []
    throttle.wait("192.0.2.1")
    assert waits == [1.0]
    throttle.wait("192.0.2.2")
    assert waits == [1.0]


def test_many_tries_from_everywhere_wait_too(waits: list[float]) -> None:
    for number in range(600):
        throttle.wait(f"192.0.2.{number % 200}")
    assert waits == []
    throttle.wait("198.51.100.1")
    assert waits == [1.0]
