"""The way back with the secret words."""

from datetime import date

import pytest

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.make import NOW, a_complaint, a_hearing, a_person
from tests.web.page import Page, Visitor, follow, get, submit

WORDS = ("apple", "river", "cloud", "spoon")
KEY = b"another key that only tests know"


def a_child_with_words(transactions: Transactions, **columns: object) -> str:
    with transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        row = a_complaint(
            db, fingerprint=fingerprint(" ".join(WORDS), KEY), manager=manager, **columns
        )
        if row.stage is Stage.DELIVERED:
            parts = dict.fromkeys(("understanding", "wants", "outcome"), "<p>You told us.</p>")
            parts |= {"explanation": "<p>Why</p>", "steps_taken": "<ul><li>Sorry</li></ul>"}
            parts |= {"steps_to_come": "<p>More <strong>care</strong></p><script>x</script>"}
            db.add(Answer(case_id=row.id, parts=parts, written_by=manager.id, saved_at=NOW))
        return row.id


def come_back(child: Visitor, typed: str) -> Page:
    return submit(child, get(child, "/back"), words=typed)


@pytest.mark.parametrize(
    "typed",
    [
        "apple river cloud spoon",
        "  APPLE-River–cloud,spoon ",
        "apple\u200b river\u00a0cloud\tspoon",
        "ápple river cloud spoon",
        "\uff41pple river cloud spoon",
    ],
)
def test_the_words_are_read_forgivingly(
    child: Visitor, transactions: Transactions, typed: str
) -> None:
    a_child_with_words(transactions)
    page = follow(child, come_back(child, typed))
    assert page.heading == "Where things are"


@pytest.mark.parametrize(
    "typed", ["", "apple river cloud", "apple river cloud fork", "\x00", "x" * 9000]
)
def test_every_kind_of_miss_looks_the_same(
    child: Visitor, transactions: Transactions, typed: str
) -> None:
    a_child_with_words(transactions)
    page = come_back(child, typed)
    assert page.status == 422
    assert page.texts(".summary a") == [
        "Those words don't match. Check the spelling and try again."
    ]


def test_the_childs_own_words_are_never_shown_again(
    child: Visitor, transactions: Transactions
) -> None:
    a_child_with_words(transactions, name="Zebulon", statement={"happened": "canary words"})
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "canary" not in str(page.soup)
    assert "Zebulon" not in str(page.soup)
    assert "Done: You told us on Monday 2 March." in page.text


def test_the_answer_date_comes_with_its_sum(child: Visitor, transactions: Transactions) -> None:
    a_child_with_words(transactions, stage=Stage.TALKED, talk_on=date(2026, 3, 20))
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "You get your answer by Tuesday 21 April." in page.text
    assert page.texts("details li") == ["Friday 3 April", "Monday 6 April"]


def test_two_dates_stand_before_the_talk(child: Visitor, transactions: Transactions) -> None:
    a_child_with_words(transactions)
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert page.texts(".dates li") == [
        "We get in touch by Thursday 5 March.",
        "You get your answer about 4 weeks after we talk, or sooner.",
    ]


def test_the_answer_opens_softly_and_then_part_by_part(
    child: Visitor, transactions: Transactions
) -> None:
    case = a_child_with_words(
        transactions,
        stage=Stage.DELIVERED,
        talk_on=date(2026, 3, 20),
        delivered_on=date(2026, 4, 20),
    )
    page = follow(child, come_back(child, " ".join(WORDS)))
    page = get(child, page.links()["Go to your answer"])
    assert "You told us." not in page.text
    page = submit(child, page)
    assert page.heading == "Your answer from Mo Manager"
    assert page.texts("main h2")[:2] == ["What you told us", "How you wanted it put right"]
    assert page.texts("main strong") == ["care"]
    assert not page.soup.select("main script")
    with transactions() as db:
        answer = db.query(Answer).filter_by(case_id=case).one()
        assert answer.read_at is not None


@pytest.mark.parametrize("path", ["/back/now", "/back/answer"])
def test_without_words_there_is_nothing(child: Visitor, path: str) -> None:
    assert get(child, path).location == "/back"


def test_an_answer_that_was_not_delivered_is_not_there(
    child: Visitor, transactions: Transactions
) -> None:
    a_child_with_words(transactions)
    come_back(child, " ".join(WORDS))
    assert get(child, "/back/answer").status == 404


def test_what_was_erased_since_is_not_there(child: Visitor, transactions: Transactions) -> None:
    case = a_child_with_words(transactions)
    come_back(child, " ".join(WORDS))
    with transactions() as db:
        db.delete(db.get_one(Case, case))
    assert get(child, "/back/now").status == 404


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_the_child_reads_whether_the_court_knows(
    child: Visitor, transactions: Transactions, look: str
) -> None:
    hearing = a_hearing(date(2026, 3, 12))
    case = a_child_with_words(transactions, ongoing=True, look=look, hearings=[hearing])
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "We have not told the court yet." in page.text
    with transactions() as db:
        kept = db.get_one(Case, case).hearings[0]
        kept.told_complaint_on = kept.told_doing_on = date(2026, 3, 2)
    page = get(child, "/back/now")
    assert "We told the court on Monday 2 March." in page.text
    assert "not told" not in page.text
