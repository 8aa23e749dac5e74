"""When a screen that others use too asks whether somebody is there, and when it clears."""

from datetime import UTC, datetime, timedelta

import pytest

from kids_feedback.domain.child.shared_devices import RULES, DeviceKind, ends_at

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHARED = (DeviceKind.KIOSK, DeviceKind.LENT)


def test_only_shared_screens_have_rules() -> None:
    assert set(RULES) == set(SHARED)


@pytest.mark.parametrize(("kind", "seconds"), [(SHARED[0], 60), (SHARED[1], 120)])
def test_a_shared_screen_asks_before_it_clears(kind: DeviceKind, seconds: int) -> None:
    rules = RULES[kind]
    assert rules.warn_after == timedelta(seconds=seconds)
    assert rules.clear_after == timedelta(seconds=30)
    assert rules.more_time == rules.warn_after_on_words == timedelta(seconds=180)


@pytest.mark.parametrize("kind", SHARED)
def test_there_is_time_to_answer_and_the_server_waits_for_longer(kind: DeviceKind) -> None:
    """WCAG 2.2.1 asks for 20 seconds at least; scripts clear before the server gives up."""
    rules = RULES[kind]
    assert rules.clear_after >= timedelta(seconds=20)
    longest = max(rules.warn_after, rules.warn_after_on_words, rules.more_time)
    assert longest + rules.clear_after < rules.drop_after == timedelta(minutes=5)


def test_a_visit_to_a_kiosk_lasts_half_an_hour_from_its_first_answer() -> None:
    made = NINE - timedelta(days=200)
    assert ends_at(DeviceKind.KIOSK, made_at=made, first_answer_at=None) is None
    end = ends_at(DeviceKind.KIOSK, made_at=made, first_answer_at=NINE)
    assert end == NINE + timedelta(minutes=30)


@pytest.mark.parametrize("answered_after", [None, timedelta(minutes=59)])
def test_a_tablet_is_in_a_childs_hands_for_an_hour(answered_after: timedelta | None) -> None:
    answered = NINE + answered_after if answered_after else None
    end = ends_at(DeviceKind.LENT, made_at=NINE, first_answer_at=answered)
    assert end == NINE + timedelta(minutes=60)
