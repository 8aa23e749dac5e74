"""What a reviewer of the young people's board sees: released figures, and nothing else.

This module reads releases. It must never import another table (see the contracts in
pyproject.toml).
"""

from sqlalchemy.orm import Session

from kids_feedback.domain.board.disclosure import Trend, trend
from kids_feedback.domain.board.figures import Figures, thaw
from kids_feedback.domain.board.half_years import Period
from kids_feedback.domain.errors import DomainError, NotFound
from kids_feedback.storage.tables import summaries


class BeingPutRight(DomainError):
    """The figures were taken back, and are not released again yet."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"the figures up to {period.ends.code} are being put right")
        self.period = period


def periods(session: Session) -> tuple[Period, ...]:
    """Return the periods that were released, the newest first.

    Raises:
        BeingPutRight: the newest was taken back.
    """
    found = tuple(thaw(row.payload).period for row in summaries.released(session))
    _refuse_what_is_away(session, found[0] if found else None)
    return found


def figures(session: Session, ends: str | None = None) -> Figures:
    """Return the figures of the period that ends with this half-year; by default the newest.

    Raises:
        BeingPutRight: they were taken back.
        NotFound: nothing of the kind was released.
    """
    stands, away = [thaw(row.payload) for row in summaries.released(session)], _away(session)
    known = [found.period for found in stands] + away
    newest = max(known, key=lambda period: period.ends, default=None)
    wanted = [period for period in known if period.ends.code == ends] if ends else [newest]
    for found in stands:
        if found.period in wanted:
            return found
    for period in away:
        if period in wanted:
            raise BeingPutRight(period)
    raise NotFound


def is_put_right(session: Session, shown: Figures) -> bool:
    """Say whether the board could see an earlier version of these figures."""
    return shown.period in _away(session)


def change_since(session: Session, now: Figures) -> Trend | None:
    """Compare the complaints with the period before; None where there is none of equal length.

    Both numbers are shown ones, so the comparison says nothing new. A period that was taken back
    is compared with none.
    """
    stands = [thaw(row.payload) for row in summaries.released(session)]
    known = [figures.period for figures in stands] + _away(session)
    earlier = [period for period in known if period.ends < now.period.begins]
    last = max(earlier, key=lambda period: period.ends, default=None)
    for before in stands:
        if before.period == last and len(last.half_years) == len(now.period.half_years):
            return trend(now.about.total, before.about.total)
    return None


def _refuse_what_is_away(session: Session, newest: Period | None) -> None:
    for period in _away(session):
        if newest is None or newest.ends < period.ends:
            raise BeingPutRight(period)


def _away(session: Session) -> list[Period]:
    """Return the periods of which a version was taken back, the newest first."""
    return [thaw(row.payload).period for row in summaries.taken_back(session)]
