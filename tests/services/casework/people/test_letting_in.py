"""An invitation goes to its person by mail, sealed, and whoever invites never sees the link."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import invitations
from kids_feedback.services.casework import sending, undelivered
from kids_feedback.services.casework.people import letting_in, staffing
from kids_feedback.services.casework.people.letting_in import InvitationState
from kids_feedback.services.site import outbox
from kids_feedback.services.site.lending import Outgoing
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import AccountEvent, PersonRow
from tests.make import LONDON, NOW, a_person, person_of
from tests.services.accounts.newcomers import accepted, an_administrator
from tests.services.acts import moment
from tests.services.casework.people.test_account_mail import particulars

BO, LINK = "bo@example.org", "https://site.example/in/"
A_DAY = timedelta(hours=24)


@pytest.fixture
def ada(db: Session) -> Person:
    return an_administrator(db)


@pytest.fixture
def bo(db: Session) -> PersonRow:
    return a_person(db, "Bo Reed", role=Role.CUSTOMER_SERVICE, email=BO)


def invite(db: Session, by: Person, row: PersonRow, *, mails: bool = True) -> str | None:
    return letting_in.invite(
        db, by, row.id, link_of=lambda token: LINK + token, mails=mails, now=NOW
    )


def invitation(db: Session, now: datetime = NOW) -> Outgoing | None:
    """Return the invitation that goes out now."""
    found = sending.take(db, now=now, zone=LONDON, limit=99)
    return next((one for one in found if one.subject == letting_in.SUBJECT), None)


def state(db: Session, by: Person, row: PersonRow, now: datetime = NOW) -> InvitationState:
    return letting_in.state_of(db, by, row.id, now=now)


def test_it_goes_to_the_person_and_lets_them_in(db: Session, ada: Person, bo: PersonRow) -> None:
    assert invite(db, ada, bo) is None
    assert state(db, ada, bo).mail is Progress.ON_ITS_WAY
    mail = invitation(db)
    assert mail is not None
    assert mail.to == BO
    assert repr(mail).count(LINK) == 0
    outbox.sent(db, mail.id, NOW)
    assert state(db, ada, bo) == InvitationState(good=True, mail=Progress.SENT, not_sent=False)
    token = mail.body.split(LINK)[1].strip()
    assert accepted(db, token, NOW).person.id == bo.id
    assert not state(db, ada, bo).good


def test_the_link_stands_nowhere_in_the_clear_and_is_erased_once_it_went(
    db: Session, ada: Person, bo: PersonRow
) -> None:
    invite(db, ada, bo)
    mail = invitation(db)
    assert mail is not None
    token = mail.body.split(LINK)[1].strip()
    for table in ("message", "ticket", "account_event"):
        rows = db.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - names of ours
        assert rows
        assert token not in repr(rows)
        assert LINK not in repr(rows)
    outbox.sent(db, mail.id, NOW)
    assert db.get_one(Message, mail.id, populate_existing=True).link_sealed is None


def test_a_changed_address_makes_it_void(db: Session, ada: Person, bo: PersonRow) -> None:
    invite(db, ada, bo)
    mail = invitation(db)
    assert mail is not None
    staffing.change(db, ada, bo.id, particulars(bo, email="thief@example.org"), moment())
    with pytest.raises(NotFound):
        invitations.invited(db, mail.body.split(LINK)[1].strip(), now=NOW)
    assert not state(db, ada, bo).good


def test_one_that_has_not_gone_does_not_go_to_a_new_address(
    db: Session, ada: Person, bo: PersonRow
) -> None:
    invite(db, ada, bo)
    staffing.change(db, ada, bo.id, particulars(bo, email="thief@example.org"), moment())
    assert invitation(db) is None
    assert list(db.scalars(select(Message).where(Message.link_digest.is_not(None)))) == []


def test_a_second_one_ends_the_first(db: Session, ada: Person, bo: PersonRow) -> None:
    invite(db, ada, bo)
    invite(db, ada, bo)
    assert invitation(db) is not None
    assert invitation(db) is None


def test_one_that_ran_out_before_it_went_is_an_administrators_task(
    db: Session, ada: Person, bo: PersonRow
) -> None:
    invite(db, ada, bo)
    assert invitation(db, NOW + A_DAY) is None
    assert state(db, ada, bo, NOW + A_DAY) == InvitationState(good=False, mail=None, not_sent=True)
    assert letting_in.not_sent(db, ada) == ((bo.id, "Bo Reed"),)
    row = db.scalars(select(Message).where(Message.link_digest.is_not(None))).one()
    assert row.link_sealed is None
    desk = person_of(a_person(db, role=Role.CUSTOMER_SERVICE))
    assert undelivered.stuck_for(db, desk) == (), "customer service could do nothing about it"
    assert outbox.try_again(db, [row.id], NOW) == 0
    invite(db, ada, bo)
    assert letting_in.not_sent(db, ada) == ()


@pytest.mark.parametrize("code", ["address_wrong", "recipient_550"])
def test_one_that_is_refused_for_good_is_said(
    db: Session, ada: Person, bo: PersonRow, code: str
) -> None:
    invite(db, ada, bo)
    mail = invitation(db)
    assert mail is not None
    undelivered.not_sent(db, mail.id, NOW, code=code, permanent=True, zone=LONDON)
    assert state(db, ada, bo).not_sent
    assert letting_in.not_sent(db, ada) == ((bo.id, "Bo Reed"),)


def test_a_link_that_cannot_be_opened_holds_up_no_other(
    db: Session, ada: Person, bo: PersonRow
) -> None:
    invite(db, ada, bo)
    db.execute(text("UPDATE message SET link_sealed = :broken"), {"broken": b"\x01 broken"})
    db.expire_all()
    outbox.put(db, subject="Hello", body="Hello", now=NOW, person_id=bo.id)
    assert [one.subject for one in sending.take(db, now=NOW, zone=LONDON)] == ["Hello"]
    assert state(db, ada, bo).not_sent


def test_a_site_without_mail_shows_it_and_that_is_kept(
    db: Session, ada: Person, bo: PersonRow
) -> None:
    link = invite(db, ada, bo, mails=False)
    assert link is not None
    assert link.startswith(LINK)
    assert invitation(db) is None
    assert state(db, ada, bo) == InvitationState(good=True, mail=None, not_sent=False)
    shown = select(AccountEvent).where(AccountEvent.what == AccountAct.LINK_SHOWN)
    line = db.scalars(shown).one()
    assert (line.person_id, line.by_id) == (bo.id, ada.id)


def test_only_administrators_invite_and_look(db: Session, ada: Person, bo: PersonRow) -> None:
    head = person_of(a_person(db, "Hana", role=Role.HEAD_OF_PRACTICE))
    with pytest.raises(NotFound):
        invite(db, head, bo)
    with pytest.raises(NotFound):
        state(db, head, bo)
    with pytest.raises(NotFound):
        letting_in.not_sent(db, head)
