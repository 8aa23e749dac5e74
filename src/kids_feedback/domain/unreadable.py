"""What stands where something that was kept cannot be read any more: for pages, which go on."""

from typing import Any


class UnreadableText(str):
    """Stands for a text. Pages say in words that it cannot be read."""

    __slots__ = ()


class UnreadableParts(dict[str, Any]):
    """Stands for a mapping: it has nothing in it, and is not the same as none."""

    def __bool__(self) -> bool:
        return True


NOTED = "unreadable"  # in ``Session.info``: something was asked for that cannot be read
TEXT = UnreadableText("\N{REPLACEMENT CHARACTER}")
PARTS = UnreadableParts()
