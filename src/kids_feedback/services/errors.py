"""The ways in which an errand says no, beside those of the procedure itself."""

from datetime import date

from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.errors import DomainError


class Barred(DomainError):  # noqa: N818
    """The person complained about, or their line manager, would have the case.

    It carries nothing, so that no page can tell who is complained about.

    Source: docs/procedure.md, paragraph 31.
    """


class NobodyThere(DomainError):  # noqa: N818
    """No Head of Practice of that area may have this case, so it would be lost there."""


class CourtFirst(DomainError):  # noqa: N818
    """The case cannot be closed before the court has been told, or is known not to need it.

    Source: docs/procedure.md, paragraph 51.
    """

    def __init__(self, state: CourtState) -> None:
        super().__init__(f"the court notice is {state}")
        self.state = state


class Incomplete(DomainError):  # noqa: N818
    """Something must still be said first."""

    def __init__(self, *, missing: tuple[str, ...]) -> None:
        super().__init__(f"missing: {', '.join(missing)}")
        self.missing = missing


class OwnAnswer(DomainError):  # noqa: N818
    """Nobody approves an answer that they wrote themselves.

    Source: docs/procedure.md, paragraph 37.
    """


class NotTheirWay(DomainError):  # noqa: N818
    """The child did not call this way safe.

    Source: docs/procedure.md, paragraph 33.
    """


class ChildSaidNo(DomainError):  # noqa: N818
    """The child did not say that their praise may be passed on."""


class MeetingStands(DomainError):  # noqa: N818
    """A meeting is agreed: it is cancelled, with a reason, before other times are offered."""


class NoLongerOffered(DomainError):  # noqa: N818
    """The time is over, or the manager has offered others, or none, since the child looked."""


class WrongDay(DomainError):  # noqa: N818
    """A day outside the only ones that are possible, both ends included."""

    def __init__(self, *, earliest: date, latest: date) -> None:
        super().__init__(f"not between {earliest.isoformat()} and {latest.isoformat()}")
        self.earliest = earliest
        self.latest = latest


class NotYetOver(DomainError):  # noqa: N818
    """Something that is said to be over cannot end on a day to come."""


class NotAWorkingDay(DomainError):  # noqa: N818
    """Nobody works on that day, so it cannot be promised."""


class AlreadyClosed(DomainError):  # noqa: N818
    """That day is no working day as it is."""


def check_day(day: date, *, earliest: date, latest: date) -> None:
    """Let ``day`` pass.

    Raises:
        WrongDay: it lies outside ``earliest`` to ``latest``, both included.
    """
    if not earliest <= day <= latest:
        raise WrongDay(earliest=earliest, latest=latest)
