"""The day of receipt: the day on which the child told anybody in Cafcass (ruling R24).

A child's own sending is received as it comes. Whoever records it for a child says which day it was.
"""

from datetime import date

from kids_feedback.domain.errors import DayOutOfRange, DomainError


class ReceivedTooLate(DomainError):
    """Nobody was told on a day to come, or only after the first talk about it."""

    def __init__(self, *, latest: date) -> None:
        super().__init__(f"later than {latest.isoformat()}")
        self.latest = latest


def check_received(received_on: date, *, today: date, first_talk_on: date | None = None) -> None:
    """Check a day of receipt.

    Args:
        first_talk_on: the day of the first talk that is recorded; None: there is none.

    Raises:
        ReceivedTooLate: it is in the future, or a talk lies before it.

    Source: docs/procedure.md, paragraph 23.
    """
    latest = min(today, first_talk_on or today)
    if received_on > latest:
        raise ReceivedTooLate(latest=latest)


def check_talk(talk_on: date, *, received_on: date, today: date) -> None:
    """Check the day of a talk about the complaint itself.

    Raises:
        DayOutOfRange: it is in the future, or before the day of receipt.

    Source: docs/procedure.md, paragraph 23.
    """
    if not received_on <= talk_on <= today:
        raise DayOutOfRange(earliest=received_on, latest=today)
