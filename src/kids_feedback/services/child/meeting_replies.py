"""Meeting somebody, as a child sees it: pick a time and a place, suggest one, or do not meet."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kids_feedback.domain.case import meetings
from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.meetings import MeetingState, PartOfDay, UsualPlace
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Because, Promise
from kids_feedback.services.case import access, meeting_offers, promises
from kids_feedback.services.case.act import Act
from kids_feedback.services.errors import OfferExpired
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.meetings import Meeting

_BRINGS = frozenset({"known", "cafcass"})  # answers to "do you want someone with you?"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time to talk."""

    at: datetime
    part: PartOfDay


@dataclass(frozen=True, kw_only=True)
class LateTalk:
    """The talk comes after its promised day."""

    promised_on: date
    you_picked: bool  # although an earlier day was there to be picked


@dataclass(frozen=True, kw_only=True)
class CancelledMeeting:
    """A meeting, or an offer, that is off."""

    at: datetime | None  # when it would have been; None: nothing was agreed yet
    reason: str


@dataclass(frozen=True, kw_only=True)
class MeetingForChild:
    """How far the arranging is. Never the child's own words."""

    id: str
    entry: str  # the first offer's id: by this a calendar knows it, whatever becomes of it
    changes: int  # of the case so far: more after each change of the meeting
    state: MeetingState
    moved: bool  # somebody else looks into it now: nothing of it stands
    manager: str
    minutes: int
    slots: tuple[Slot, ...]  # still ahead, to be picked from
    places: tuple[str, ...]
    slot: Slot | None  # as agreed
    over: bool  # that time has passed, and nobody has said yet that they talked
    place: str | None  # as agreed: words of the manager's, or a ``UsualPlace``
    late: LateTalk | None
    cancelled: CancelledMeeting | None  # the last one, until another is agreed
    brings: bool  # the child has said who is to come along

    @property
    def open(self) -> bool:
        """Whether the child may pick, change or say no."""
        return not self.moved and self.state is not MeetingState.CANCELLED


@dataclass(frozen=True, kw_only=True)
class MeetingReply:
    """What the child says to an offer."""

    start: datetime | None  # one of the times; None: none of them
    wish: str = ""  # what would be better, if they said
    place: str = ""  # one of the places, or a ``UsualPlace``; empty: none of them
    somewhere: str = ""  # where else, if they said


def arranged(
    session: Session, case_id: str, *, now: datetime, zone: ZoneInfo, calendar: WorkingCalendar
) -> MeetingForChild | None:
    """Return how far the arranging is; None: nothing was offered, or it is over.

    Raises:
        NotFound: it has been erased since.
        CalendarGap: a time lies outside the calendar.

    Source: docs/procedure.md, paragraph 21.
    """
    row = access.case_of_child(session, case_id)
    found = meeting_offers.all_of(session, row.id)
    if not found or found[0].state is MeetingState.ENDED or not _before_the_talk(row):
        return None
    meeting = found[0]

    def slot(at: datetime) -> Slot:
        start = at.astimezone(zone)
        return Slot(at=at, part=meetings.part_of_day(start, meeting.minutes, calendar))

    agreed = meeting.state is MeetingState.AGREED and meeting.starts_at
    return MeetingForChild(
        id=meeting.id,
        entry=found[-1].id,
        changes=row.version,
        state=meeting.state,
        moved=meeting_offers.moved(row, meeting),
        manager=row.manager.name if row.manager else "Cafcass",
        minutes=meeting.minutes,
        slots=tuple(slot(item) for item in meeting_offers.starts_of(meeting) if item > now),
        places=meeting_offers.places_of(meeting),
        slot=slot(agreed) if agreed else None,
        over=bool(agreed and agreed <= now),
        place=meeting.place if agreed else None,
        late=_late(session, row) if agreed else None,
        cancelled=_cancelled(found),
        brings=row.supporter in _BRINGS,
    )


def reply(act: Act, *, meeting_id: str, said: MeetingReply, zone: ZoneInfo) -> MeetingState:
    """Keep what the child says to an offer, the first time or anew; its manager hears that it is.

    A time and a place out of what is offered are a meeting at once; anything else is a suggestion.

    Args:
        meeting_id: the offer that they saw.

    Raises:
        OfferExpired: that offer stands no more, or the time is over.

    Source: docs/procedure.md, paragraphs 20, 21 and 29.
    """
    meeting = _open(act, meeting_id)
    if said.start is not None and (
        said.start not in meeting_offers.starts_of(meeting) or said.start <= act.now
    ):
        raise OfferExpired
    known = said.place in meeting_offers.places_of(meeting) or said.place in set(UsualPlace)
    agreed = said.start is not None and known
    before = (meeting.state, meeting.starts_at, meeting.place, meeting.wish)
    meeting.state = MeetingState.AGREED if agreed else MeetingState.SUGGESTED
    meeting.starts_at = said.start
    meeting.place = said.place if known else said.somewhere
    meeting.wish = said.wish if said.start is None else None
    if before == (meeting.state, meeting.starts_at, meeting.place, meeting.wish):
        return meeting.state  # the same button, pressed twice
    facts: dict[str, str | bool] = {}
    if said.start is not None:
        facts["starts_at"] = said.start.isoformat()
        if agreed:
            start = said.start.astimezone(zone)
            facts |= promises.keep_meeting(
                act.session, act.row, meeting, start, picked=True, now=act.now
            )
    act.take(Step.PICK_MEETING if agreed else Step.SUGGEST_MEETING)
    act.record(facts=facts)
    return meeting.state


def decline(act: Act, *, meeting_id: str) -> None:
    """Keep that the child does not want to meet. The promise to talk stays as it was.

    Raises:
        OfferExpired: that offer stands no more.

    Source: docs/procedure.md, paragraphs 21 and 29.
    """
    meeting = _open(act, meeting_id)
    if meeting.state is MeetingState.DECLINED:
        return
    act.take(Step.DECLINE_MEETING)
    meeting.state = MeetingState.DECLINED
    meeting.starts_at = meeting.place = meeting.wish = None
    act.record()


def _open(act: Act, meeting_id: str) -> Meeting:
    meeting = meeting_offers.newest(act.session, act.row.id)
    if (
        meeting is None
        or meeting.id != meeting_id
        or meeting.state in {MeetingState.CANCELLED, MeetingState.ENDED}
        or meeting_offers.moved(act.row, meeting)
        or not meeting_offers.answerable(act.row)
    ):
        raise OfferExpired
    return meeting


def _before_the_talk(row: Case) -> bool:
    """Say whether they may still meet, with this manager or with the one who comes next."""
    return row.talk_on is None and (
        meeting_offers.answerable(row) or row.next_step is Step.ALLOCATE
    )


def _cancelled(found: list[Meeting]) -> CancelledMeeting | None:
    """Return what was cancelled last, unless a meeting has been agreed since."""
    if found[0].state is MeetingState.AGREED:
        return None
    last = next((part for part in found[:2] if part.state is MeetingState.CANCELLED), None)
    return CancelledMeeting(at=last.starts_at, reason=last.reason or "") if last else None


def _late(session: Session, row: Case) -> LateTalk | None:
    """Return why the talk is later than promised, where the meeting is the last word on that."""
    for item in promises.owed(session, row):
        if item.promise is Promise.TALK and item.moved and not item.was_said_late:
            picked = item.moved.because is Because.CHILD_PICKED
            return LateTalk(promised_on=item.moved.old_on, you_picked=picked)
    return None
