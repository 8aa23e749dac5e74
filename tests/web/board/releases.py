"""A half-year whose figures were released to the board."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.domain.board.half_years import HalfYear
from kids_feedback.domain.people import Role
from kids_feedback.services.board import summaries
from kids_feedback.web.rendering import figure_sentences
from tests.make import NOW, a_complaint, a_compliment, a_person, person_of

CODE = "2025-04"
_IN_IT = NOW.replace(year=2025, month=6)


def came_in(db: Session, *, complaints: int = 0, compliments: int = 0, **columns: Any) -> None:
    for _ in range(complaints):
        a_complaint(db, primary_topic="unfair", topics=["unfair"], received_at=_IN_IT, **columns)
    for _ in range(compliments):
        a_compliment(db, received_at=_IN_IT, **columns)


def release(db: Session, now: datetime) -> None:
    person = person_of(a_person(db, "Pip First", role=Role.BOARD_SECRETARY))
    wanted: dict[str, Any] = {
        "today": now.date(),
        "topics": figure_sentences.TOPIC_CODES,
        "smallest": 5,
    }
    half_year = HalfYear.from_code(CODE)
    digest = summaries.prepare(db, half_year, **wanted).digest
    summaries.release(db, half_year, person, digest=digest, now=now, **wanted)
