"""How children say that we did, as totals. docs/adr/0011-small-numbers.md."""

from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.board.disclosure import LEAST_TOTAL
from kids_feedback.domain.board.ratings import ANSWERS, QUESTIONS
from kids_feedback.services.board.ratings import how_we_did
from kids_feedback.storage.tables.learning import Rating

DURING, AFTER = date(2026, 3, 31), date(2026, 4, 1)


def rate(db: Session, count: int, half_year: str = "2025-10") -> None:
    db.add_all(
        Rating(
            half_year=half_year,
            words=f"Words {number}",
            **{question: ANSWERS[(number + turn) % 3] for turn, question in enumerate(QUESTIONS)},
        )
        for number in range(count)
    )
    db.flush()


def test_each_question_has_its_column_and_nothing_else_is_kept_of_a_rating() -> None:
    columns = {column.name for column in Rating.__table__.columns}
    assert columns == {*QUESTIONS, "id", "half_year", "words_sealed"}


def test_figures_come_after_the_half_year_and_from_enough_children(db: Session) -> None:
    rate(db, LEAST_TOTAL)
    rate(db, LEAST_TOTAL - 1, "2025-04")
    newest, older = how_we_did(db, today=AFTER)
    assert (newest.half_year.code, older.half_year.code) == ("2025-10", "2025-04")
    assert older.counts is None
    assert newest.counts is not None
    for question in QUESTIONS:
        assert sum(newest.counts[question].values()) == LEAST_TOTAL
    assert newest.counts["listened"] == {"yes": 4, "a_bit": 3, "no": 3}
    during, _ = how_we_did(db, today=DURING)
    assert during.counts is None, "nobody watches one rating come in"


def test_words_wait_until_they_are_not_the_only_ones_or_the_half_year_is_over(db: Session) -> None:
    rate(db, LEAST_TOTAL - 1)
    (during,) = how_we_did(db, today=DURING)
    assert during.words == ()
    (after,) = how_we_did(db, today=AFTER)
    assert len(after.words) == LEAST_TOTAL - 1
    rate(db, 1)
    (during,) = how_we_did(db, today=DURING)
    assert len(during.words) == LEAST_TOTAL
