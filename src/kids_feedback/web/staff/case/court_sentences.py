"""The court notice in sentences: what is owed, what was missed, and every hearing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import days_left
from kids_feedback.domain.case.court_notice import (
    CaseOngoing,
    CourtState,
    CourtWarning,
    blocks_closing,
)
from kids_feedback.domain.case.hearings import Hearing, HearingState, NoticePart
from kids_feedback.services.reading.case_file import CourtRecord
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering.filters import day
from kids_feedback.web.staff.kit.dates import how_near, nearness, short_year
from kids_feedback.web.staff.lists import queue_rows

_TELL: Mapping[tuple[NoticePart, ...], Text] = {  # by what is missing
    (NoticePart.COMPLAINT, NoticePart.DOING): _l(
        "Tell the court both parts by %(day)s: the hearing is on %(hearing)s."
    ),
    (NoticePart.COMPLAINT,): _l(
        "Tell the court of the complaint by %(day)s: the hearing is on %(hearing)s."
    ),
    (NoticePart.DOING,): _l(
        "Tell the court what we are doing by %(day)s: the hearing is on %(hearing)s."
    ),
}
_TELL_LATE: Mapping[tuple[NoticePart, ...], Text] = {
    (NoticePart.COMPLAINT, NoticePart.DOING): _l(
        "The hearing on %(hearing)s came before the court was told both parts. Tell it now."
    ),
    (NoticePart.COMPLAINT,): _l(
        "The hearing on %(hearing)s came before the court was told of the complaint. Tell it now."
    ),
    (NoticePart.DOING,): _l(
        "The hearing on %(hearing)s came before the court was told what we are doing. Tell it now."
    ),
}
_BECAME: Mapping[HearingState, Text] = {
    HearingState.LISTED: _l("Listed."),
    HearingState.HELD: _l("Held."),
    HearingState.MOVED: _l("Moved to %(to)s."),
    HearingState.VACATED: _l("Vacated: it does not take place."),
    HearingState.MISTYPED: _l("A slip: no hearing was listed on that date."),
    HearingState.AWAITED: _l("Not listed yet."),
}


@dataclass(frozen=True, kw_only=True)
class HearingLine:
    """One hearing in words."""

    day: str
    became: str
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CourtNotice:
    """The court notice in words."""

    state: str
    more: tuple[str, ...]  # what else is to be known: misses, and what is found out beside
    alarm: str  # what cannot wait; empty if it can
    is_late: bool
    near: str  # how near the day is by which the court hears of it, or it is found out
    how_near: str
    facts: tuple[tuple[str, str], ...]
    hearings: tuple[HearingLine, ...]


def notice_of(court: CourtRecord, today: date, calendar: WorkingCalendar) -> CourtNotice:
    """Return the court notice in words.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.
    """
    flag, near, tag = court.flag, "", "plain"
    if flag.due_on and blocks_closing(flag):
        left = days_left(today, flag.due_on, calendar)
        near, tag = nearness(flag.due_on, left, today), how_near(flag.due_on, left, today)
    if flag.warning is not CourtWarning.NONE and tag == "plain":
        tag = "soon"
    return CourtNotice(
        state=_state(court),
        more=tuple(_more(court, today)),
        alarm=queue_rows.court_words(flag),
        is_late=flag.warning is CourtWarning.OVERDUE,
        near=near,
        how_near=tag,
        facts=tuple(_facts(court)),
        hearings=tuple(_hearing(each, today) for each in court.facts.hearings),
    )


def _state(court: CourtRecord) -> str:
    flag = court.flag
    state, hearing = flag.state, flag.hearing
    if state is CourtState.NOT_A_COMPLAINT:
        return _("The court is not told of it: this is not a complaint.")
    if state is CourtState.NOT_NEEDED:
        return _("The court need not be told: there are no ongoing proceedings.")
    if state is CourtState.FIND_OUT or hearing is None:
        return _find_out(court, flag.due_on)
    if state is CourtState.NOTIFIED and hearing.on is None:
        return _("The court has been told both parts. No hearing is listed yet.")
    said = {"hearing": _when(hearing), "day": day(flag.due_on) if flag.due_on else ""}
    if state is CourtState.NOTIFIED:
        return _(
            "The court has been told both parts in time: the hearing is on %(hearing)s.", **said
        )
    if state is CourtState.TO_NOTIFY:
        return str(_TELL[hearing.missing]) % said
    return _missed(hearing, is_owed=blocks_closing(flag))


def _find_out(court: CourtRecord, by: date | None) -> str:
    facts, said = court.facts, {"by": day(by) if by else ""}
    if facts.counted:
        last = _when(facts.counted[-1])
        return _(
            "The hearing on %(hearing)s is over. Find out by %(by)s when the next one is.",
            hearing=last,
            **said,
        )
    if facts.ongoing is CaseOngoing.YES:
        return _(
            "There are ongoing proceedings. Find out by %(by)s when the next hearing is, or tell "
            "the court now.",
            **said,
        )
    return _(
        "Find out by %(by)s whether there are ongoing court proceedings, and when the next "
        "hearing is.",
        **said,
    )


def _missed(hearing: Hearing, *, is_owed: bool) -> str:
    said = {"hearing": _when(hearing)}
    if hearing.told_on:
        return _(
            "The hearing on %(hearing)s came before the court was told. It was told on %(day)s.",
            day=day(hearing.told_on),
            **said,
        )
    if is_owed:
        return str(_TELL_LATE[hearing.missing]) % said
    return _("The hearing on %(hearing)s came before the court was told.", **said)


def _more(court: CourtRecord, today: date) -> Iterator[str]:
    """Yield what the one sentence leaves out: other misses, and the next hearing."""
    state, is_owed = court.flag.state, court.facts.ongoing is not CaseOngoing.NO
    if state is CourtState.NOT_A_COMPLAINT:
        return
    for hearing in court.facts.missed(today):
        if state is not CourtState.MISSED or hearing != court.flag.hearing:
            yield _missed(hearing, is_owed=is_owed)
    by = court.facts.find_out_by
    if court.is_to_be_found_out and state is not CourtState.FIND_OUT:
        yield _find_out(court, by)
    if is_owed and by and court.facts.upcoming(today):
        yield _(
            "After the hearing on %(hearing)s, find out by %(by)s when the next one is.",
            hearing=_when(court.facts.counted[-1]),
            by=day(by),
        )


def _facts(court: CourtRecord) -> Iterator[tuple[str, str]]:
    ongoing = {
        CaseOngoing.YES: _("Yes"),
        CaseOngoing.NO: _("No"),
        CaseOngoing.UNKNOWN: _("Not known yet"),
    }
    yield _("Ongoing proceedings"), ongoing[court.facts.ongoing]
    yield _("Child told that the court will know"), _("Yes") if court.child_told else _("Not yet")


def _hearing(hearing: Hearing, today: date) -> HearingLine:
    to = short_year(hearing.moved_to) if hearing.moved_to else ""
    became = str(_BECAME[hearing.state]) % {"to": to}
    if hearing.state is HearingState.MISTYPED and to:
        became = _("A slip: the right date is %(to)s.", to=to)
    if hearing.state is HearingState.LISTED and hearing.is_over(today):
        became = _("That date has passed: say below whether it was held.")
    return HearingLine(
        day=_when(hearing, short=True) if hearing.on else _("The next hearing"),
        became=became,
        told=(
            (_("Court told of the complaint"), _on(hearing.told_complaint_on)),
            (_("Court told what we are doing"), _on(hearing.told_doing_on)),
            (_("Child told"), _on(hearing.child_told_on)),
        ),
    )


def _when(hearing: Hearing, *, short: bool = False) -> str:
    """Return the day of a hearing, with its hour where that is known."""
    if hearing.on is None:
        return ""
    said = short_year(hearing.on) if short else day(hearing.on)
    if hearing.at is None:
        return said
    return _("%(day)s, %(time)s", day=said, time=hearing.at.isoformat("minutes"))


def _on(value: date | None) -> str:
    return short_year(value) if value else _("Not yet")
