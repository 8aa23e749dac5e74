"""Secret words: whoever guesses is slow, and a network without a miss is always looked at."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.services.child import way_back
from kids_feedback.services.child.way_back import Try
from tests import sample
from tests.conftest import SetClock
from tests.make import a_complaint

WORDS, KEY = "apple river cloud spoon", b"another key that only tests know"
GUESS = "apple river cloud fork"


def tried(db: Session, clock: SetClock, typed: str, network: str, screen: str | None = None) -> Try:
    return way_back.try_words(db, typed, words_key=KEY, network=network, screen=screen, now=clock())


@pytest.fixture
def case_id(db: Session) -> str:
    return a_complaint(db, fingerprint=fingerprint(WORDS, KEY)).id


def test_a_whole_school_comes_back_at_once(db: Session, clock: SetClock, case_id: str) -> None:
    for _ in range(300):
        assert tried(db, clock, WORDS, "192.0.2.1").case_id == case_id
    for _ in range(25):
        assert not tried(db, clock, GUESS, "192.0.2.1").wait, "a class misspells"
    assert tried(db, clock, WORDS, "192.0.2.1").case_id == case_id


def test_who_guesses_waits_and_finds_nothing_meanwhile(
    db: Session, clock: SetClock, case_id: str
) -> None:
    judged = 0
    for _ in range(600):
        judged += not tried(db, clock, GUESS, "203.0.113.7").wait
        clock.forward(seconds=0.1)
    assert 30 <= judged <= 40
    tried(db, clock, GUESS, "203.0.113.7")
    answer = tried(db, clock, WORDS, "203.0.113.7")
    assert (answer.case_id, answer.wait.total_seconds() <= 6) == (None, True), "right or wrong"
    clock.forward(seconds=6)
    assert tried(db, clock, WORDS, "203.0.113.7").case_id == case_id


def test_a_lent_tablet_has_a_limit_of_its_own(db: Session, clock: SetClock, case_id: str) -> None:
    for _ in range(60):
        tried(db, clock, GUESS, "192.0.2.1", "tablet")
    assert tried(db, clock, WORDS, "192.0.2.1", "tablet").wait
    assert tried(db, clock, WORDS, "192.0.2.1", "kiosk").case_id == case_id
    assert tried(db, clock, WORDS, "192.0.2.1").case_id == case_id
    for _ in range(60):
        tried(db, clock, GUESS, "192.0.2.1")
    assert tried(db, clock, WORDS, "192.0.2.1").wait
    assert tried(db, clock, WORDS, "192.0.2.1", "kiosk").case_id == case_id


@pytest.mark.parametrize("seed", range(sample.many(small=2, full=20)))
def test_a_network_without_a_miss_is_always_looked_at(
    db: Session, clock: SetClock, case_id: str, seed: int
) -> None:
    """Whatever all others do, and however many there are."""
    luck = sample.dice(f"strangers {seed}")
    for turn in range(sample.many(small=100, full=500)):
        network = f"198.51.{luck.randrange(200)}.{luck.randrange(200)}"
        for _ in range(luck.choice([1, 5])):
            tried(db, clock, GUESS, network, luck.choice([None, None, "a screen"]))
        clock.forward(seconds=luck.choice([0, 0, 1]))
        if turn % 10 == 0:
            assert tried(db, clock, WORDS, "192.0.2.1").case_id == case_id
            assert not tried(db, clock, GUESS, f"203.0.113.{turn}").wait


def test_once_many_miss_everywhere_who_missed_before_is_slowed(
    db: Session, clock: SetClock, case_id: str
) -> None:
    for turn in range(601):
        assert not way_back.many_miss(db, clock())
        tried(db, clock, GUESS, f"198.51.{turn % 100}.1")
    for turn in range(30):
        tried(db, clock, GUESS, f"203.0.113.{turn}")
    assert way_back.many_miss(db, clock())
    assert tried(db, clock, WORDS, "198.51.1.1").wait
    assert tried(db, clock, WORDS, "192.0.2.1").case_id == case_id
    clock.forward(seconds=60)
    assert not tried(db, clock, GUESS, "198.51.1.1").wait
    answer = tried(db, clock, WORDS, "198.51.1.1")
    assert (answer.case_id, answer.wait.total_seconds()) == (None, 30)
    clock.forward(hours=2)
    assert not way_back.many_miss(db, clock())
