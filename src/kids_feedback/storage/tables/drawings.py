"""What children drew: the child's words in another form."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.storage.base import Numbered
from kids_feedback.storage.encryption import SealedBytes, sealed


class Drawing(Numbered):
    """A picture made on the server from strokes or stickers; no photo, no file, no metadata."""

    __tablename__ = "drawing"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    png_sealed: Mapped[bytes | None] = sealed()
    png = SealedBytes("png_sealed")
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(33))  # keyed; None: not known yet
