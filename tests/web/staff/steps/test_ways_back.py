"""The pages on which a step is taken back or put right, and what the child then reads.

What cannot be taken back asks first.
"""

from datetime import date

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.conftest import SetClock
from tests.make import NOW, a_hearing, an_area, an_office
from tests.services.acts import WHOLE
from tests.web.conftest import SignIn
from tests.web.page import Visitor, get, submit
from tests.web.staff.pages import (
    Staff,
    a_given_case,
    a_talked_case,
    address,
    now,
    open_words,
    saved,
    some_staff,
    take,
)
from tests.web.staff.steps.conftest import MINE, TRIED, a_case_of, way_back

NOT_TOLD = "The court has not been told after all"
TALK = {
    "talk_on": "2026-03-02",
    "way": "phone",
    "present": "Robin",
    "wants": "To be asked.",
    "still_wants": "yes",
}


def test_an_answer_and_its_approval_are_taken_back(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.WRITTEN)
    desk = signed_in(team.manager)
    assert "Take the answer back" in get(desk, address(case)).links()
    assert take(desk, case, "recall").texts(".wrong") == ["Write why: it stays in the history"]
    done = take(desk, case, "recall", reason="A page is missing.")
    assert saved(desk, done) == "Saved. You can write on."
    assert now(transactions, case).stage is Stage.TALKED
    other = a_case_of_another(transactions, team, Stage.APPROVED)
    head = signed_in(team.head)
    done = take(head, other, "take-approval-back", reason="A name is in it.")
    assert saved(head, done) == "Saved. The answer waits to be checked again."
    assert (
        "Took the approval of the answer back. A name is in it." in get(head, address(other)).text
    )


def a_case_of_another(transactions: Transactions, team: Staff, stage: Stage) -> Case:
    with transactions() as db:
        case = a_talked_case(db, team, stage=stage)
        db.add(Answer(case_id=case.id, parts=WHOLE, written_by=team.manager.id, saved_at=NOW))
        return case


def test_a_delivered_answer_is_changed_and_says_so_to_the_child(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor, clock: SetClock
) -> None:
    case = a_case_of(
        transactions, team, Stage.DELIVERED, method=Method.HERE, delivered_on=NOW.date()
    )
    clock.forward(days=1)
    desk, head = signed_in(team.manager), signed_in(team.head)
    why = "We had the wrong day."
    done = take(desk, case, "change-answer", outcome="We looked again.", why=why)
    assert saved(desk, done) == "Saved. The Head of Practice decides on it next."
    assert "changed our answer" not in way_back(child).text
    open_words(head, case)
    assert "A change of the answer is to be checked" in get(head, address(case)).text
    page = get(head, address(case, "/step/check-change"))
    assert "We looked again." in page.text
    assert "outcome in words." in page.text, "both versions are beside each other"
    assert saved(head, take(head, case, "check-change")).startswith("Saved.")
    assert saved(desk, take(desk, case, "give-change", how="here")).startswith("Saved.")
    assert get(desk, address(case)).texts(".next a") == ["Close the case"]
    page = way_back(child)
    said = "We changed our answer on Tuesday 3 March. This is why: We had the wrong day."
    assert said in page.text
    assert "Your answer came on Monday 2 March." in page.text
    page = get(child, "/back/answer")
    assert said in page.text
    page = submit(child, page, to="/back/answer")
    assert "We looked again." in page.text
    assert "What we wrote before Tuesday 3 March" in page.text
    assert "outcome in words." in page.text, "the first one stays readable"


def test_a_change_is_left_out_with_a_reason(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.DELIVERED, delivered_on=NOW.date())
    desk = signed_in(team.manager)
    same = take(desk, case, "change-answer", why="No reason.")
    assert "That is what the answer says already." in same.texts(".wrong")
    take(desk, case, "change-answer", outcome="We looked again.", why="A slip.")
    done = take(desk, case, "drop-change", reason="It was right.")
    assert saved(desk, done) == "Saved. The answer stays as it is."


def test_a_talk_on_the_wrong_child_is_struck_and_the_child_reads_that(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    desk = signed_in(team.manager)
    take(desk, case, "talk", **TALK)
    page = get(desk, get(desk, address(case)).links()["Put the talk right (Mon 2 Mar 2026)"])
    to = f"{page.path}/strike"
    assert submit(desk, page, to=to).texts(".wrong") == ["Write why: it stays in the history"]
    done = submit(desk, page, to=to, because="It was Sam.")
    assert saved(desk, done) == "Saved. The talk is struck, and the child can read that."
    page = get(desk, address(case))
    assert "Struck the talk on Mon 2 Mar 2026" in page.text
    assert "The answer is no longer due by Mon 30 Mar 2026." in page.text
    assert "Struck" in page.texts(".tag")
    told = way_back(child)
    assert "We wrote that we talked with you on Monday 2 March, but we did not." in told.text
    assert "Your answer by" not in told.text


def test_what_a_talk_said_is_put_right(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    desk = signed_in(team.manager)
    take(desk, case, "talk", **TALK)
    page = get(desk, get(desk, address(case)).links()["Put the talk right (Mon 2 Mar 2026)"])
    right = {"way": "meet", "wants": "An apology.", "reason": "I mixed two notes up."}
    done = submit(desk, page, to=page.path, **right)
    assert saved(desk, done).startswith("Saved.")
    text = get(desk, address(case)).text
    assert "The talk on Mon 2 Mar 2026 was: In person, not: By phone." in text
    assert "Put right what was said in the talk on Mon 2 Mar 2026." in text
    assert "An apology." in text
    assert "To be asked." in text, "what was recorded first stays readable"


def test_an_attempt_is_put_right(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    desk = signed_in(team.manager)
    assert "Put an attempt right" not in get(desk, address(case)).links()
    take(desk, case, "attempt", **TRIED)
    page = get(desk, get(desk, address(case)).links()["Put an attempt right"])
    (number,) = (box["value"] for box in page.soup.select("input[name=number]"))
    wrong = submit(desk, page, to=page.path, number=number, result="came", reason="A slip.")
    assert "Choose what came of it." in wrong.texts(".wrong")[0]
    fields = {"number": str(number), "result": "another_time", "reason": "A slip."}
    assert saved(desk, submit(desk, page, to=page.path, **fields)) == "Saved."
    assert now(transactions, case).contacted_on == NOW.date()
    text = get(desk, address(case)).text
    assert (
        "What was recorded for Mon 2 Mar 2026 is put right: I reached the child, who asked for "
        "another time, not: No answer. A slip."
    ) in text


def test_a_wrong_area_is_mended_after_allocation(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    with transactions() as db:
        an_area(db, "west")
        an_office(db, "westham", area="west")
    head = signed_in(team.head)
    unsaid = take(head, case, "area", place="west")
    assert unsaid.texts(".wrong") == ["Write why it is another area's: it stays in the history"]
    same = take(head, case, "area", place="east", reason="Oops.")
    assert same.texts(".wrong") == ["It is in that area already. Choose another one."]
    done = take(head, case, "area", place="west/westham", reason="They moved.")
    assert saved(head, done) == "Saved. It is with the area now."
    assert now(transactions, case).manager_id is None


def test_the_court_was_not_told_after_all(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor
) -> None:
    told = a_hearing(date(2026, 3, 20), told_complaint_on=NOW.date(), told_doing_on=NOW.date())
    with transactions() as db:
        case = a_talked_case(db, team, ongoing=True, fingerprint=MINE, hearings=[told])
        hearing_id = told.id
    assert "We told the court on Monday 2 March." in way_back(child).text
    desk = signed_in(team.manager)
    page = get(desk, get(desk, address(case, "/court")).links()[NOT_TOLD])
    fields = {"hearing_id": hearing_id, "reason": "I mixed two cases up."}
    assert saved(desk, submit(desk, page, to=page.path, **fields)) == "Saved."
    assert NOT_TOLD not in get(desk, address(case, "/court")).links()
    assert "We have not told the court yet." in way_back(child).text


def test_a_release_asks_first_and_says_for_which_days(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        team = some_staff(db)
        for _ in range(30):
            a_given_case(db, team, received_at=NOW.replace(year=2025, month=6))
    secretary = signed_in(Role.BOARD_SECRETARY)
    page = get(secretary, "/secretary/period/2025-04")
    page = submit(secretary, page, to=page.path)
    assert page.status == 200
    assert "from Tuesday 1 April 2025 to Tuesday 30 September 2025" in page.text
    assert "Nothing has been released yet." in get(secretary, "/secretary/").text
    assert submit(secretary, page, to=page.path, go="release").status == 303
    assert "Nothing has been released yet." not in get(secretary, "/secretary/").text
