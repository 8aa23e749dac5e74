"""The messages of a demonstration, which go into a folder instead of out."""

from pathlib import Path

from kids_feedback.gateways.mail import FolderMail, Letter

__all__ = ["Letter", "newest", "read"]


def newest(folder: Path) -> list[Letter]:
    """Return the latest messages, newest first."""
    return FolderMail(folder).newest()


def read(folder: Path, message_id: str) -> Letter:
    """Return one message.

    Raises:
        NotThere: the folder has none with that id.
    """
    return FolderMail(folder).read(message_id)
