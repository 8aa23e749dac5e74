"""Nobody becomes somebody unseen: who hears by mail of what happens to an account."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import TELLS_OTHERS, TELLS_PERSON, AccountAct
from kids_feedback.domain.case.safety import USUAL
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import accounts, invitations
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.casework import sending
from kids_feedback.services.casework.people import (
    account_mail,
    duty,
    letting_in,
    newcomers,
    staffing,
)
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.organisation import account_events
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.people import AccountEvent, PersonRow
from tests.conftest import SetClock
from tests.make import LONDON, a_person, an_area, an_office, person_of
from tests.services.accounts.newcomers import accepted, sign_in, somebody, wrong_code
from tests.services.acts import moment

HEAD, WEST_HEAD, HOPE, OTHER = "head@x.org", "west@x.org", "hope@x.org", "other@x.org"
AT = moment().now


@pytest.fixture
def ada(db: Session) -> Person:
    return person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR, email="ada@x.org"))


@pytest.fixture
def hope(db: Session) -> PersonRow:
    """A local manager in the east, where there is a Head of Practice; another is in the west."""
    an_office(db, "westham", area="west")
    a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE, email=HEAD)
    a_person(db, "Wes West", role=Role.HEAD_OF_PRACTICE, email=WEST_HEAD, areas=["west"])
    return a_person(db, "Hope Second", role=Role.LOCAL_MANAGER, email=HOPE)


def mails(db: Session, now: datetime = AT) -> dict[str, str]:
    """Send the mail that is due; return what it says, by its address."""
    found = sending.take(db, now=now, zone=LONDON, limit=99)
    for one in found:
        outbox.sent(db, one.id, now)
    return {one.to: one.body for one in found}


def kept(db: Session) -> list[AccountAct]:
    return list(db.scalars(select(AccountEvent.what).order_by(AccountEvent.at, AccountEvent.what)))


def particulars(row: PersonRow, **changed: Any) -> Particulars:
    present = Particulars(
        name=row.name,
        role=row.role,
        email=row.email or "",
        areas=frozenset(area.code for area in row.areas),
        offices=frozenset(office.code for office in row.offices),
    )
    return replace(present, **changed)


@pytest.mark.parametrize(
    ("changed", "what", "told"),
    [
        ({"name": "Hope Third"}, AccountAct.NAME_CHANGED, {HOPE, HEAD}),
        ({"email": OTHER}, AccountAct.ADDRESS_CHANGED, {HOPE, OTHER, HEAD}),
        ({"role": Role.CUSTOMER_SERVICE}, AccountAct.ROLE_CHANGED, {HOPE, HEAD}),
        ({"offices": frozenset({"westham"})}, AccountAct.PLACES_CHANGED, {HOPE, HEAD, WEST_HEAD}),
    ],
)
def test_a_change_is_heard_by_the_person_and_by_the_heads_of_where_they_were_and_are(
    db: Session,
    ada: Person,
    hope: PersonRow,
    changed: dict[str, Any],
    what: AccountAct,
    told: Iterable[str],
) -> None:
    staffing.change(db, ada, hope.id, particulars(hope, **changed), moment())
    assert what in kept(db)
    found = mails(db)
    assert found.keys() == told
    assert account_mail.WHAT[what] in found[HEAD]
    assert not [body for body in found.values() if "Hope" in body or "@" in body or "Ada" in body]
    assert mails(db) == {}, "once"


def test_a_form_that_changes_nothing_is_no_event(db: Session, ada: Person, hope: PersonRow) -> None:
    staffing.change(db, ada, hope.id, particulars(hope), moment())
    assert kept(db) == []


@pytest.mark.parametrize(
    ("changed", "looked"),
    [
        ({"email": OTHER}, []),
        ({"name": "Hope Third"}, [1]),
        ({"role": Role.CUSTOMER_SERVICE}, [1]),
        ({"offices": frozenset({"westham"})}, [1]),
    ],
)
def test_cases_are_read_again_only_where_a_child_may_mean_somebody_newly(
    db: Session,
    ada: Person,
    hope: PersonRow,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, Any],
    looked: list[int],
) -> None:
    found: list[int] = []
    monkeypatch.setattr(newcomers, "bar", lambda *_: found.append(1))
    staffing.change(db, ada, hope.id, particulars(hope, **changed), moment())
    assert found == looked


def test_who_does_not_sign_in_any_more_hears_of_it_at_their_old_address(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    staffing.change(db, ada, hope.id, particulars(hope, role=None), moment())
    assert HOPE in mails(db)


def test_whoever_is_closed_and_opened_again_hears_of_both(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    staffing.close(db, ada, hope.id, moment())
    assert mails(db).keys() == {HOPE, HEAD}
    invitations.invite(db, ada, hope.id, now=AT)
    assert kept(db) == [AccountAct.CLOSED, AccountAct.INVITED, AccountAct.REOPENED]
    assert mails(db).keys() == {HOPE, HEAD}


def test_absence_duty_and_the_last_resort_are_heard_of(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    deputy = a_person(db, "Dora Deputy", role=Role.LOCAL_MANAGER)
    staffing.go_away(db, ada, hope.id, Absence(deputy_id=deputy.id), moment())
    staffing.come_back(db, ada, hope.id, moment())
    staffing.name_for_last_resort(db, ada, hope.id, Fallback.OUTSIDE, moment())
    duty.add(db, ada, hope.id, "west", USUAL.shift, now=AT)
    (_, _, west) = duty.listed(db, ada).places
    duty.remove(db, ada, west.lines[0].id, now=AT)
    assert set(kept(db)) == {
        AccountAct.AWAY,
        AccountAct.BACK,
        AccountAct.LAST_RESORT_CHANGED,
        AccountAct.DUTY_ADDED,
        AccountAct.DUTY_REMOVED,
    }
    found = mails(db)
    assert found.keys() == {HOPE, HEAD, WEST_HEAD}
    assert all(account_mail.WHAT[what] in found[HOPE] for what in kept(db)), "in one mail"


def test_a_head_of_practice_who_is_made_up_is_heard_of_by_the_real_one(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    ghost = Particulars(
        name="Gus Ghost",
        role=Role.HEAD_OF_PRACTICE,
        email="ghost@x.org",
        areas=frozenset({"east", "west"}),
    )
    staffing.add(db, ada, ghost, moment())
    assert mails(db).keys() == {HEAD, WEST_HEAD}


def test_of_an_only_head_another_administrator_hears(db: Session, ada: Person) -> None:
    a_person(db, "Alma", role=Role.ADMINISTRATOR, email="alma@x.org")
    head = a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE, email=HEAD)
    staffing.change(db, ada, head.id, particulars(head, email=OTHER), moment())
    assert mails(db).keys() == {HEAD, OTHER, "alma@x.org"}


def test_where_there_is_no_other_administrator_any_head_hears(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    desk = a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE, email="desk@x.org")
    staffing.change(db, ada, desk.id, particulars(desk, email=OTHER), moment())
    assert mails(db).keys() == {"desk@x.org", OTHER, HEAD, WEST_HEAD}


def test_an_invitation_made_and_accepted_is_heard_of(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    token = invitations.invite(db, ada, hope.id, now=AT)
    assert mails(db).keys() == {HEAD}, "the person gets the invitation itself"
    accepted(db, token, AT)
    assert mails(db).keys() == {HOPE, HEAD}


def test_ones_own_changes_are_heard_of_too(db: Session, hope: PersonRow) -> None:
    accounts.set_password(db, person_of(hope), "hashed", now=AT)
    accounts.give_new_codes(db, person_of(hope), now=AT)
    assert mails(db).keys() == {HOPE, HEAD}
    accounts.end_own_visits(db, person_of(hope), now=AT)
    assert mails(db) == {}


def test_a_recovery_code_that_is_used_is_heard_of(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    code = accounts.renew_recovery_codes(db, row.id)[0]
    assert sign_in(db, clock(), code=code)
    assert kept(db) == [AccountAct.RECOVERY_CODE_USED]
    assert mails(db).keys() == {row.email}


def test_misses_are_counted_and_folded_and_many_wrong_codes_are_heard_of(
    db: Session, clock: SetClock
) -> None:
    row = somebody(db)
    for _ in range(40):
        sign_in(db, clock(), password="guessed and wrong")
    assert mails(db, clock()) == {}
    (line,) = db.scalars(select(AccountEvent))
    assert (line.what, line.facts) == (AccountAct.REFUSED, {"times": "40"})
    for _ in range(4):
        sign_in(db, clock(), code=wrong_code(clock()))
        clock.forward(seconds=1)
    assert mails(db, clock()).keys() == {row.email}
    sign_in(db, clock(), password="guessed and wrong")
    assert mails(db, clock()) == {}
    assert kept(db) == [AccountAct.REFUSED, AccountAct.MANY_WRONG_CODES]
    clock.forward(minutes=10)
    account_events.write_misses(db, now=clock())
    assert sorted(kept(db)) == ["many_wrong_codes", "refused", "refused"]


def test_facts_that_cannot_be_read_hold_up_no_mail(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    staffing.change(db, ada, hope.id, particulars(hope, email=OTHER), moment())
    db.execute(update(AccountEvent).values(facts_sealed=b"\x01 broken"))
    db.expire_all()
    assert mails(db).keys() == {OTHER, HEAD}


def test_every_kind_that_is_told_says_what_it_is() -> None:
    assert account_mail.WHAT.keys() == TELLS_PERSON | TELLS_OTHERS


def test_an_act_that_is_rolled_back_is_neither_kept_nor_logged(
    db: Session, ada: Person, hope: PersonRow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "kids_feedback")
    db.commit()
    staffing.close(db, ada, hope.id, moment())
    db.rollback()
    assert kept(db) == []
    assert not caplog.records


def test_what_is_kept_is_logged_without_names_and_addresses(
    db: Session, ada: Person, hope: PersonRow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "kids_feedback")
    staffing.change(db, ada, hope.id, particulars(hope, email=OTHER), moment())
    db.commit()
    assert [line.message for line in caplog.records] == [
        f"account {hope.id}: address_changed by {ada.id}"
    ]


def test_only_staffing_changes_people() -> None:
    """Whoever changed a person without it would leave no line."""
    package = letting_in.__file__.partition("services")[0]
    callers = {
        path.name
        for path in Path(package).rglob("*.py")
        if any(f"people.{act}(session" in path.read_text() for act in ("add", "change", "close"))
    }
    assert callers == {"staffing.py"}


def test_a_head_hears_no_more_of_who_has_moved_away(
    db: Session, ada: Person, hope: PersonRow
) -> None:
    an_area(db, "west")
    staffing.change(db, ada, hope.id, particulars(hope, offices=frozenset({"westham"})), moment())
    assert HEAD in mails(db)
    staffing.change(db, ada, hope.id, particulars(hope, name="Hope Moved"), moment())
    assert mails(db).keys() == {HOPE, WEST_HEAD}
