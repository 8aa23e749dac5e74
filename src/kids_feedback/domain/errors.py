"""Why a rule refuses something."""

from datetime import date


class DomainError(Exception):
    """A rule said no. Carries facts, never text for a person: that is translated later."""


class CalendarGap(DomainError):
    """The working calendar does not know that day, so no date may be promised from it."""

    def __init__(self, day: date) -> None:
        super().__init__(f"the working calendar does not cover {day.isoformat()}")
        self.day = day


class DayOutOfRange(DomainError):
    """A day outside the only ones that are possible, both ends included."""

    def __init__(self, *, earliest: date, latest: date) -> None:
        super().__init__(f"not between {earliest.isoformat()} and {latest.isoformat()}")
        self.earliest = earliest
        self.latest = latest


class StepNotOpen(DomainError):
    """The step exists, but not from the state the case is in, or not for this person."""

    def __init__(self, *, step: str, state: str) -> None:
        super().__init__(f"cannot {step} a case that is {state}")
        self.step = step
        self.state = state


class NotFound(DomainError):
    """Nothing here for this person: there is none, or it is not theirs to know of.

    One error for both, so that nothing above it can tell them apart by mistake. It carries
    nothing, for the same reason.
    """


class EditConflict(DomainError):
    """The case has moved on since this person opened it; what they wrote was not saved over it."""


class DatabaseUnavailable(Exception):
    """The database did not answer. Nothing was kept, and nothing may say that it was."""


class CannotOpen(Exception):
    """The key is missing or wrong, or the bytes are not the ones that were sealed here."""


class BrokenConstraint(Exception):
    """The database refused a row that breaks one of its rules: a fault of ours, and no race.

    It carries the name of the rule, and nothing of the row: that may be a child's words.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class UnknownCode(Exception):
    """A value is none of the codes of its list, such as one that a later version wrote.

    It carries the name of the list, and not the value, which may be anything.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
