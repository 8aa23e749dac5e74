"""Plays the stories in the order in which all of it happened, up to now."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.demo import (
    cast,
    published_changes,
    stories_answered,
    stories_in_court,
    stories_new,
    stories_past,
    stories_praise,
    stories_written,
)
from kids_feedback.demo.story import Scene, Story, Turn
from kids_feedback.domain.board.half_years import HalfYear, half_year_of
from kids_feedback.domain.case.calendar import ONE_DAY, WorkingCalendar
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.safety import Watch
from kids_feedback.domain.case.submission import Receipt
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.board import improvements, summaries
from kids_feedback.services.case.notifications import NotificationText
from kids_feedback.services.casework import sending
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.child import intake
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import Area, PersonRow

_OPENS = time(9, 30)  # local, when staff begin
_BETWEEN = timedelta(minutes=37)  # two acts of one story
_UNTIL_RELEASE = timedelta(days=20)  # from the end of a half-year
_SINCE_CHANGE = 10  # working days
_MANY = 1_000  # messages


@dataclass(frozen=True, kw_only=True)
class Service:
    """What the services need to be told of the site."""

    watch: Watch  # by the local clock
    promises: Allowances
    words_key: bytes
    wording: NotificationText
    topics: tuple[str, ...]  # every topic that a complaint can have
    smallest: int  # counts of children below this are hidden


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """A link that signs somebody in once."""

    name: str
    role: Role
    token: str


def is_empty(session: Session) -> bool:
    """Say whether nobody and nothing is here yet."""
    firsts = (select(PersonRow.id), select(Area.code), select(Case.id))
    return all(session.scalar(first.limit(1)) is None for first in firsts)


def fill(session: Session, service: Service, *, now: datetime) -> None:
    """Play every story into an empty database, so that it ends at ``now``.

    Raises:
        CalendarGap: the working calendar does not reach around ``now``.
    """
    calendar = working_days.calendar_now(session)
    _Player(session, service, cast.hire(session, service.watch.shift), calendar, now).play()


def ways_in(session: Session, *, now: datetime) -> list[WayIn]:
    """Return a fresh link for each of the cast that is here; earlier ones end."""
    return [
        WayIn(
            name=person.name,
            role=person.role,
            token=accounts.one_time_link(session, person.id, now=now),
        )
        for person in cast.on_stage(session)
    ]


def way_back(session: Session, service: Service, *, now: datetime) -> tuple[str, ...] | None:
    """Return the secret words of the child who has an answer; None where they are not to be had.

    The child's form is sent once more, which gives the same receipt, unless the stories are not
    here, or the list that the words were drawn from has changed since.
    """
    story = stories_answered.THE_WAY_BACK
    if session.scalar(select(Case.id).where(Case.key == story.key)) is not None:
        with suppress(StopIteration):
            calendar = working_days.calendar_now(session)
            return _send(session, story, service, calendar, now, story.key or "").words
    return None


@dataclass(frozen=True)
class _Happening:
    at: datetime
    play: Callable[[datetime], object]


@dataclass
class _Player:
    session: Session
    service: Service
    cast: cast.Cast
    calendar: WorkingCalendar
    now: datetime
    rows: dict[str, Case] = field(default_factory=dict)  # by the key of the form that sent it

    def play(self) -> None:
        """Let everything happen, the earliest first. Mail of today is left to the worker."""
        happenings = [item for story in self.stories() for item in self.happenings(story)]
        happenings += [self.release(), self.change()]
        happenings.append(_Happening(self.at(self.base, time.min), self.send_out))
        for happening in sorted(happenings, key=lambda each: each.at):
            happening.play(happening.at)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.service.watch.zone).date()

    @property
    def base(self) -> date:
        """Return the last working day, today if it is one."""
        return self.calendar.subtract(self.today + ONE_DAY, 1)

    def stories(self) -> Iterator[Story]:
        newer = half_year_of(self.today).before()
        for half_year, counts in (
            (newer.before(), stories_past.OLDER),
            (newer, stories_past.NEWER),
        ):
            yield from stories_past.stories(
                half_year, counts, base=self.base, calendar=self.calendar
            )
        for stories in (
            stories_answered,
            stories_new,
            stories_in_court,
            stories_praise,
            stories_written,
        ):
            yield from stories.STORIES

    def happenings(self, story: Story) -> Iterator[_Happening]:
        sent_on = self.calendar.subtract(self.base, story.ago) if story.ago else self.today
        key = story.key or secrets.token_urlsafe(16)
        yield _Happening(self.at(sent_on, story.at), lambda at: self.send(story, key, at))
        for number, (after, act) in enumerate(story.then):
            day = self.calendar.add(sent_on, after)
            yield _Happening(self.at(day, _OPENS, number), self.doing(act, key))

    def send(self, story: Story, key: str, at: datetime) -> None:
        _send(self.session, story, self.service, self.calendar, at, key)
        self.rows[key] = self.session.scalars(select(Case).where(Case.key == key)).one()

    def doing(self, act: Turn, key: str) -> Callable[[datetime], object]:
        def play(at: datetime) -> object:
            return act(
                Scene(
                    session=self.session,
                    row=self.rows[key],
                    cast=self.cast,
                    wording=self.service.wording,
                    now=at,
                    today=at.astimezone(self.service.watch.zone).date(),
                    calendar=self.calendar,
                    promises=self.service.promises,
                )
            )

        return play

    def release(self) -> _Happening:
        """Return the moment in which the secretary shows the older half-year to the board."""
        older = half_year_of(self.today).before().before()
        day = self.calendar.next_working_day(older.last + _UNTIL_RELEASE)
        return _Happening(self.at(day, _OPENS), lambda at: self.released(older, at))

    def released(self, half_year: HalfYear, at: datetime) -> None:
        figures: dict[str, Any] = {
            "today": at.astimezone(self.service.watch.zone).date(),
            "topics": self.service.topics,
            "smallest": self.service.smallest,
        }
        preview = summaries.prepare(self.session, half_year, **figures)
        summaries.release(
            self.session,
            half_year,
            self.cast.person(cast.SAFFRON),
            digest=preview.digest,
            now=at,
            **figures,
        )

    def change(self) -> _Happening:
        """Return the moment in which the secretary says what changed."""
        day = self.calendar.subtract(self.base, _SINCE_CHANGE)
        return _Happening(self.at(day, _OPENS), self.changed)

    def changed(self, at: datetime) -> None:
        secretary, today = (
            self.cast.person(cast.SAFFRON),
            at.astimezone(self.service.watch.zone).date(),
        )
        for told in published_changes.CHANGES:
            kept = improvements.write(self.session, secretary, said=told.said, did=told.did)
            if told.shown:
                improvements.show(self.session, kept, today=today)

    def send_out(self, at: datetime) -> None:
        """Be the worker of the days gone by."""
        zone = self.service.watch.zone
        for message in sending.take(self.session, now=at, zone=zone, limit=_MANY):
            outbox.sent(self.session, message.id, at)

    def at(self, day: date, hour: time, number: int = 0) -> datetime:
        """Return an instant, never one that is yet to come."""
        local = datetime.combine(day, hour, self.service.watch.zone) + number * _BETWEEN
        return min(local.astimezone(self.now.tzinfo), self.now)


def _send(
    session: Session,
    story: Story,
    service: Service,
    calendar: WorkingCalendar,
    now: datetime,
    key: str,
) -> Receipt:
    return intake.send(
        session,
        story.sent,
        key,
        now=now,
        zone=service.watch.zone,
        calendar=calendar,
        promises=service.promises,
        words_key=service.words_key,
        watch=service.watch,
    )
