"""What a reviewer of the young people's board sees: released figures, and nothing else.

This module reads one table. It must never import another (see the contracts in pyproject.toml).
"""

from sqlalchemy.orm import Session

from kids_feedback.domain.board.disclosure import Trend, trend
from kids_feedback.domain.board.figures import Figures, thaw
from kids_feedback.domain.board.half_years import Period
from kids_feedback.domain.errors import NotFound
from kids_feedback.storage.tables import summaries


def periods(session: Session) -> tuple[Period, ...]:
    """Return the periods that were released, the newest first."""
    return tuple(thaw(row.payload).period for row in summaries.released(session))


def figures(session: Session, ends: str | None = None) -> Figures:
    """Return the figures of the period that ends with this half-year; by default the newest.

    Raises:
        NotFound: nothing of the kind was released.
    """
    for row in summaries.released(session):
        if ends in (None, row.ends):
            return thaw(row.payload)
    raise NotFound


def change_since(session: Session, now: Figures) -> Trend | None:
    """Compare the complaints with the period before; None where there is none of equal length.

    Both numbers are shown ones, so the comparison says nothing new.
    """
    for row in summaries.released(session):
        before = thaw(row.payload)
        if before.period.ends < now.period.begins:
            alike = len(before.period.half_years) == len(now.period.half_years)
            return trend(now.about.total, before.about.total) if alike else None
    return None
