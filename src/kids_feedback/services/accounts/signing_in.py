"""Getting in: a password, and a code from the phone or from paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain import addresses
from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.brakes import NO_WAIT
from kids_feedback.domain.people import Person
from kids_feedback.services.accounts import accounts, passwords, second_factor, turns
from kids_feedback.services.accounts.known_places import Place
from kids_feedback.services.accounts.turns import Turn
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.people import PersonRow, RecoveryCode

FREE_TRIES = 3  # wrong codes in a row that cost no waiting
_LONGEST_WAIT = 60  # seconds
_NOWHERE = Turn(place=Place(network=""), wait=NO_WAIT, known=None, spent={})
_NOBODYS_SECRET = second_factor.new_secret()


@dataclass(frozen=True, kw_only=True)
class SignInCheck:
    """What was found of a password and a code. It counts only once ``note_outcome`` took it."""

    person_id: str | None  # None: nobody signs in with that address
    password_hash: str | None  # the one that the password was held against
    password_right: bool
    step: int | None  # of the phone's code; None: it is not right
    recovery: str | None  # the digest of an unused recovery code


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Somebody got in."""

    person: Person
    wrong_codes: int  # since the last time, by whoever knew the password


def check(session: Session, *, email: str, password: str, code: str, now: datetime) -> SignInCheck:
    """Hold a password and a code against what is kept; the same work for whoever is unknown.

    It is slow, so call it in a transaction that only reads, and ``note_outcome`` in the next.

    Args:
        code: from the phone, or a recovery code.
    """
    address = addresses.folded(email)
    known = addresses.is_address(address)  # PostgreSQL refuses to look for some that are not
    row = session.scalar(_who_signs_in().where(PersonRow.email == address)) if known else None
    return _checked(session, row, password, code, now)


def check_again(
    session: Session, person_id: str, *, password: str, code: str, now: datetime
) -> SignInCheck:
    """Do as ``check`` for somebody who is signed in, before an act that asks for both again."""
    row = session.scalar(_who_signs_in().where(PersonRow.id == person_id))
    return _checked(session, row, password, code, now)


def note_outcome(
    session: Session, checked: SignInCheck, *, now: datetime, turn: Turn | None = None
) -> SignedIn | None:
    """Let in whoever brought both, and spend their code; None for every kind of miss.

    A wrong code after the right password makes the next one wait: 0 s three times, then 1, 2, 4
    and so on to 60 s, and at most ten are judged in five minutes. What a stranger can do, without
    the password, delays nobody; and with it, nobody at a place that is known.

    Args:
        turn: what ``turns.take`` gave; None: nobody knows where they are.
    """
    outcome = _outcome(session, checked, turn or _NOWHERE, now)
    if outcome is not None and turn is not None:
        turns.went_well(session, turn, outcome.person.id, now=now)
        if turn.known is None:
            who = outcome.person.id
            account_events.record(session, AccountAct.NEW_PLACE, now=now, person_id=who, by_id=who)
    return outcome


def _outcome(session: Session, checked: SignInCheck, turn: Turn, now: datetime) -> SignedIn | None:
    row = session.get(PersonRow, checked.person_id or "", with_for_update=True)
    later = turns.code_waits(session, checked.person_id or "", turn, now=now)  # whoever it is
    if row is None or row.closed_at or row.password_hash != checked.password_hash:
        turns.missed(session, now=now)
        return None
    if later or (row.wait_until is not None and row.wait_until > now and not turn.known):
        turns.missed(session, now=now)
        return None
    if not checked.password_right:
        row.wait_until = max(row.wait_until or now, now)  # one write, as for a wrong code
        account_events.count_miss(row, now=now)
        turns.missed(session, now=now)
        return None
    if not _spent(session, row, checked, now):
        row.failures += 1
        waits = NO_WAIT if turn.known else wait_after(row.failures)
        row.wait_until = max(row.wait_until or now, now + waits)
        account_events.count_miss(row, code=True, now=now)
        turns.missed(session, now=now, codes=turns.codes_of(row.id, turn))
        return None
    wrong_codes, row.failures, row.wait_until = row.failures, 0, None
    session.flush()
    if checked.step is None:
        what = AccountAct.RECOVERY_CODE_USED
        account_events.record(session, what, now=now, person_id=row.id, by_id=row.id)
    person = accounts.signed_in(session, row.id)
    return SignedIn(person=person, wrong_codes=wrong_codes) if person else None


def wait_after(failures: int) -> timedelta:
    """Return how long the next code waits after so many wrong ones in a row."""
    if failures <= FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES - 1, _LONGEST_WAIT.bit_length())
    return timedelta(seconds=min(2**doublings, _LONGEST_WAIT))


def _who_signs_in() -> Select[PersonRow]:
    return select(PersonRow).where(
        PersonRow.closed_at.is_(None),
        PersonRow.role.is_not(None),
        PersonRow.password_hash.is_not(None),
        PersonRow.totp_sealed.is_not(None),
    )


def _checked(
    session: Session, row: PersonRow | None, password: str, code: str, now: datetime
) -> SignInCheck:
    """Do every part of the work, whoever it is for and whatever went wrong before."""
    kept = row.password_hash if row else None
    secret = row.totp if row else None
    person_id = row.id if row else ""
    last_step = row.totp_last_step if row else 0
    unused = select(RecoveryCode.digest).where(
        RecoveryCode.person_id == person_id,
        RecoveryCode.digest == second_factor.digest_of(code),
        RecoveryCode.used_at.is_(None),
    )
    return SignInCheck(
        person_id=person_id or None,
        password_hash=kept,
        password_right=passwords.is_right(password, kept),
        step=second_factor.step_of(secret or _NOBODYS_SECRET, code, after=last_step, now=now),
        recovery=session.scalar(unused),
    )


def _spent(session: Session, row: PersonRow, checked: SignInCheck, now: datetime) -> bool:
    """Use up the code; False if it was wrong, or somebody used it since it was checked."""
    if checked.step is not None:
        fresh = checked.step > row.totp_last_step
        row.totp_last_step = max(checked.step, row.totp_last_step)
        return fresh
    if checked.recovery is None:
        return False
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == row.id,
            RecoveryCode.digest == checked.recovery,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.digest)
    )
    return session.scalar(used) is not None
