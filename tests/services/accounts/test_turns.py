"""Guessing has a brake that hits whoever guesses, and no owner at a place that is known."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.brakes import NO_WAIT
from kids_feedback.services.accounts import accounts, known_places, signing_in, turns
from kids_feedback.services.accounts.known_places import LASTS, Place
from kids_feedback.services.accounts.signing_in import SignedIn, SignInCheck
from kids_feedback.services.casework.people import account_mail
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import AccountEvent, KnownPlace, PersonRow
from tests import make, sample
from tests.conftest import SetClock
from tests.services.accounts.newcomers import ADA, KEPT, somebody

OFFICE = Place(network="192.0.2.1", browser="adas")
ELSEWHERE = Place(network="203.0.113.7", browser="")


def brought(row: PersonRow, now: datetime, *, password: bool, code: bool) -> SignInCheck:
    """Return what would be found of a password and a code, without the slow work."""
    step = row.totp_last_step + 1 if code else None
    return SignInCheck(
        person_id=row.id, password_hash=KEPT, password_right=password, step=step, recovery=None
    )


def tried(
    db: Session, row: PersonRow, place: Place, now: datetime, *, password: bool, code: bool
) -> SignedIn | str:
    """Return who got in, or why nobody did."""
    turn = turns.take(db, email=str(row.email), place=place, now=now)
    if turn.wait:
        return "wait"
    found = brought(row, now, password=password, code=code)
    return signing_in.note_outcome(db, found, now=now, turn=turn) or "missed"


def gets_in(db: Session, row: PersonRow, place: Place, now: datetime) -> bool:
    return isinstance(tried(db, row, place, now, password=True, code=True), SignedIn)


@pytest.mark.parametrize("seed", range(sample.many(small=2, full=20)))
def test_nothing_that_a_stranger_does_keeps_the_owner_out_where_she_is_known(
    db: Session, clock: SetClock, seed: int
) -> None:
    """The stranger may know the password, and may sit in the same network."""
    luck = sample.dice(f"strangers {seed}")
    row = somebody(db)
    assert gets_in(db, row, OFFICE, clock())
    for _ in range(sample.many(small=60, full=400)):
        network = luck.choice(
            [
                "192.0.2.1",
                "203.0.113.7",
                f"198.51.100.{luck.randrange(250)}",
            ]
        )
        place = Place(network=network, browser=luck.choice(["", "another"]))
        answer = tried(db, row, place, clock(), password=luck.random() < 0.7, code=False)
        assert answer in {"wait", "missed"}
        clock.forward(seconds=luck.choice([0, 0, 0, 0.4, 5]))
        if luck.random() < 0.1:
            assert gets_in(db, row, OFFICE, clock())
    assert gets_in(db, row, OFFICE, clock())


def test_her_network_is_enough_where_she_signed_in_before(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    assert gets_in(db, row, OFFICE, clock())
    for turn in range(100):
        stranger = Place(network=f"198.51.100.{turn}")
        tried(db, row, stranger, clock(), password=True, code=False)
    assert gets_in(db, row, Place(network=OFFICE.network), clock())
    assert not gets_in(db, row, Place(network="203.0.113.99"), clock()), "from elsewhere she waits"


@pytest.mark.parametrize("pause", [0.05, 0.4, 2.0])
def test_of_one_network_and_of_one_account_twenty_a_minute_are_judged_at_most(
    db: Session, clock: SetClock, pause: float
) -> None:
    row, other = somebody(db), somebody(db, "Bo Reed", email="bo@example.org")
    for spread in (False, True):
        clock.forward(hours=2)
        answers = []
        for turn in range(int(60 / pause)):
            place = Place(network=f"198.51.100.{turn % 200}") if spread else ELSEWHERE
            whom = row if spread or turn % 2 else other
            answers.append(tried(db, whom, place, clock(), password=False, code=True))
            clock.forward(seconds=pause)
        assert 10 < answers.count("missed") <= 20


def test_a_network_alone_does_not_spend_what_others_have_of_an_account(
    db: Session, clock: SetClock
) -> None:
    row = somebody(db)
    for _ in range(600):
        tried(db, row, ELSEWHERE, clock(), password=False, code=False)
        clock.forward(seconds=0.5)
    assert gets_in(db, row, Place(network="198.51.100.1"), clock())


@pytest.mark.parametrize("place", [ELSEWHERE, OFFICE], ids=["elsewhere", "where she is known"])
@pytest.mark.parametrize("pause", [0.4, 5, 10])
def test_in_five_minutes_ten_wrong_codes_are_judged_at_most(
    db: Session, clock: SetClock, place: Place, pause: float
) -> None:
    row = somebody(db)
    assert gets_in(db, row, OFFICE, clock())
    clock.forward(hours=1)
    judged = 0
    for _ in range(int(300 / pause)):
        before = row.failures
        tried(db, row, place, clock(), password=True, code=False)
        judged += row.failures > before
        clock.forward(seconds=pause)
    assert 5 <= judged <= 10


def test_whoever_gets_in_spends_nothing(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    for _ in range(40):
        assert gets_in(db, row, ELSEWHERE, clock())


def test_an_address_that_nobody_has_waits_as_any_other(db: Session, clock: SetClock) -> None:
    somebody(db)
    waits = [
        [turns.take(db, email=email, place=place, now=clock()).wait for _ in range(20)]
        for email, place in ((ADA, ELSEWHERE), ("eve@example.org", Place(network="198.51.100.1")))
    ]
    assert waits[0] == waits[1]
    assert waits[0][-1] > NO_WAIT


def test_what_is_kept_of_a_place_says_nothing_and_goes_when_it_is_not_used(
    db: Session, clock: SetClock
) -> None:
    row = somebody(db)
    gets_in(db, row, OFFICE, clock())
    for kept in db.scalars(select(KnownPlace)):
        assert b"192.0.2.1" not in kept.digest
        assert b"adas" not in kept.digest
    today = clock().date()
    known_places.erase_old(db, today=today + LASTS)
    assert known_places.known(db, ADA, OFFICE) == "browser"
    known_places.erase_old(db, today=today + LASTS + timedelta(days=1))
    assert known_places.known(db, ADA, OFFICE) is None


def test_a_place_is_known_to_its_owner_alone_and_until_the_password_changes(
    db: Session, clock: SetClock
) -> None:
    row, other = somebody(db), somebody(db, "Bo Reed", email="bo@example.org")
    gets_in(db, row, OFFICE, clock())
    assert known_places.known(db, str(other.email), OFFICE) is None
    accounts.set_password(db, make.person_of(row), KEPT, now=clock())
    assert known_places.known(db, ADA, OFFICE) is None


def test_many_misses_of_whomever_are_told(db: Session, clock: SetClock) -> None:
    for _ in range(100):
        turns.missed(db, now=clock())
        assert not turns.many_miss(db, clock())
    turns.missed(db, now=clock())
    assert turns.many_miss(db, clock())
    clock.forward(hours=1)
    assert not turns.many_miss(db, clock())


def test_who_signs_in_where_they_are_not_known_hears_of_it_once(
    db: Session, clock: SetClock
) -> None:
    row = somebody(db)
    new = select(AccountEvent.person_id).where(AccountEvent.what == AccountAct.NEW_PLACE)
    for place, said in ((OFFICE, 1), (OFFICE, 1), (ELSEWHERE, 2), (ELSEWHERE, 2)):
        clock.forward(minutes=1)
        assert gets_in(db, row, place, clock())
        assert db.scalars(new).all() == [row.id] * said
    account_mail.put_down(db, now=clock())
    assert {row.to for row in db.scalars(select(Message))} == {ADA}
