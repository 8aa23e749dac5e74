"""Shared devices: kiosks in offices, tablets that were lent to a child."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.child.shared_devices import DeviceKind
from kids_feedback.storage.base import RandomId
from kids_feedback.storage.tables.people import CODE


class Device(RandomId):
    """A shared screen. Its cookie, of which only a hash is kept, says which office it stands in.

    A kiosk is closed, never deleted; a tablet that was handed over is deleted when it is over.
    """

    __tablename__ = "device"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[DeviceKind]
    name: Mapped[str] = mapped_column(String(80))  # "Reception, left"; empty when handed over
    office_code: Mapped[str] = mapped_column(String(CODE), ForeignKey("office.code"))
    made_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(
        ForeignKey("person.id")
    )  # None: handed over, as the child may be writing about who did that
    closed_at: Mapped[datetime | None]
