"""A line of the queue in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kids_feedback.domain.case.court_notice import (
    CourtFlag,
    CourtState,
    CourtWarning,
    comes_first,
    sorts,
)
from kids_feedback.domain.case.hearings import NoticePart
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.reading.queue import QueueEntry
from kids_feedback.web.kit.translation import _, ngettext, once_a_page
from kids_feedback.web.rendering.filters import clock
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import local_day, nearness, short
from kids_feedback.web.staff.steps.registry import label


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One child's line. Empty where there is nothing to say."""

    id: str
    name: str
    age: str
    language: str  # of the pages the child wrote on, unless it is English
    what: str
    step: str
    then: str  # what comes after it, where the court comes first
    again: str  # when somebody tries again to reach the child
    due: str  # the day
    near: str  # … and how near it is
    is_late: bool
    is_soon: bool  # today or on the next working day
    court: str  # what the court must hear, if it is soon
    after_hearing: str  # what the day is, where it is that of asking for the next hearing later
    method: str
    needs: tuple[str, ...]
    who: str
    told: str  # the day on which the child told us
    pass_on: str  # whether praise may be passed on
    read_today: bool
    is_news: bool  # something the child did that nobody has opened
    news: tuple[str, ...]  # what the child did that waits


def row_of(line: QueueEntry, today: date) -> QueueRow:
    """Return a line in words."""
    step = _step(line, today)
    court_first = comes_first(line.court, line.due_on) and not line.read_today
    first = court_step(line.court) if court_first else ""
    if line.read_today:
        first = _("Not safe: read it and decide")
    due_on = line.due_on
    return QueueRow(
        id=line.id,
        name=labels.named(line.name),
        age=labels.of(line.age_band),
        language=labels.language(line.language) if line.language != "en" else "",
        what=_("Withdrawn") if line.withdrawn else labels.of(line.kind),
        step=first or step,
        then=step if first else "",
        again=_again(line),
        due=short(due_on) if due_on else "",
        near=nearness(due_on, line.days_left or 0, today) if due_on else "",
        is_late=line.is_late,
        is_soon=line.days_left in (0, 1) and not line.is_late,
        court="" if court_first else court_words(line.court),
        after_hearing=_after_hearing(line),
        method=labels.of(line.method) if line.method else _("Not said"),
        needs=tuple(labels.needs(line.needs)),
        who=_allocated_to(line),
        told=_told(line.received_on),
        pass_on=labels.of(line.pass_on) if line.pass_on else _("Not said"),
        read_today=line.read_today,
        is_news=line.is_news,
        news=tuple(labels.of(item.what) for item in line.follow_ups),
    )


def meeting_words(at: datetime, today: date) -> str:
    """Return what a meeting asks of its manager: to go there, and then to say how it went."""
    day = local_day(at)
    if day < today:
        return _("Say how the meeting on %(day)s went", day=short(day))
    return _("Meet the child %(day)s, %(time)s", day=short(day), time=clock(at))


def _step(line: QueueEntry, today: date) -> str:
    """Return the next step; a meeting with its hour, and a try with what it is."""
    if _follow_up_first(line):
        return _("Follow up")
    if line.next_step is Step.SAY_MET and line.meeting_at:
        return meeting_words(line.meeting_at, today)
    if line.next_attempt_on and line.next_attempt_on == line.due_on:
        return _("Try again to reach the child")
    return label(line.next_step) if line.next_step else ""


def _again(line: QueueEntry) -> str:
    if line.next_attempt_on is None or line.next_attempt_on == line.due_on:
        return ""
    return _("Next attempt %(day)s", day=short(line.next_attempt_on))


def summary(lines: Iterable[QueueEntry]) -> list[str]:
    """Return what breaks next, in sentences: of the first page, where all of it is."""
    lines = list(lines)
    urgent = sum(line.read_today for line in lines)
    news = sum(line.is_news for line in lines)
    late = sum(line.is_late for line in lines)
    court = sum(_warns_of_hearing(line.court) for line in lines)
    said = []
    if urgent:
        said.append(
            ngettext(
                "%(num)d child may not be safe: decide today.",
                "%(num)d children may not be safe: decide today.",
                urgent,
            )
        )
    if news:
        said.append(ngettext("%(num)d with news.", "%(num)d with news.", news))
    if late:
        said.append(ngettext("%(num)d is overdue.", "%(num)d are overdue.", late))
    if court:
        said.append(
            ngettext(
                "The court must soon be told about %(num)d.",
                "The court must soon be told about %(num)d.",
                court,
            )
        )
    return said


def court_step(flag: CourtFlag) -> str:
    """Return what is to be done about the court."""
    hearing = flag.hearing
    if flag.state in {CourtState.TO_NOTIFY, CourtState.MISSED} and hearing:
        if hearing.missing == (NoticePart.DOING,):
            return _("Tell the court what we are doing")
        if hearing.missing == (NoticePart.COMPLAINT,):
            return _("Tell the court of the complaint")
        return _("Tell the court")
    return _("Ask for the next hearing") if hearing else _("Find out about the court")


def court_words(flag: CourtFlag) -> str:
    """Return what is pressing about the court, in a few words; empty while there is time."""
    if flag.warning is CourtWarning.NONE:
        return ""
    if flag.state is CourtState.MISSED:
        return _("The court was not told before the hearing")
    step = court_step(flag)
    if flag.warning is CourtWarning.OVERDUE:
        return _("%(step)s: overdue", step=step)
    if flag.warning is CourtWarning.DUE_AT_ONCE:
        return _("%(step)s: at once", step=step)
    return _("%(step)s: by %(day)s", step=step, day=short(flag.due_on) if flag.due_on else "")


def _after_hearing(line: QueueEntry) -> str:
    """Return what the line's day is, where it is that of asking for the hearing after the next."""
    flag = line.court
    if flag.due_on is None or not sorts(flag, line.due_on) or comes_first(flag, line.due_on):
        return ""
    return _("After the hearing, ask for the next one by %(day)s", day=short(flag.due_on))


def _warns_of_hearing(flag: CourtFlag) -> bool:
    return flag.state is not CourtState.FIND_OUT and flag.warning is not CourtWarning.NONE


@once_a_page
def _told(received_on: date) -> str:
    return _("Received %(day)s", day=short(received_on))


def _follow_up_first(line: QueueEntry) -> bool:
    """Say whether the line's day is that of something the child did since."""
    return bool(line.follow_ups) and line.follow_ups[0].due_on == line.due_on


def _allocated_to(line: QueueEntry) -> str:
    if line.manager:
        return line.manager
    return line.office or _("Not allocated yet")
