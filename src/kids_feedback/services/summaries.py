"""The board secretary prepares a period's figures, looks at them, and releases them for good."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kids_feedback.domain.disclosure import publish, publish_share
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
from kids_feedback.storage import summaries
from kids_feedback.storage.feedback import Feedback
from kids_feedback.storage.summaries import Summary

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
        return self.figures.kinds.total is not None


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
        topics: every topic a complaint can have; a missing row would tell.
        smallest: counts of children below this are hidden.

    Raises:
        NotOver: ``upto`` still goes on.
        AlreadyShown: its figures were released.

    Source: docs/procedure.md, paragraphs 69, 70, 74 and 75.
    """
    period = _period(session, upto, today)
    within = Feedback.received_on.between(period.first, period.last)
    complaints = within & (Feedback.kind == Kind.COMPLAINT)
    kinds = publish(_counts(session, Feedback.kind, within, tuple(Kind)), smallest=smallest)
    # How many complaints there were is told once: where the first table hides it, so do the rest.
    told = any(cell.code == Kind.COMPLAINT and not cell.hidden for cell in kinds.cells)
    by_topic = _counts(session, Feedback.primary_topic, complaints, (*topics, ""))
    figures = Figures(
        period=period,
        kinds=kinds,
        about=publish(by_topic if told else dict.fromkeys(by_topic, 0), smallest=smallest),
        promises={
            code: publish_share(
                _count(session, complaints & of & kept) if told else 0,
                _count(session, complaints & of) if told else 0,
                smallest=smallest,
            )
            for code, (of, kept) in _promises(today).items()
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


def _promises(today: date) -> Mapping[str, tuple[ColumnElement[bool], ColumnElement[bool]]]:
    """Return, for each promise, of whom it was made and for whom it was kept."""
    answered = Feedback.delivered_on.is_not(None)
    return {
        "read": (Feedback.read_by < today, Feedback.acknowledged_on <= Feedback.read_by),
        "answer": (
            answered | (Feedback.answer_by < today),
            answered & (Feedback.delivered_on <= Feedback.answer_by),
        ),
        "supporter": (Feedback.talk_on.is_not(None), Feedback.supporter.in_(_SUPPORTED)),
    }


def _counts(
    session: Session,
    column: InstrumentedAttribute[Any],
    condition: ColumnElement[bool],
    rows: tuple[str, ...],
) -> dict[str, int]:
    """Count children by a column, every row that there could be among them."""
    counts = {str(row): 0 for row in rows}
    for code, count in session.execute(
        select(column, func.count()).where(condition).group_by(column)
    ):
        counts[str(code) if str(code) in counts else "something_else"] += count
    return counts


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Feedback).where(condition)) or 0
