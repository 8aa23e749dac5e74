"""Messages on their way out, written in the same transaction as the act they tell of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.people import Role
from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Message(RandomId):
    """One message. Its id makes the Message-ID, so a repeat can be recognised.

    It says whom it is for and never where it goes: that is worked out when it is sent. It is for
    the child of its case, for whoever can take the steps of a role in it, or for one person. Only
    what is about an account goes to the address that this had when it happened.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_waiting", "sent_at", "not_before"),)

    case_id: Mapped[str | None] = mapped_column(
        "feedback_id", ForeignKey("feedback.id"), index=True
    )
    to_child: Mapped[bool] = mapped_column(default=False)  # else to staff
    names_us: Mapped[bool] = mapped_column(default=False)  # it says that it is from Cafcass
    role: Mapped[Role | None]  # whose step waits, in that case
    # One person; with a role, who of those that can take its steps. None: they are still to be
    # found, when it goes.
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    # With a person: goes there, wherever they are now. Else of messages from before these columns.
    to_sealed: Mapped[bytes | None] = sealed()
    to = Sealed[str]("to_sealed")
    language: Mapped[str] = mapped_column(String(8), default="en")  # of its subject and body
    subject: Mapped[str] = mapped_column(String(120))  # bare wording, never what it is about
    body: Mapped[str] = mapped_column(String(2000))
    link_sealed: Mapped[bytes | None] = sealed()  # erased once the message has gone or ended
    link = Sealed[str]("link_sealed")  # a one-time link, which follows the body
    link_digest: Mapped[str | None] = mapped_column(String(64))  # it goes only while that is good
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    tried_since: Mapped[datetime | None]  # when it was first tried
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]  # it is not tried again, unless somebody asks for that
    folded_into: Mapped[str | None] = mapped_column(
        String(22), index=True
    )  # the id of the message that goes instead; None: it goes itself
    last_error: Mapped[str | None] = mapped_column(String(200))  # a code and a kind, no address
