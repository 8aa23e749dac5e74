"""Screens that belong to an office: kiosks in its reception."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import RandomId
from kids_feedback.storage.people import CODE


class Device(RandomId):
    """A kiosk. Its cookie, of which only a hash is kept, says which office it stands in."""

    __tablename__ = "device"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80))  # "Reception, left"
    office_code: Mapped[str] = mapped_column(String(CODE), ForeignKey("office.code"))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
