"""Inviting somebody: the link goes to their address, sealed, and whoever invites never sees it.

Only a site that sends no mail shows it, and then that is kept and told (``account_mail``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.people import Person
from kids_feedback.services.accounts import invitations, one_time_links
from kids_feedback.services.accounts.one_time_links import Purpose
from kids_feedback.services.accounts.people import check_administrator, find
from kids_feedback.services.organisation import account_events
from kids_feedback.services.site import link_mail, outbox
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.services.site.outbox import SealedLink

SUBJECT = "Set up your sign-in"
BODY = (
    "You are invited to sign in to Have your say. Open the link below to choose a password and set"
    " up your phone. It works once, for you alone, within 24 hours.\n"
    "\n"
    "If you had a sign-in before, it has stopped working. If you did not expect this, do not open"
    " the link, and tell your manager or an administrator today.\n"
)


@dataclass(frozen=True, kw_only=True)
class InvitationState:
    """How far the invitation of somebody has got who has not come in yet."""

    good: bool  # a link is out that lets them in
    mail: Progress | None  # of that link; None: it was shown
    not_sent: bool  # one does not get through, or ran out before it went


def invite(
    session: Session,
    by: Person,
    person_id: str,
    *,
    link_of: Callable[[str], str],
    mails: bool,
    now: datetime,
) -> str | None:
    """Invite somebody by mail; where the site sends none, return the link, to be shown once.

    Args:
        link_of: makes the link of a token.
        mails: whether the site sends mail.

    Raises:
        NotFound: no such person, one without a role, or not for this administrator.
    """
    token = invitations.invite(session, by, person_id, now=now)
    link_mail.withdraw(session, person_id)
    if mails:
        outbox.put(
            session,
            subject=SUBJECT,
            body=BODY,
            now=now,
            person_id=person_id,
            to=find(session, person_id).email,
            link=SealedLink(address=link_of(token), token=token),
        )
        return None
    what = AccountAct.LINK_SHOWN
    account_events.record(session, what, now=now, person_id=person_id, by_id=by.id)
    return link_of(token)


def state_of(session: Session, by: Person, person_id: str, *, now: datetime) -> InvitationState:
    """Return how far the invitation of somebody has got.

    Raises:
        NotFound: not for this person.
    """
    check_administrator(by)
    digest = one_time_links.outstanding(session, person_id, Purpose.INVITATION, now=now)
    return InvitationState(
        good=digest is not None,
        mail=link_mail.progress_of(session, person_id, digest) if digest else None,
        not_sent=person_id in link_mail.not_sent(session),
    )


def not_sent(session: Session, by: Person) -> tuple[tuple[str, str], ...]:
    """Return as (id, name) whose invitation does not get through, or ran out before it went.

    Raises:
        NotFound: not for this person.
    """
    check_administrator(by)
    people = [find(session, person_id) for person_id in link_mail.not_sent(session)]
    waiting = [row for row in people if row.password_hash is None and row.closed_at is None]
    return tuple((row.id, row.name) for row in sorted(waiting, key=lambda row: row.folded))
