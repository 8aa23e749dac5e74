"""Why a service refuses an act, beside what the procedure itself refuses."""

from datetime import date

from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.errors import DayOutOfRange as DayOutOfRange
from kids_feedback.domain.errors import DomainError


class ConflictOfInterest(DomainError):
    """The person complained about, or their line manager, would have the case.

    It carries nothing, so that no page can tell who is complained about.

    Source: docs/procedure.md, paragraph 31.
    """


class StillToFollowUp(DomainError):
    """The case cannot be closed: something that the child did since is still to be followed up.

    Source: docs/procedure.md, paragraph 31b.
    """

    def __init__(self, what: tuple[FollowUp, ...]) -> None:
        super().__init__(f"still to follow up: {', '.join(what)}")
        self.what = what


class NeedsSomebodyFirst(DomainError):
    """Some cases would be nobody's: they are to be handed on first (ruling R18)."""

    def __init__(self, case_ids: tuple[str, ...]) -> None:
        super().__init__(f"{len(case_ids)} cases need somebody first")
        self.case_ids = case_ids


class ReasonNeeded(DomainError):
    """The person outside the list says why they open a case before they see anything of it.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """

    def __init__(self, case_id: str) -> None:
        super().__init__(f"case {case_id} needs a reason first")
        self.case_id = case_id


class LastResortNeeded(DomainError):
    """Two always stay named for what nobody else may have, and one outside (ruling R18)."""


class NobodySaidWho(DomainError):
    """The child typed something about a worker, and staff are first to say who it is.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """


class IdentityUnchecked(DomainError):
    """Something about the case would be told, and who the child is was not found in its file.

    Source: docs/procedure.md, paragraph 22a.
    """


class CourtNotTold(DomainError):
    """The case cannot be closed before the court has been told, or is known not to need it.

    Source: docs/procedure.md, paragraph 51.
    """

    def __init__(self, state: CourtState) -> None:
        super().__init__(f"the court notice is {state}")
        self.state = state


class HearingIsOver(DomainError):
    """The day of a hearing has passed: it was held, or it is a slip.

    Source: docs/procedure.md, paragraph 46.
    """


class HearingNotOver(DomainError):
    """A hearing that is still to come has not been held."""


class HearingListed(DomainError):
    """There is a hearing on that day already."""


class WordsNotOpened(DomainError):
    """Nobody says that they read what they have not opened, nor decides about it.

    Source: docs/procedure.md, paragraphs 12 and 37 (ruling R19).
    """


class SafetyUndecided(DomainError):
    """A child may not be safe, and nobody has recorded a decision: the case stays open.

    Source: docs/procedure.md, paragraph 12 (ruling R19).
    """


class Incomplete(DomainError):
    """Something must still be said first."""

    def __init__(self, *, missing: tuple[str, ...]) -> None:
        super().__init__(f"missing: {', '.join(missing)}")
        self.missing = missing


class NothingChanged(DomainError):
    """What is to be put right is so already."""


class TooFewTries(DomainError):
    """Nobody says that a child can't be reached who has been, or whom few have tried to reach."""


class SelfApproval(DomainError):
    """Nobody approves an answer that they wrote, or a way to the child that they proposed.

    Source: docs/procedure.md, paragraphs 20a and 37.
    """


class NotAskedAgain(DomainError):
    """Nothing but the secret words leads to the child, and they asked for it on one day only.

    Source: docs/procedure.md, paragraph 20a (ruling R28).
    """


class UnsafeChannel(DomainError):
    """The child did not call this way safe.

    Source: docs/procedure.md, paragraph 33.
    """


class NothingWritten(DomainError):
    """The child is said to have been written to on this website, and no such message is there.

    Source: docs/procedure.md, paragraphs 20 and 31b.
    """


class ConsentMissing(DomainError):
    """The child did not say that their praise may be passed on."""


class MeetingAgreed(DomainError):
    """A meeting is agreed: it is cancelled, with a reason, before other times are offered."""


class MeetingToCome(DomainError):
    """Nobody can say yet what came of a meeting that has not begun."""


class OfferExpired(DomainError):
    """The time is over, or the manager has offered others, or none, since the child looked."""


class DayInFuture(DomainError):
    """Something that is said to have been cannot have been on a day to come."""


class NotAWorkingDay(DomainError):
    """Nobody works on that day, so it cannot be promised."""


class DayAlreadyClosed(DomainError):
    """That day is no working day as it is, and nobody has to, or can, take it away."""

    def __init__(self, *, bank_holiday: str | None, reason: str | None) -> None:
        super().__init__(f"no working day: {bank_holiday or reason or 'a weekend'}")
        self.bank_holiday = bank_holiday  # its name
        self.reason = reason  # why an administrator closed it; neither: it is a weekend


class DayAlreadyOpen(DomainError):
    """That day is a working day as it is."""


def check_day(day: date, *, earliest: date, latest: date) -> None:
    """Check that ``day`` lies from ``earliest`` to ``latest``, both included.

    Raises:
        DayOutOfRange: it lies outside ``earliest`` to ``latest``, both included.
    """
    if not earliest <= day <= latest:
        raise DayOutOfRange(earliest=earliest, latest=latest)


def check_said(**texts: str) -> None:
    """Check that each of these texts says something.

    Raises:
        Incomplete: some are empty, or nothing but space; it names them.
    """
    if missing := tuple(name for name, text in texts.items() if not text.strip()):
        raise Incomplete(missing=missing)
