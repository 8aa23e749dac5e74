"""How children say that we did, as totals: no rating leads to a case, a worker or a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.disclosure import LEAST_TOTAL
from kids_feedback.domain.board.half_years import HalfYear, half_year_of
from kids_feedback.domain.board.ratings import ANSWERS, QUESTIONS
from kids_feedback.storage.tables.learning import Rating


@dataclass(frozen=True, kw_only=True)
class HalfYearRatings:
    """The ratings of one half-year."""

    half_year: HalfYear
    counts: Mapping[str, Mapping[str, int]] | None  # by question and answer; None: too few
    words: tuple[str, ...]  # what we should do better, in no order that tells when it was said


def how_we_did(session: Session, *, today: date) -> tuple[HalfYearRatings, ...]:
    """Return the ratings of each half-year, the newest first.

    Figures are there once a half-year is over and ``LEAST_TOTAL`` children rated, so that nobody
    can watch one rating come in. Words are there from so many ratings on, or after the half-year.

    Source: docs/procedure.md, paragraph 55; docs/adr/0011-small-numbers.md.
    """
    by_half_year: dict[str, list[Rating]] = {}
    for rating in session.scalars(select(Rating).order_by(Rating.id)):  # ids are drawn at random
        by_half_year.setdefault(rating.half_year, []).append(rating)
    now = half_year_of(today)
    return tuple(
        _shown(HalfYear.from_code(code), by_half_year[code], now)
        for code in sorted(by_half_year, reverse=True)
    )


def _shown(half_year: HalfYear, ratings: list[Rating], now: HalfYear) -> HalfYearRatings:
    is_over, are_enough = half_year < now, len(ratings) >= LEAST_TOTAL
    return HalfYearRatings(
        half_year=half_year,
        counts=_counts(ratings) if is_over and are_enough else None,
        words=tuple(rating.words for rating in ratings if rating.words)
        if is_over or are_enough
        else (),
    )


def _counts(ratings: list[Rating]) -> Mapping[str, Mapping[str, int]]:
    return {
        question: {
            answer: sum(getattr(rating, question) == answer for rating in ratings)
            for answer in ANSWERS
        }
        for question in QUESTIONS
    }
