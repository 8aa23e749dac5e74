"""What a page says where a service refuses, and at which field."""

from collections.abc import Callable, Mapping
from typing import Any

from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.meetings import UnsuitableOffer
from kids_feedback.domain.errors import CalendarGap, DomainError
from kids_feedback.services.errors import (
    ConflictOfInterest,
    ConsentMissing,
    CourtNotTold,
    DayInFuture,
    DayOutOfRange,
    HearingIsOver,
    HearingListed,
    HearingNotOver,
    IdentityUnchecked,
    Incomplete,
    MeetingAgreed,
    MeetingToCome,
    NobodySaidWho,
    NotAskedAgain,
    NotAWorkingDay,
    NothingChanged,
    NothingWritten,
    SafetyUndecided,
    SelfApproval,
    StillToFollowUp,
    TooFewTries,
    UnsafeChannel,
    WordsNotOpened,
)
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.forms import StepForm
from kids_feedback.web.staff.steps.contacting.meeting_forms import say_faults


def say(form: StepForm, error: DomainError) -> None:
    """Write on ``form`` why it was refused: at each field it is about, else on top."""
    if isinstance(error, UnsuitableOffer):
        say_faults(form, error.faults)
        return
    words = str(form.refusals.get(type(error)) or _WORDS[type(error)](error))
    named = _named(form, error)
    needed = form.needed if isinstance(error, Incomplete) else {}
    for name in named:
        if name in form:
            form[name].errors = [*form[name].errors, str(needed.get(name, words))]
        elif name in needed:
            form.form_errors.append(str(needed[name]))
    if not any(name in form or name in needed for name in named):
        form.form_errors.append(words)


def _named(form: StepForm, error: DomainError) -> tuple[str, ...]:
    """Return the fields that a refusal is about; none: it is about no answer on the page."""
    if isinstance(error, Incomplete):
        return error.missing
    return () if isinstance(error, form.refused_on_top) else _filled_in(form)


def _filled_in(form: StepForm) -> tuple[str, ...]:
    """Return the fields that a refusal is about: of several, those that say something."""
    asked = tuple(name for name in form.refused_at if name in form)
    return tuple(name for name in asked if form[name].data) or asked


def _court_first(error: CourtNotTold) -> str:
    if error.state is CourtState.FIND_OUT:
        return _(
            "First find out whether there are ongoing court proceedings, and when the "
            "next hearing is."
        )
    if error.state is CourtState.MISSED:
        return _(
            "The court was not told before the hearing. Tell it now; then the case can be closed."
        )
    return _("First tell the court what is missing; then the case can be closed.")


def _wrong_day(error: DayOutOfRange) -> str:
    return _(
        "Choose a date from %(first)s to %(last)s.",
        first=short_year(error.earliest),
        last=short_year(error.latest),
    )


_WORDS: Mapping[type[DomainError], Callable[[Any], str]] = {
    ConflictOfInterest: lambda _error: _(
        "They have a conflict of interest in this case. Choose somebody else."
    ),
    CalendarGap: lambda _error: _("The working days of that year are not known yet."),
    ConsentMissing: lambda _error: _("The child did not agree that they may be told."),
    CourtNotTold: _court_first,
    HearingIsOver: lambda _error: _(
        "That day has passed: was it held, or is it a slip? Tick that it has been held, or put "
        "the date right."
    ),
    HearingListed: lambda _error: _("A hearing on that date is listed already."),
    HearingNotOver: lambda _error: _("That hearing is still to come, so it was not held yet."),
    IdentityUnchecked: lambda _error: _(
        "First check who the child is against the case file: until they are found there, nothing "
        "about the case is told."
    ),
    Incomplete: lambda _error: _("Enter something here first."),
    MeetingAgreed: lambda _error: _("You have agreed on a meeting. Cancel it first."),
    MeetingToCome: lambda _error: _(
        "The meeting is still to come. To change it, cancel it first: the child reads why."
    ),
    NobodySaidWho: lambda _error: _("First say who it is about."),
    StillToFollowUp: lambda error: _(
        "First follow up what the child has done since: %(what)s.",
        what=", ".join(labels.of(item) for item in error.what),
    ),
    NothingWritten: lambda _error: _(
        "Nothing was written to the child on this website. Write to the child there first."
    ),
    NotAWorkingDay: lambda _error: _("That is not a working day. Choose a working day."),
    NothingChanged: lambda _error: _("That is what is recorded already."),
    TooFewTries: lambda _error: _(
        "Try to reach the child first: not enough attempts are recorded, or a talk is."
    ),
    WordsNotOpened: lambda _error: _(
        "Open what the child said first. Only who has read it can approve the answer."
    ),
    NotAskedAgain: lambda _error: _(
        "This was asked for on one day only. Until it is asked for again on another day, the "
        "answer can only be no."
    ),
    UnsafeChannel: lambda _error: _(
        "The child did not say that this method is safe. Choose another."
    ),
    DayInFuture: lambda _error: _("That date is in the future."),
    SelfApproval: lambda _error: _(
        "You wrote some of this answer, so somebody else must approve it."
    ),
    DayOutOfRange: _wrong_day,
    SafetyUndecided: lambda _error: _(
        "This child may not be safe. First record what was decided about their safety."
    ),
}
REFUSALS: tuple[type[DomainError], ...] = (*_WORDS, UnsuitableOffer)
