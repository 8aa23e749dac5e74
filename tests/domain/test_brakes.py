"""How often something may be tried. Time is an argument, so no test waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.brakes import (
    NO_WAIT,
    OF_A_KNOWN_PLACE,
    OF_A_NETWORK,
    OF_AN_ACCOUNT,
    REMEMBERED,
    WORDS_OF_A_NETWORK,
    WORDS_SLOWED,
    WRONG_CODES,
    Budget,
    has_missed,
    network_of,
    words_budget,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEW = Budget(at_once=3, one_in=timedelta(seconds=20))


def judged(budget: Budget, *, within: timedelta, every: timedelta) -> int:
    """Return how many are judged of somebody who tries that often, from the first to the last."""
    back_at, now, count = None, NOW, 0
    while now <= NOW + within:
        if budget.wait(back_at, now) == NO_WAIT:
            back_at, count = budget.after(back_at, now), count + 1
        now += every
    return count


def test_so_many_at_once_and_then_one_by_one() -> None:
    back_at = None
    for _ in range(3):
        assert FEW.wait(back_at, NOW) == NO_WAIT
        back_at = FEW.after(back_at, NOW)
    assert FEW.wait(back_at, NOW) == timedelta(seconds=20)
    assert FEW.wait(back_at, NOW + timedelta(seconds=19)) == timedelta(seconds=1)
    assert FEW.wait(back_at, NOW + timedelta(seconds=20)) == NO_WAIT
    assert FEW.wait(back_at, NOW + timedelta(days=1)) == NO_WAIT


@pytest.mark.parametrize("every", [0.05, 0.4, 1.0, 3.0, 7.0])
def test_twenty_guesses_a_minute_are_judged_at_most(every: float) -> None:
    for budget in (OF_A_NETWORK, OF_AN_ACCOUNT, OF_A_KNOWN_PLACE):
        tries = judged(budget, within=timedelta(minutes=1), every=timedelta(seconds=every))
        assert tries <= 20


@pytest.mark.parametrize("every", [0.4, 1.0, 13.0, 30.0])
def test_ten_wrong_codes_are_judged_in_five_minutes_at_most(every: float) -> None:
    minutes = timedelta(minutes=5)
    assert judged(WRONG_CODES, within=minutes, every=timedelta(seconds=every)) <= 10


@given(st.lists(st.floats(min_value=0, max_value=60), max_size=60))
def test_no_network_alone_spends_what_an_account_has(pauses: list[float]) -> None:
    """So whoever comes from another network is judged."""
    network = account = None
    now = NOW
    for pause in pauses:
        now += timedelta(seconds=pause)
        assert OF_AN_ACCOUNT.wait(account, now) == NO_WAIT
        if OF_A_NETWORK.wait(network, now) == NO_WAIT:
            network, account = OF_A_NETWORK.after(network, now), OF_AN_ACCOUNT.after(account, now)


def test_many_misses_slow_who_has_missed_and_nobody_else() -> None:
    before = WORDS_OF_A_NETWORK.after(None, NOW)
    assert words_budget(None, NOW, many=True) is WORDS_OF_A_NETWORK
    assert words_budget(before, NOW, many=False) is WORDS_OF_A_NETWORK
    assert words_budget(before, NOW, many=True) is WORDS_SLOWED
    assert WORDS_SLOWED.wait(before, NOW) > NO_WAIT
    assert not has_missed(before, before + REMEMBERED)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("2001:db8:1:200:ffff::9", "2001:db8:1:200::/56"),
        ("2001:db8:1:300::1", "2001:db8:1:300::/56"),
        ("", "unknown"),
        ("nonsense, or worse", "unknown"),
    ],
)
def test_a_network_is_one_line(address: str, network: str) -> None:
    assert network_of(address) == network
