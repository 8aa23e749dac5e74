"""The board secretary prepares a period's figures, looks at them, and releases them for good."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, defer

from kids_feedback.domain.disclosure import publish, publish_share, publish_total
from kids_feedback.domain.errors import DomainError, SomebodyElseSaved
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.figures import Figures, freeze, thaw
from kids_feedback.domain.half_years import (
    AlreadyShown,
    HalfYear,
    Period,
    half_year_of,
    next_period,
)
from kids_feedback.domain.people import Person
from kids_feedback.domain.promises import CLOCKS, Promise, kept_in_time
from kids_feedback.services import standing
from kids_feedback.storage import summaries
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.summaries import Summary

OTHER = "other"  # something else, not sure, or not said
_KINDS = {
    "complaint": (Kind.COMPLAINT,),
    "compliment": (Kind.COMPLIMENT,),
    "other": (Kind.NOTE, Kind.FEELINGS),
}
_SUPPORTED = ("known", "cafcass", "help_find")


class NotOver(DomainError):  # noqa: N818
    """The half-year still goes on, so its figures would change."""


class TooFew(DomainError):  # noqa: N818
    """So few children that nothing can be shown: they wait for the next half-year."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be released, and its mark: the release must be of just this."""

    figures: Figures
    digest: str

    @property
    def enough(self) -> bool:
        return self.figures.about.total is not None


@dataclass(frozen=True, kw_only=True)
class Released:
    """One release, as the secretary's list shows it."""

    period: Period
    released_at: datetime


def released(session: Session) -> tuple[Released, ...]:
    """Return what was released, the newest first."""
    return tuple(
        Released(period=thaw(row.payload).period, released_at=row.released_at)
        for row in summaries.released(session)
    )


def waiting(session: Session, *, today: date) -> HalfYear | None:
    """Return the half-year that can be prepared now; None when all that is over was released."""
    over = half_year_of(today).before()
    try:
        _period(session, over, today)
    except (AlreadyShown, NotOver):
        return None
    return over


def prepare(
    session: Session, upto: HalfYear, *, today: date, topics: tuple[str, ...], smallest: int
) -> Preview:
    """Return the figures of all that was not yet shown, up to and including ``upto``.

    Args:
        topics: every topic that has a row of its own; all else is counted together.
        smallest: counts of children below this are hidden.

    Raises:
        NotOver: ``upto`` still goes on.
        AlreadyShown: its figures were released.

    Source: docs/procedure.md, paragraphs 69, 70, 74 and 75.
    """
    period = _period(session, upto, today)
    within = Feedback.received_on.between(period.first, period.last)
    complaints = within & (Feedback.kind == Kind.COMPLAINT)
    by_topic = _by_topic(session, complaints, topics)
    figures = Figures(
        period=period,
        # Each total alone, and no sum: beside the table of topics it would tell a hidden number.
        kinds={
            code: publish_total(_count(session, within & Feedback.kind.in_(kinds)))
            for code, kinds in _KINDS.items()
        },
        about=publish(by_topic, smallest=smallest),
        promises={
            code: publish_share(kept.count(True), len(kept), smallest=smallest)
            for code, kept in _promises(session, complaints, today).items()
        },
    )
    return Preview(figures=figures, digest=hashlib.sha256(freeze(figures)).hexdigest())


def release(
    session: Session,
    upto: HalfYear,
    person: Person,
    *,
    digest: str,
    now: datetime,
    today: date,
    topics: tuple[str, ...],
    smallest: int,
) -> None:
    """Freeze the figures that were looked at, and let the board see them.

    Args:
        digest: of the preview.

    Raises:
        NotOver, AlreadyShown: as ``prepare``.
        TooFew: nothing could be shown.
        SomebodyElseSaved: the figures are no longer the ones that were looked at.

    Source: docs/procedure.md, paragraph 74.
    """
    preview = prepare(session, upto, today=today, topics=topics, smallest=smallest)
    if not preview.enough:
        raise TooFew
    if preview.digest != digest:
        raise SomebodyElseSaved
    session.add(
        Summary(
            ends=upto.code,
            payload=freeze(preview.figures),
            digest=digest,
            released_at=now,
            released_by=person.id,
        )
    )
    session.flush()


def _period(session: Session, upto: HalfYear, today: date) -> Period:
    if today <= upto.last:
        raise NotOver
    shown = [thaw(row.payload).period for row in summaries.released(session)]
    first = session.scalar(select(func.min(Feedback.received_on))) or upto.first
    return next_period(shown, began=min(half_year_of(first), upto), upto=upto)


def _promises(
    session: Session, complaints: ColumnElement[bool], today: date
) -> Mapping[str, list[bool]]:
    """Return, for each promise, whether it was kept, child by child to whom it was made."""
    rows = session.scalars(
        select(Feedback)
        .where(complaints)
        .options(
            defer(Feedback.name_sealed),
            defer(Feedback.words_sealed),
            defer(Feedback.contact_sealed),
            defer(Feedback.helper_sealed),
        )
    ).all()
    return {
        "read": list(_kept_in_time(Promise.READ, rows, today)),
        "answer": list(_kept_in_time(Promise.ANSWER, rows, today)),
        "supporter": [row.supporter in _SUPPORTED for row in rows if row.talk_on],
    }


def _kept_in_time(promise: Promise, rows: Sequence[Feedback], today: date) -> Iterator[bool]:
    for row in rows:
        kept = kept_in_time(promise, standing.facts_of(row), CLOCKS[row.kind], today=today)
        if kept is not None:
            yield kept


def _by_topic(
    session: Session, condition: ColumnElement[bool], topics: tuple[str, ...]
) -> dict[str, int]:
    """Count children by primary topic, every topic there could be and the rest together."""
    counts = dict.fromkeys((*topics, OTHER), 0)
    for topic, count in session.execute(
        select(Feedback.primary_topic, func.count())
        .where(condition)
        .group_by(Feedback.primary_topic)
    ):
        counts[topic if topic in topics else OTHER] += count
    return counts


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Feedback).where(condition)) or 0
