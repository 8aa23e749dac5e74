"""The board secretary prepares a period's figures, looks at them, and releases them."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.disclosure import publish, publish_share, publish_total
from kids_feedback.domain.board.figures import Figures, freeze
from kids_feedback.domain.board.half_years import (
    AlreadyShown,
    HalfYear,
    Period,
    half_year_of,
    next_period,
)
from kids_feedback.domain.board.second_release import beside, shows_anything
from kids_feedback.domain.case.procedure import NOT_A_CHILDS
from kids_feedback.domain.case.promises import Promise, kept_in_time
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import DomainError, EditConflict
from kids_feedback.domain.people import Person
from kids_feedback.services.board import versions
from kids_feedback.services.board.versions import Version
from kids_feedback.services.case import case_state
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.summaries import Summary

OTHER = "other"  # something else, not sure, or not said
_KINDS = {
    "complaint": (Kind.COMPLAINT,),
    "compliment": (Kind.COMPLIMENT,),
    "other": (Kind.NOTE, Kind.FEELINGS),
}
_DECIDES = case_state.DECIDE_PROMISES
_NAMES = [column.key for column in _DECIDES]


class NotOver(DomainError):
    """The half-year still goes on, so its figures would change."""


class TooFew(DomainError):
    """Nothing can be shown: too few children, who wait for the next half-year.

    Or of a period that was shown before, since nobody may subtract one version from the other.
    """


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be released, and its mark: the release must be of just this."""

    figures: Figures
    digest: str
    again: bool  # the board saw an earlier version, so less may be shown

    @property
    def enough(self) -> bool:
        return shows_anything(self.figures) if self.again else self.figures.about.total is not None


def waiting(session: Session, *, today: date) -> HalfYear | None:
    """Return the half-year that can be prepared now for the first time; None if there is none."""
    over = half_year_of(today).before()
    try:
        period, earlier = _period(session, over, today)
    except (AlreadyShown, NotOver):
        return None
    return None if earlier else period.ends


def prepare(
    session: Session, upto: HalfYear, *, today: date, topics: tuple[str, ...], smallest: int
) -> Preview:
    """Return the figures of all that was not yet shown, up to and including ``upto``.

    Of a period that was taken back they are worked out anew, and hold nothing by which a few
    children could be found beside what the board saw (``second_release.beside``).

    Args:
        topics: every topic that has a row of its own; all else is counted together.
        smallest: counts of children below this are hidden.

    Raises:
        NotOver: ``upto`` still goes on.
        AlreadyShown: its figures were released.

    Source: docs/procedure.md, paragraphs 51b, 69, 70, 74 and 75.
    """
    period, earlier = _period(session, upto, today)
    # What says again what is counted already, or is from nobody, is no message of its own.
    own = Case.ended_as.is_(None) | Case.ended_as.not_in(NOT_A_CHILDS)
    within = Case.received_on.between(period.first, period.last) & own
    complaints = within & (Case.kind == Kind.COMPLAINT)
    by_topic = _by_topic(session, complaints, topics)
    figures = Figures(
        period=period,
        # Each total alone, and no sum: beside the table of topics it would tell a hidden number.
        kinds={
            code: publish_total(_count(session, within & Case.kind.in_(kinds)))
            for code, kinds in _KINDS.items()
        },
        about=publish(by_topic, smallest=smallest),
        promises={
            code: publish_share(kept[True], kept.total(), smallest=smallest)
            for code, kept in _promises(session, complaints, today).items()
        },
    )
    figures = beside(figures, [version.figures for version in earlier])
    digest = hashlib.sha256(freeze(figures)).hexdigest()
    return Preview(figures=figures, digest=digest, again=bool(earlier))


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
        EditConflict: the figures are no longer the ones that were looked at.

    Source: docs/procedure.md, paragraph 74.
    """
    preview = prepare(session, upto, today=today, topics=topics, smallest=smallest)
    if not preview.enough:
        raise TooFew
    if preview.digest != digest:
        raise EditConflict
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


def _period(session: Session, upto: HalfYear, today: date) -> tuple[Period, list[Version]]:
    """Return what figures up to ``upto`` are for, and the versions of it that were taken back."""
    if today <= upto.last:
        raise NotOver
    shown = versions.every(session)
    earlier = [version for version in shown if version.period.ends == upto]
    if earlier and all(version.taken_back for version in earlier):
        return earlier[0].period, earlier
    first = session.scalar(select(func.min(Case.received_on))) or upto.first
    # What was taken back was shown all the same: in a longer period it could be subtracted.
    periods = [version.period for version in shown]
    return next_period(periods, began=min(half_year_of(first), upto), upto=upto), []


def _promises(
    session: Session, complaints: ColumnElement[bool], today: date
) -> Mapping[str, Counter[bool]]:
    """Return, for each promise, how many of the children to whom it was made had it kept.

    Only what staff record as it happens is counted. Whether somebody was with the child at the talk
    is not, and an answer without a clock has no day to be late for.
    """
    alike = _alike(session, complaints)
    return {"read": _kept_in_time(Promise.READ, alike, today)}


def _alike(session: Session, complaints: ColumnElement[bool]) -> list[tuple[Case, int]]:
    """Return every sort of complaint there is as far as promises go, each with how many it is.

    The database counts them: a row of its own for each complaint would cost a second in ten
    thousand.
    """
    wanted = select(*_DECIDES, func.count()).where(complaints).group_by(*_DECIDES)
    return [
        (Case(**dict(zip(_NAMES, days, strict=True))), count)
        for *days, count in session.execute(wanted)
    ]


def _kept_in_time(promise: Promise, alike: list[tuple[Case, int]], today: date) -> Counter[bool]:
    children: Counter[bool] = Counter()
    for row, count in alike:
        clocks = route_of(row.kind).clocks[row.kind]
        kept = kept_in_time(promise, case_state.facts_of(row), clocks, today=today)
        if kept is not None:
            children[kept] += count
    return children


def _by_topic(
    session: Session, condition: ColumnElement[bool], topics: tuple[str, ...]
) -> dict[str, int]:
    """Count children by primary topic, every topic there could be and the rest together."""
    counts = dict.fromkeys((*topics, OTHER), 0)
    for topic, count in session.execute(
        select(Case.primary_topic, func.count()).where(condition).group_by(Case.primary_topic)
    ):
        counts[topic if topic in topics else OTHER] += count
    return counts


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Case).where(condition)) or 0
