"""What a worker takes to send: messages that are due, each with where it goes at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CannotOpen
from kids_feedback.services.accounts import one_time_links
from kids_feedback.services.case import alarm_mail
from kids_feedback.services.case.act import by_service
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.casework import addressing, folding, undelivered
from kids_feedback.services.casework.addressing import NobodyToTell
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.people import account_mail
from kids_feedback.services.site import lending, outbox
from kids_feedback.services.site.lending import Outgoing
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.outbox import Message

_CODES: Mapping[type[Exception], str] = {CannotOpen: "cannot_open", NobodyToTell: "nobody"}


@dataclass(frozen=True, kw_only=True)
class _Lender:
    session: Session
    now: datetime
    zone: ZoneInfo

    def lend(self, message: Message) -> Outgoing | None:
        """Lend a message, if it is to go, and somebody can be found for it."""
        if message.link_digest and not self.leads_on(message, message.link_digest):
            return None
        if message.folded_into:  # by one before it
            return None
        if lending.is_worn_out(message, self.now):
            self.fail(message, "worker_died", permanent=False)
            return None
        lending.try_now(message, self.now)
        outbox.unfold(self.session, [message.id])
        self.session.flush()
        try:
            with self.session.begin_nested():
                to = self.address_of(message)
                lent = lending.lend(message, to) if to is not None else None
        except SQLAlchemyError:
            raise
        except Exception as error:
            # Whatever it is, it belongs to this message. Its text may hold an address: not kept.
            code = _CODES.get(type(error))
            self.fail(message, code or type(error).__name__, permanent=code is not None)
            return None
        if lent is None:
            self.stop(message)
            return None
        return self.with_others(message, lent)

    def with_others(self, message: Message, lent: Outgoing) -> Outgoing | None:
        """Return what goes, with the others for the same person in it; None while it waits."""
        if not folding.may_be_folded(message):
            return lent
        until = folding.waits_until(self.session, message, self.now)
        if until is not None:
            lending.put_back(message, until)
            return None
        return lending.lend(message, lent.to, folding.fold(self.session, message, self.now))

    def address_of(self, message: Message) -> str | None:
        """Return where it goes, after seeing to it that somebody has the case (ruling R18)."""
        try:
            return addressing.address_of(self.session, message)
        except NobodyToTell:
            row = self.session.get_one(Case, message.case_id)
            by_service(self.session, row, self.moment()).see_that_somebody_has_it()
        return addressing.address_of(self.session, message)

    def leads_on(self, message: Message, digest: str) -> bool:
        """Say whether a link still lets somebody in. If not, its message has ended.

        One that ran out unsent stays, for administrators to see; one that was withdrawn is gone.
        """
        if one_time_links.still_good(self.session, digest, now=self.now):
            return True
        if self.now >= message.created_at + one_time_links.LASTS:
            self.fail(message, "too_late", permanent=True)
        else:
            self.session.delete(message)
            self.session.flush()
        return False

    def stop(self, message: Message) -> None:
        """Let a message go no more; an alarm that does not reach somebody goes on to others."""
        self.session.delete(message)
        self.session.flush()
        if outbox.is_by_name(message):
            alarm_mail.not_reached(self.session, message.case_id, message.person_id, self.now)

    def fail(self, message: Message, code: str, *, permanent: bool) -> None:
        undelivered.not_sent(
            self.session, message.id, self.now, code=code, permanent=permanent, zone=self.zone
        )

    def moment(self) -> Moment:
        today = self.now.astimezone(self.zone).date()
        return working_days.moment_of(self.session, now=self.now, today=today)


def take(session: Session, *, now: datetime, zone: ZoneInfo, limit: int = 20) -> list[Outgoing]:
    """Take up to ``limit`` messages that are due, those tried least first, each with its address.

    Nobody else gets them until the lease is over. What is not to go any more is deleted; what
    cannot go, since nobody may get it or it cannot be read, is marked as not sent.

    Source: docs/procedure.md, paragraphs 31a and 33.
    """
    account_mail.put_down(session, now=now)
    lender = _Lender(session=session, now=now, zone=zone)
    taken: list[Outgoing] = []
    while len(taken) < limit and (due := lending.due(session, now, limit - len(taken))):
        taken += filter(None, map(lender.lend, due))
        session.flush()
    return taken
