"""Who a child is in the case file, as staff checked it, and what may be told before that.

Nothing about the case is told to somebody who may be anybody. Contact, an acknowledgement, a step
for a child's safety and telling the court never wait for it.

Source: docs/procedure.md, paragraph 22a.
"""

from enum import StrEnum


class Identity(StrEnum):
    """The last word on it. Rows and histories keep the values, so a value never changes."""

    FOUND = "found"  # they are a child of that case
    NOT_FOUND = "not_found"
    NOT_SURE = "not_sure"
    WITHOUT_CASE = "without_case"  # the Head's decision: answered with nothing about the case


CHECKED = (Identity.FOUND, Identity.NOT_FOUND, Identity.NOT_SURE)  # what a check can come to
IN_DOUBT = frozenset({Identity.NOT_FOUND, Identity.NOT_SURE})


def may_tell_of_case(identity: Identity | None) -> bool:
    """Say whether anything about the case may be told; None: nobody has checked."""
    return identity is Identity.FOUND


def may_answer(identity: Identity | None) -> bool:
    """Say whether the written answer may go out."""
    return identity in {Identity.FOUND, Identity.WITHOUT_CASE}
