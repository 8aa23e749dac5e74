"""Areas, offices and the people who work in them; how they get in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.storage.base import Base, RandomId
from kids_feedback.storage.encryption import Sealed, SealedParts, sealed

CODE = 40  # characters of an area's or office's code


class Area(Base):
    """A part of England that a Head of Practice answers for."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    outside_hours: Mapped[str] = mapped_column(
        String(200), default="", server_default=""
    )  # who to ring then, as a child reads it; empty: nobody


class Office(Base):
    """Where local managers and practitioners work."""

    __tablename__ = "office"

    code: Mapped[str] = mapped_column(String(CODE), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    towns: Mapped[str] = mapped_column(
        String(2000), default=""
    )  # one a line, as children name them


class PersonRow(RandomId):
    """Anyone who works here. Without a role they never sign in, but can be complained about.

    Closed, never deleted: the history of cases names them.
    """

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(80), index=True)  # the name as it is searched
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # None: never signs in
    role: Mapped[Role | None]
    line_manager_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    about_me: Mapped[str] = mapped_column(String(500), default="")  # three lines for children
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_sealed: Mapped[bytes | None] = sealed()
    totp_last_step: Mapped[int] = mapped_column(default=0)  # a code is good once
    failures: Mapped[int] = mapped_column(default=0)  # in a row; they slow, and never lock
    wait_until: Mapped[datetime | None]
    missed_passwords: Mapped[int] = mapped_column(default=0)  # not in the record of accounts yet
    missed_codes: Mapped[int] = mapped_column(default=0)  # after the right password; nor these
    missed_at: Mapped[datetime | None] = mapped_column(index=True)  # the last of them
    deputy_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    away_on: Mapped[date | None]  # since when they are away; None: they are here
    away_until: Mapped[date | None]  # as far as anybody knows
    last_resort: Mapped[Fallback | None]  # whether they are named for what nobody else may have
    closed_at: Mapped[datetime | None]
    totp = Sealed[str]("totp_sealed")

    areas: Mapped[list[Area]] = relationship(secondary="person_area", order_by="Area.code")
    offices: Mapped[list[Office]] = relationship(secondary="person_office", order_by="Office.code")


class PersonArea(Base):
    """Which areas a person answers for."""

    __tablename__ = "person_area"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True, index=True)


class PersonOffice(Base):
    """Which offices a person works in."""

    __tablename__ = "person_office"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    office_code: Mapped[str] = mapped_column(
        ForeignKey("office.code"), primary_key=True, index=True
    )


class RecoveryCode(Base):
    """A way in when the phone is lost. Used once, kept as a hash."""

    __tablename__ = "recovery_code"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None]


class KnownPlace(Base):
    """A browser or a network from which somebody signed in, as a keyed hash. Erased when unused."""

    __tablename__ = "known_place"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    last_on: Mapped[date] = mapped_column(index=True)


class Ticket(Base):
    """A link that works once: an invitation, or a demo sign-in. Only its hash is kept."""

    __tablename__ = "ticket"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AccountEvent(RandomId):
    """One line of the record of accounts. Added, never changed but for ``untold``, never deleted.

    Who sees it is a matter of ``AccountEventArea``.
    """

    __tablename__ = "account_event"
    __table_args__ = (Index("ix_account_event_person", "person_id", "what", "at"),)

    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[AccountAct]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # None: a screen's
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # None: a command, nobody
    facts_sealed: Mapped[bytes | None] = sealed()
    facts = SealedParts[dict[str, str]]("facts_sealed")  # codes, names of places, addresses
    untold: Mapped[bool] = mapped_column(index=True)  # whoever is to hear of it has no mail yet


class AccountEventArea(Base):
    """Whose Head of Practice sees a line: those of the areas that it was about, as it happened."""

    __tablename__ = "account_event_area"

    event_id: Mapped[str] = mapped_column(ForeignKey("account_event.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True, index=True)
