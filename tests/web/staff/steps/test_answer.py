"""The written answer: written by one, checked by another, given to the child."""

from datetime import date

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.services.casework.answering import answers
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.make import NOW, a_hearing, person_of
from tests.services.acts import WHOLE, an_act, sent_to
from tests.web.conftest import SignIn
from tests.web.page import get, submit
from tests.web.staff.pages import (
    ANSWER,
    Staff,
    a_talked_case,
    address,
    now,
    saved,
    some_staff,
    staff_with,
    take,
    write,
)


def a_written_case(transactions: Transactions) -> tuple[Staff, Case]:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(db, staff)
        answers.submit(an_act(db, case, person_of(staff.manager)), parts=WHOLE)
        return staff, case


def test_an_answer_goes_from_the_manager_to_the_child(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case, ongoing=False)
    manager, head = signed_in(staff.manager), signed_in(staff.head)
    assert "The Head of Practice decides on it next." in saved(
        manager, write(manager, case, "check", **ANSWER)
    )
    preview = get(head, address(case, "/answer/preview"))
    assert "You told us that nobody asked you." in preview.text
    assert "Approve the answer" not in preview.texts("main button")
    refused = submit(head, preview, to=preview.path, go="approve")
    assert "Open what the child said first" in refused.texts(".summary li")[0]
    submit(head, get(head, address(case, "/words")), to=address(case, "/words"))
    preview = get(head, address(case, "/answer/preview"))
    assert preview.texts(".answer li") == ["to say sorry", "to fix the report"]
    assert preview.texts(".answer strong") == ["You are right."]
    for nothing in ("", "anything"):
        assert submit(head, preview, to=preview.path, go=nothing).status == 422
    assert now(transactions, case).stage is Stage.WRITTEN, "nothing goes out unless it is said"
    passed = submit(head, preview, to=preview.path, go="approve")
    assert "The local manager delivers the answer next." in saved(head, passed)
    given = take(manager, case, "deliver", how="here")
    assert saved(manager, given) == "Saved. The answer is there for the child."
    assert now(transactions, case).stage is Stage.DELIVERED
    text = get(manager, address(case)).text
    assert "Delivered the answer on Mon 2 Mar 2026: Secret words only." in text
    assert "The child got the answer on Mon 2 Mar 2026, in time." in text
    assert saved(manager, take(manager, case, "close")) == "Closed."


def test_the_preview_submits_what_is_saved(signed_in: SignIn, transactions: Transactions) -> None:
    staff, case = staff_with(transactions, a_talked_case, answer_by=date(2026, 3, 30), ongoing=True)
    client = signed_in(staff.manager)
    preview = get(client, address(case, "/answer/preview"))
    assert "Nothing is written yet." in preview.text
    refused = submit(client, preview, to=preview.path, go="check")
    assert len(refused.texts(".summary li")) == 7
    write(client, case, **ANSWER)
    preview = get(client, preview.path)
    once_opened = "shown here once you have opened what the child said"
    assert once_opened not in preview.text, "to who wrote it, it is never shown here"
    assert "The Head of Practice decides" in saved(
        client, submit(client, preview, to=preview.path, go="check")
    )
    head = signed_in(staff.head)
    text = get(head, preview.path).text
    assert "The answer is due by Mon 30 Mar 2026." in text
    assert once_opened in text


def test_the_list_of_the_head_shows_the_day_of_the_answer_never_the_courts(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(
            db,
            staff,
            answer_by=date(2026, 3, 30),
            ongoing=True,
            hearings=[a_hearing(date(2026, 3, 10))],
        )
        answers.submit(an_act(db, case, person_of(staff.manager)), parts=WHOLE)
        assert case.next_due_on is not None
        assert case.next_due_on < date(2026, 3, 30)
    page = get(signed_in(staff.head), "/staff/to-check")
    assert "Mon 30 Mar" in page.texts("tbody td")[0]


def test_the_head_of_practice_sends_it_back_with_a_note(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = a_written_case(transactions)
    head, manager = signed_in(staff.head), signed_in(staff.manager)
    page = get(head, address(case, "/answer/preview"))
    bare = submit(head, page, to=page.path, go="back")
    assert (bare.status, bare.texts(".wrong")) == (422, ["Enter something here first."])
    done = submit(head, page, to=page.path, go="back", note="Too many hard words.")
    assert "The answer is back with the local manager." in saved(head, done)
    assert "Too many hard words." in get(manager, address(case, "/answer")).texts(".banner")[0]
    with transactions.reading() as db:
        assert set(sent_to(db)) == {staff.head.email, staff.manager.email}


def test_nobody_checks_what_they_wrote_themselves(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = a_written_case(transactions)
    with transactions() as db:
        answers.send_back(an_act(db, case, person_of(staff.head)), note="Better")
        writer = person_of(staff.manager)
        as_manager = type(writer)(**{**vars(writer), "id": staff.head.id})
        db.get_one(Case, case.id).manager_id = staff.head.id
        db.flush()
        answers.submit(an_act(db, case, as_manager), parts=WHOLE)
    head = signed_in(staff.head)
    page = get(head, address(case, "/answer/preview"))
    refused = submit(head, page, to=page.path, go="approve")
    assert refused.status == 422
    assert refused.texts(".summary li") == [
        "You wrote some of this answer, so somebody else must approve it."
    ]
    assert now(transactions, case).stage is Stage.WRITTEN


def test_it_is_given_only_in_a_way_that_the_child_called_safe(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(
            db, staff, stage=Stage.APPROVED, method=Method.MEET, contact={"meet_tell": "letter"}
        )
        db.add(Answer(case_id=case.id, parts=WHOLE, written_by=staff.head.id, saved_at=NOW))
    client = signed_in(staff.manager)
    page = get(client, address(case, "/step/deliver"))
    assert page.texts(".option") == [
        "I gave it to the child in person",
        "I posted it",
        "Nothing goes out: it waits behind the secret words",
    ]
    assert submit(client, page, to=page.path, how="email").status == 422
    assert submit(client, page, to=page.path, how="here").status == 303
