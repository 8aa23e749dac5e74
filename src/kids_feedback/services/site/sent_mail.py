"""The messages of a demonstration, which go into a folder instead of out."""

from pathlib import Path

from kids_feedback.gateways.mail import FolderMail, SentMail

__all__ = ["SentMail", "newest", "read"]


def newest(folder: Path) -> list[SentMail]:
    """Return the latest messages, newest first."""
    return FolderMail(folder).newest()


def read(folder: Path, message_id: str) -> SentMail:
    """Return one message.

    Raises:
        NotFound: the folder has none with that id.
    """
    return FolderMail(folder).read(message_id)
