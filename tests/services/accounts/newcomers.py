"""What the tests of accounts share: somebody who can sign in, and what their phone shows."""

from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import invitations, one_time_links, passwords, signing_in
from kids_feedback.services.accounts.one_time_links import Purpose
from kids_feedback.services.accounts.signing_in import SignedIn
from kids_feedback.storage.tables.people import PersonRow
from tests import make

ADA = "ada@example.org"
PASSWORD = "wet chairs sing loud"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEPT = passwords.hashed(PASSWORD)


def somebody(
    db: Session, name: str = "Ada Moss", *, role: Role = Role.CUSTOMER_SERVICE, email: str = ADA
) -> PersonRow:
    """Add a person who has a password and a phone."""
    row = make.a_person(db, name, role=role, email=email, password_hash=KEPT)
    row.totp = SECRET
    db.flush()
    return row


def an_administrator(db: Session) -> Person:
    return make.person_of(make.a_person(db, "Alma Administrator", role=Role.ADMINISTRATOR))


def an_invitation(db: Session, row: PersonRow, now: datetime) -> str:
    return one_time_links.issue(db, row.id, Purpose.INVITATION, now=now)


def accepted(db: Session, token: str, now: datetime) -> invitations.Accepted:
    new = invitations.set_up(PASSWORD, SECRET, code_at(now), now=now)
    assert new
    done = invitations.accept(db, token, new, now=now)
    db.commit()
    return done


def code_at(now: datetime) -> str:
    """Return what the phone shows."""
    return pyotp.TOTP(SECRET).at(now)


def wrong_code(now: datetime) -> str:
    """Return six digits that the phone does not show around now."""
    step = int(now.timestamp()) // 30
    shown = {pyotp.TOTP(SECRET).generate_otp(step + item) for item in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in shown)


def sign_in(
    db: Session, now: datetime, *, email: str = ADA, password: str = PASSWORD, code: str = ""
) -> SignedIn | None:
    """Try to get in, by default with everything right."""
    db.commit()
    checked = signing_in.check(
        db, email=email, password=password, code=code or code_at(now), now=now
    )
    db.rollback()
    outcome = signing_in.note_outcome(db, checked, now=now)
    db.commit()
    return outcome
