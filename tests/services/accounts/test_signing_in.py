"""A password and a code: who gets in, and who waits."""

from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts, passwords, signing_in
from kids_feedback.services.accounts.signing_in import wait_after
from kids_feedback.storage.tables.people import PersonRow
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import (
    ADA,
    KEPT,
    PASSWORD,
    code_at,
    sign_in,
    somebody,
    wrong_code,
)


def test_a_password_and_a_code_let_somebody_in(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    outcome = sign_in(db, clock())
    assert outcome
    assert outcome.person == make.person_of(row)
    assert outcome.wrong_codes == 0


@pytest.mark.parametrize("email", ["ADA@Example.org", " ada@example.org ", "ａｄａ@example.org"])
def test_an_address_is_the_same_however_it_is_typed(
    db: Session, clock: SetClock, email: str
) -> None:
    somebody(db)
    assert sign_in(db, clock(), email=email)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("nobody@example.org", PASSWORD),
        (ADA, PASSWORD.upper()),
        (ADA, PASSWORD + " "),
        (ADA, ""),
        ("ada\0@example.org", PASSWORD),
        ("", PASSWORD),
        (ADA, "\ud800" * 12),
    ],
)
def test_anything_else_lets_nobody_in(
    db: Session, clock: SetClock, email: str, password: str
) -> None:
    somebody(db)
    assert sign_in(db, clock(), email=email, password=password) is None


@pytest.mark.parametrize("code", ["12345", "abcdef", "0" * 300, "\ud800", "٠٠٠٠٠٠", "-"])
def test_an_odd_code_is_only_wrong(db: Session, clock: SetClock, code: str) -> None:
    somebody(db)
    assert sign_in(db, clock(), code=code) is None


def test_every_character_of_a_long_password_counts(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    accounts.set_password(db, make.person_of(row), passwords.hashed("x" * 127 + "y"), now=clock())
    db.commit()
    assert sign_in(db, clock(), password="x" * 128) is None
    assert sign_in(db, clock(), password="x" * 127 + "y")


def test_whoever_has_not_set_anything_up_does_not_get_in(db: Session, clock: SetClock) -> None:
    make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA)
    db.commit()
    assert sign_in(db, clock(), password="") is None


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_phone_may_be_half_a_minute_wrong(db: Session, clock: SetClock, seconds: int) -> None:
    somebody(db)
    code = code_at(clock() + timedelta(seconds=seconds))
    assert sign_in(db, clock(), code=code)


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_phone_may_not_be_a_minute_wrong(db: Session, clock: SetClock, seconds: int) -> None:
    somebody(db)
    code = code_at(clock() + timedelta(seconds=seconds))
    assert sign_in(db, clock(), code=code) is None


def test_a_code_is_good_once(db: Session, clock: SetClock) -> None:
    somebody(db)
    code = code_at(clock())
    assert sign_in(db, clock(), code=code)
    assert sign_in(db, clock(), code=code) is None
    clock.forward(seconds=30)
    assert sign_in(db, clock(), code=code) is None
    assert sign_in(db, clock())


def test_an_earlier_code_is_not_good_after_a_later_one(db: Session, clock: SetClock) -> None:
    somebody(db)
    assert sign_in(db, clock(), code=code_at(clock() + timedelta(seconds=30)))
    assert sign_in(db, clock(), code=code_at(clock())) is None


def test_of_two_who_use_one_code_at_once_one_gets_in(db: Session, clock: SetClock) -> None:
    somebody(db)
    both = [
        signing_in.check(db, email=ADA, password=PASSWORD, code=code_at(clock()), now=clock())
        for _ in range(2)
    ]
    outcomes = [signing_in.note_outcome(db, item, now=clock()) for item in both]
    assert [outcome is not None for outcome in outcomes] == [True, False]


def test_a_password_changed_meanwhile_lets_nobody_in(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    checked = signing_in.check(db, email=ADA, password=PASSWORD, code=code_at(clock()), now=clock())
    accounts.set_password(db, make.person_of(row), passwords.hashed("another one 12"), now=clock())
    assert signing_in.note_outcome(db, checked, now=clock()) is None


def test_a_recovery_code_is_good_once(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    codes = accounts.renew_recovery_codes(db, row.id)
    db.commit()
    assert len(set(codes)) == 10
    as_read_aloud = codes[0].upper().replace("-", " ")
    assert sign_in(db, clock(), code=as_read_aloud)
    assert sign_in(db, clock(), code=codes[0]) is None
    assert sign_in(db, clock(), code=codes[1])
    assert accounts.summary_of(db, make.person_of(row)).codes_left == 8


def test_of_two_who_have_the_same_recovery_code_at_once_one_gets_in(
    db: Session, clock: SetClock
) -> None:
    row = somebody(db)
    code = accounts.renew_recovery_codes(db, row.id)[0]
    db.commit()
    both = [
        signing_in.check(db, email=ADA, password=PASSWORD, code=code, now=clock()) for _ in range(2)
    ]
    outcomes = [signing_in.note_outcome(db, checked, now=clock()) for checked in both]
    assert [outcome is not None for outcome in outcomes] == [True, False]


def test_codes_that_are_left_are_ones_own(db: Session, clock: SetClock) -> None:
    row, other = somebody(db), somebody(db, "Bo Reed", email="bo@example.org")
    accounts.renew_recovery_codes(db, other.id)
    assert accounts.summary_of(db, make.person_of(row)).codes_left == 0
    assert accounts.summary_of(db, make.person_of(other)).codes_left == 10


def test_new_recovery_codes_end_the_old_ones(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    old = accounts.renew_recovery_codes(db, row.id)
    accounts.renew_recovery_codes(db, row.id)
    db.commit()
    assert sign_in(db, clock(), code=old[0]) is None


def test_a_recovery_code_lets_in_only_its_owner(db: Session, clock: SetClock) -> None:
    other = somebody(db, "Bo Reed", email="bo@example.org")
    somebody(db)
    codes = accounts.renew_recovery_codes(db, other.id)
    db.commit()
    assert sign_in(db, clock(), code=codes[0]) is None


def test_wrong_codes_make_the_next_one_wait(db: Session, clock: SetClock) -> None:
    somebody(db)
    for _ in range(4):
        assert sign_in(db, clock(), code=wrong_code(clock())) is None
    assert sign_in(db, clock()) is None, "the fourth wrong code costs a second"
    clock.forward(seconds=1)
    outcome = sign_in(db, clock())
    assert outcome
    assert outcome.wrong_codes == 4
    clock.forward(seconds=30)
    assert sign_in(db, clock()), "whoever got in starts afresh"


def test_trying_while_waiting_does_not_make_it_longer(db: Session, clock: SetClock) -> None:
    somebody(db)
    for _ in range(12):
        sign_in(db, clock(), code=wrong_code(clock()))
    clock.forward(seconds=1)
    assert sign_in(db, clock())


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 0), (3, 0), (4, 1), (5, 2), (6, 4), (9, 32), (10, 60), (11, 60), (1_000_000, 60)],
)
def test_the_wait_grows_to_a_minute(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_a_stranger_without_the_password_delays_nobody(db: Session, clock: SetClock) -> None:
    somebody(db)
    for _ in range(10):
        assert sign_in(db, clock(), password="not the password") is None
    assert sign_in(db, clock())


def test_one_account_that_waits_delays_no_other(db: Session, clock: SetClock) -> None:
    somebody(db)
    somebody(db, "Bo Reed", email="bo@example.org")
    for _ in range(5):
        sign_in(db, clock(), code=wrong_code(clock()))
    assert sign_in(db, clock()) is None
    assert sign_in(db, clock(), email="bo@example.org")


def test_many_tries_at_once_count_as_if_they_came_in_turn(db: Session, clock: SetClock) -> None:
    somebody(db)
    wrong = [
        signing_in.check(db, email=ADA, password=PASSWORD, code="0", now=clock()) for _ in range(4)
    ]
    right = signing_in.check(db, email=ADA, password=PASSWORD, code=code_at(clock()), now=clock())
    for item in wrong:
        signing_in.note_outcome(db, item, now=clock())
    assert signing_in.note_outcome(db, right, now=clock()) is None


def test_a_password_that_nobody_has_is_checked_for_as_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked = []

    class Noticed(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            checked.append(extract_parameters(str(hash)))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Noticed())
    for kept in (None, KEPT):
        assert not passwords.is_right("not the password", kept)
    assert checked == 2 * [extract_parameters(KEPT)], "as much work, so as much time"


def test_what_is_kept_tells_neither_password_nor_secret_nor_codes(
    db: Session, clock: SetClock
) -> None:
    row = somebody(db)
    codes = accounts.renew_recovery_codes(db, row.id)
    db.commit()
    kept = repr([tuple(item) for item in db.connection().exec_driver_sql("SELECT * FROM person")])
    kept += repr(
        [tuple(item) for item in db.connection().exec_driver_sql("SELECT * FROM recovery_code")]
    )
    for secret in (PASSWORD, "JBSWY3DPEHPK3PXP", *codes):
        assert secret not in kept
    assert db.get_one(PersonRow, row.id).totp
