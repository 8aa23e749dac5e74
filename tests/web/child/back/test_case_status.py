"""The way back with the secret words."""

from datetime import date

import pytest

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.conftest import SetClock
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


def test_after_many_misses_the_words_stay_on_the_page_and_are_looked_at_later(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    """Whether they are right or wrong, the answer is the same."""
    a_child_with_words(transactions)
    pages = [come_back(child, "apple river cloud fork") for _ in range(32)]
    assert [page.status for page in pages] == [422] * 30 + [429] * 2
    page = come_back(child, "apple river cloud spoon")
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "6"
    assert page.found("input[name=words]")["value"] == "apple river cloud spoon"
    assert "Try again in a minute" in page.text
    clock.forward(seconds=6)
    assert submit(child, page).location == "/back/now"


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


MISS = (
    "Those words don't match. Check that all of them are there, in order, and how you spell them."
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type your secret words in order."),
        ("\x00 12 -", "Type your secret words in order."),
        ("x" * 9000, "You typed one word. There are 5. Put a space between them."),
        ("apple lemon", "You typed 2 words. There are 5."),
        ("apple lemon cloud", "You typed 3 words. There are 5."),
        ("apple axolotl", "You typed 2 words. There are 4."),
        ("apple axolotl cloud spoon apple", "You typed 5 words. There are 4."),
        ("apple lemon cloud spoon robin apple", "You typed 6 words. There are 5."),
        ("apple teapot cloud spoon", "You typed 4 words. There are 5."),
        ("apple lemon cloud spoon robbin", "“robbin” is not one of our words. Check the spelling."),
        ("apple lemon cloud spoon robin", MISS),
        ("apple lemon clowd spoon", "“clowd” is not one of our words. Check the spelling."),
        ("aple lemon clowd spoon", "These are not our words: aple, clowd. Check the spelling."),
        ("apple lemon cloud تفاحة", "“تفاحة” is not one of our words. Check the spelling."),
        ("apple lemon cloud " + "x" * 31, MISS),
        ("spoon cloud lemon apple", MISS),
        ("apple lemon cloud kettle", MISS),
    ],
)
def test_a_miss_is_told_what_the_list_alone_can_tell(
    child: Visitor, transactions: Transactions, typed: str, said: str
) -> None:
    """Nothing of what is said depends on which words anybody was given."""
    assert come_back(child, typed).texts(".summary a") == [said]
    with transactions() as db:
        a_complaint(db, fingerprint=fingerprint("apple lemon cloud spoon", KEY))
    page = come_back(child, typed)
    assert page.status == 422
    assert page.texts(".summary a") == [said]
    assert page.texts(".wrong") == [said]


def test_words_that_were_given_out_by_another_list_still_open(
    child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        a_complaint(db, fingerprint=fingerprint("xyzzy plugh frotz rezrov", KEY))
    page = follow(child, come_back(child, "Xyzzy plugh frotz rezrov"))
    assert page.heading == "Where things are"


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
    assert "Now: You will get your written answer by Tuesday 21 April." in page.texts(".path .now")
    assert page.texts("details li") == ["Friday 3 April", "Monday 6 April"]


def test_each_day_stands_once_on_the_path_before_the_talk(
    child: Visitor, transactions: Transactions
) -> None:
    a_child_with_words(transactions)
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert page.texts(".path li") == [
        "Done: You told us on Monday 2 March.",
        "Now: We will read it by Tuesday 3 March.",
        "Next: A manager will write to you here by Tuesday 3 March.",
        "Next: Your written answer. It comes 20 working days after we talk, or sooner.",
    ]
    assert len(page.soup.select(".path .here .me")) == len(page.soup.select(".path .now")) == 1


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
        assert answer.read_on is not None


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


def test_what_was_stopped_and_closed_has_no_answer_to_go_to(
    child: Visitor, transactions: Transactions
) -> None:
    stopped = {"talk_on": date(2026, 3, 2), "stopped_on": date(2026, 3, 2)}
    case = a_child_with_words(transactions, stage=Stage.CLOSED, **stopped)
    with transactions() as db:
        max_ = a_person(db, "Max Manager", role=Role.LOCAL_MANAGER)
        db.add(Answer(case_id=case, parts={}, written_by=max_.id, saved_at=NOW))  # a draft
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "Go to your answer" not in page.text
    assert "looks into it" not in page.text
    assert page.text.count("You asked us to stop") == 1
    assert get(child, "/back/answer").status == 404


def test_a_day_that_has_passed_is_not_told_as_one_to_come(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    a_child_with_words(transactions)
    clock.forward(days=20)
    page = follow(child, come_back(child, " ".join(WORDS)))
    told = page.texts(".path li")
    assert "Late: We have not read it yet." in told
    assert not [line for line in told if "read it by" in line or "will " in line]
