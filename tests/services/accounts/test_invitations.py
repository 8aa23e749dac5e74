"""Coming in for the first time, or again."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts, invitations
from kids_feedback.services.accounts.people import EmailTaken
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.site import visits
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import (
    ADA,
    PASSWORD,
    SECRET,
    accepted,
    an_administrator,
    an_invitation,
    code_at,
    sign_in,
    somebody,
    wrong_code,
)


def test_the_first_person_comes_from_the_command_line(db: Session, clock: SetClock) -> None:
    token = invitations.add_first(
        db, name="Ada Moss", email=" ADA@example.org", role=Role.ADMINISTRATOR, now=clock()
    )
    db.commit()
    assert invitations.invited(db, token, now=clock()) == invitations.Invited(
        name="Ada Moss", email=ADA
    )
    done = accepted(db, token, clock())
    assert done.person.role is Role.ADMINISTRATOR
    clock.forward(seconds=30)
    assert sign_in(db, clock())


def test_nobody_is_added_twice(db: Session, clock: SetClock) -> None:
    somebody(db)
    with pytest.raises(EmailTaken):
        invitations.add_first(
            db, name="Another Ada", email="Ada@Example.org", role=Role.ADMINISTRATOR, now=clock()
        )


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.org", "a b@example.org", "a@b@c"])
def test_an_account_needs_an_address(db: Session, clock: SetClock, email: str) -> None:
    with pytest.raises(Incomplete):
        invitations.add_first(db, name="Ada", email=email, role=Role.ADMINISTRATOR, now=clock())


def test_an_invitation_is_good_once(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA)
    token = an_invitation(db, row, clock())
    accepted(db, token, clock())
    with pytest.raises(NotFound):
        accepted(db, token, clock())
    with pytest.raises(NotFound):
        invitations.invited(db, token, now=clock())


def test_an_invitation_ends_after_a_day(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA)
    token = an_invitation(db, row, clock())
    clock.forward(hours=24)
    with pytest.raises(NotFound):
        accepted(db, token, clock())


@pytest.mark.parametrize("token", ["", "never-issued", "\0", "\ud800"])
def test_a_made_up_link_invites_nobody(db: Session, clock: SetClock, token: str) -> None:
    with pytest.raises(NotFound):
        invitations.invited(db, token, now=clock())


def test_a_demo_link_is_no_invitation(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA)
    token = accounts.one_time_link(db, row.id, now=clock())
    with pytest.raises(NotFound):
        invitations.invited(db, token, now=clock())


def test_the_phone_must_be_set_up_before_the_account_opens(clock: SetClock) -> None:
    assert invitations.set_up(PASSWORD, SECRET, wrong_code(clock()), now=clock()) is None


def test_the_code_that_proved_the_phone_is_used_up(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA)
    accepted(db, an_invitation(db, row, clock()), clock())
    assert sign_in(db, clock(), code=code_at(clock())) is None


def test_a_newcomer_gets_ten_recovery_codes(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA)
    done = accepted(db, an_invitation(db, row, clock()), clock())
    assert len(done.recovery_codes) == 10
    assert sign_in(db, clock(), code=done.recovery_codes[3])


def test_inviting_again_ends_all_that_let_them_in_before(db: Session, clock: SetClock) -> None:
    administrator = an_administrator(db)
    row = somebody(db)
    codes = accounts.renew_recovery_codes(db, row.id)
    visit = make.a_visit(db, now=clock(), person=row.id)
    first = an_invitation(db, row, clock())
    token = invitations.invite(db, administrator, row.id, now=clock())
    db.commit()
    assert sign_in(db, clock()) is None
    assert sign_in(db, clock(), code=codes[0]) is None
    assert visits.recall(db, visit, now=clock()) is None
    with pytest.raises(NotFound):
        invitations.invited(db, first, now=clock())
    accepted(db, token, clock())
    clock.forward(seconds=30)
    assert sign_in(db, clock())


def test_somebody_who_left_can_be_let_back_in(db: Session, clock: SetClock) -> None:
    administrator = an_administrator(db)
    row = make.a_person(db, role=Role.CUSTOMER_SERVICE, email=ADA, closed_at=clock())
    accepted(db, invitations.invite(db, administrator, row.id, now=clock()), clock())
    clock.forward(seconds=30)
    assert sign_in(db, clock())


def test_a_practitioner_is_not_invited(db: Session, clock: SetClock) -> None:
    administrator = an_administrator(db)
    with pytest.raises(NotFound):
        invitations.invite(db, administrator, make.a_person(db).id, now=clock())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_invite(db: Session, clock: SetClock, role: Role) -> None:
    person = make.person_of(make.a_person(db, role=role))
    with pytest.raises(NotFound):
        invitations.invite(db, person, somebody(db).id, now=clock())
