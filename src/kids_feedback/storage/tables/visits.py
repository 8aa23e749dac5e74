"""What the server remembers of browsers between two pages, and of tries."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from kids_feedback.storage.base import Base, RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Visit(RandomId):
    """One browser's visit; its id is a hash of the cookie. Erased when idle, too old, or left."""

    __tablename__ = "visit"

    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    shared: Mapped[bool] = mapped_column(default=False)  # on a screen that others use too
    state_sealed: Mapped[bytes | None] = sealed()
    state = Sealed[dict[str, object]]("state_sealed")


class Brake(Base):
    """What was spent of a budget of tries, under a keyed hash of whose it is. Gone within hours."""

    __tablename__ = "brake"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    back_at: Mapped[datetime] = mapped_column(index=True)  # when all of it is back


def end_of(session: Session, person_id: str) -> None:
    """End every visit of a person: their role, area or password changed."""
    session.execute(delete(Visit).where(Visit.person_id == person_id))
