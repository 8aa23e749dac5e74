"""One sealed row that tells whether the keys fit this database."""

from sqlalchemy.orm import Mapped

from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Sealed, sealed


class Sentinel(RandomId):
    """Written once. A site whose keys do not open it does not start."""

    __tablename__ = "sentinel"

    text_sealed: Mapped[bytes | None] = sealed()
    text = Sealed[str]("text_sealed")
