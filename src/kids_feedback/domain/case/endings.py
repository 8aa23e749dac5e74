"""Endings of their own: what is closed without the answer that it was to get, and why.

The Head of Practice decides; the child can read it, and say that it is not right.
"""

from enum import StrEnum


class Ending(StrEnum):
    """Why something ends without an answer. Rows and histories keep the values."""

    CANT_REACH = "cant_reach"  # the child, after some tries
    DUPLICATE = "duplicate"  # of something else that the child sent
    TEST = "test"  # nobody's message: somebody tried the site out
    NOT_OURS = "not_ours"  # it is about somebody else's work


FEWEST_TRIES = 3  # before anybody may say that a child can't be reached
NOT_A_CHILDS = frozenset({Ending.DUPLICATE, Ending.TEST})
"""What is no message of its own, and so is not counted among them."""
