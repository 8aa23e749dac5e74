"""The queue, as staff see it."""

from datetime import UTC, date, datetime

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import AgeBand, PassOn
from kids_feedback.domain.people import Role
from kids_feedback.services.reading import queue
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Answer
from tests.conftest import SetClock
from tests.make import NOW, a_complaint, a_compliment, a_hearing, a_note, a_person
from tests.web.conftest import SignIn
from tests.web.page import Page, get
from tests.web.staff.pages import a_case, a_given_case, a_talked_case, some_staff

FRIDAY = datetime(2026, 2, 27, 9, tzinfo=UTC)


def names(page: Page) -> list[str]:
    return page.texts(".queue th[scope=row] a")


def row_of(page: Page, name: str) -> list[str]:
    """Return the cells of a child's row."""
    (row,) = [row for row in page.soup.select(".queue tbody tr") if name in row.get_text()]
    return [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]


def test_a_row_says_what_a_manager_needs_to_choose(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        a_given_case(db, staff, name="Robin", needs=["easy_words", "nothing"])
    page = get(signed_in(staff.manager), "/staff/queue")
    assert row_of(page, "Robin") == [
        "Robin 8 to 11",
        "Get in touch",
        "Tue 3 Mar Due tomorrow",
        "Complaint Received Mon 2 Mar",
        "Phone",
        "Easy words and pictures",
        "Max Manager",
    ]


def test_what_breaks_next_comes_first(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        a_complaint(db, name="In time")
        a_complaint(db, name="Overdue", received_at=FRIDAY)
        a_complaint(db, name="Scared", read_today=True)
        hearing = {"hearings": [a_hearing(date(2026, 3, 12))], "ongoing": True}
        a_talked_case(db, staff, name="In court", **hearing)
    clock.forward(days=1)
    page = get(signed_in(staff.head), "/staff/queue")
    assert names(page) == ["Scared", "Overdue", "In court", "In time"]
    assert page.texts(".summary-line") == [
        "1 child may not be safe: decide today. 1 is overdue. The court must soon be told about 1."
    ]
    assert "Mon 2 Mar 1 working day overdue" in row_of(page, "Overdue")
    scared = row_of(page, "Scared")
    assert scared[1] == "Not safe: read it and decide Then: Acknowledge it"
    assert scared[2] == "Tue 3 Mar Due today", "the only day in the row"
    assert " ".join(scared).count("Not safe") == 1
    assert "Tue 3 Mar Due today" in row_of(page, "In time")


def test_the_court_is_the_next_step_where_it_comes_first(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        a_talked_case(db, staff, name="Robin", hearings=[a_hearing(date(2026, 3, 9))], ongoing=True)
    cells = row_of(get(signed_in(staff.manager), "/staff/queue"), "Robin")
    assert cells[1:3] == [
        "Tell the court Then: Write the answer",
        "Fri 6 Mar Due in 4 working days",
    ]


def test_each_list_says_how_many_wait_in_it(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        a_complaint(db, name="Robin")
        a_note(db, name="Jo")
        a_compliment(db, name="Lily", pass_on=PassOn.NO)
    client = signed_in(staff.head)
    page = get(client, "/staff/queue")
    assert page.texts(".subnav a") == [
        "All cases (3)",
        "Complaints (1)",
        "Notes (1)",
        "Compliments (1)",
        "Answers to approve",
    ]
    assert names(get(client, page.links(".subnav a")["Complaints (1)"])) == ["Robin"]
    assert names(get(client, page.links(".subnav a")["Notes (1)"])) == ["Jo"]
    praise = get(client, page.links(".subnav a")["Compliments (1)"])
    assert row_of(praise, "Lily") == [
        "Lily 12 to 14",
        "Received Mon 2 Mar",
        "Thu 5 Mar Due in 3 working days",
        "No",
        "Not allocated yet",
    ]


def test_nothing_that_waits_is_said_in_words(signed_in: SignIn) -> None:
    client = signed_in(Role.HEAD_OF_PRACTICE)
    assert "Your queue is empty" in get(client, "/staff/queue").text
    assert "There are no compliments to pass on" in get(client, "/staff/praise").text
    assert "no answers for you to approve" in get(client, "/staff/to-check").text


def test_a_long_queue_has_pages(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        for number in range(queue.PAGE + 1):
            a_complaint(db, name=f"Child {number}")
    client = signed_in(staff.head)
    first = get(client, "/staff/queue?show=answer")
    assert len(names(first)) == queue.PAGE
    second = get(client, first.links()["Later"])
    assert len(names(second)) == 1
    assert second.links()["Earlier"] == "/staff/queue?page=1&show=answer"
    for nonsense in ("0", "-1", "x", "٣", "1e3"):
        assert get(client, f"/staff/queue?page={nonsense}").status == 404


def test_customer_service_sees_what_has_no_area(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        a_complaint(db, name="Lost", area=None)
        a_complaint(db, name="Found")
    page = get(signed_in(Role.CUSTOMER_SERVICE), "/staff/queue")
    assert names(page) == ["Lost"]
    assert row_of(page, "Lost")[1] == "Route to an area"
    assert "Answers to approve" not in page.text


def test_a_head_of_practice_finds_the_answers_to_check(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(db, staff, name="Robin", stage=Stage.WRITTEN)
        db.add(Answer(case_id=case.id, parts={}, written_by=staff.manager.id, saved_at=NOW))
    page = get(signed_in(staff.head), "/staff/to-check")
    assert row_of(page, "Robin") == [
        "Robin 8 to 11",
        "Mon 30 Mar Due in 20 working days",
        "Max Manager",
    ]


def test_whom_it_is_about_has_no_row_and_no_count(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        a_given_case(db, staff, name="Robin", about=[staff.manager])
        a_case(db, name="Sam", about=[a_person(db, line_manager=staff.head)])
    for person in (staff.manager, staff.head):
        page = get(signed_in(person), "/staff/queue")
        assert "Sam" not in page.text
        if person is staff.manager:
            assert names(page) == []
            assert page.texts(".subnav a")[0] == "All cases (0)"


def test_a_child_without_name_age_or_way_has_a_row(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        a_complaint(db, name=None, age_band=AgeBand.NOT_SAID, method=None, language="ar")
        a_complaint(db, name="<b>Bo</b>", method=Method.NONE)
    page = get(signed_in(staff.head), "/staff/queue")
    cells = row_of(page, "No name given")
    assert (cells[0], cells[4]) == ("No name given Age not said", "Not said")
    assert cells[5] == "None given Language: Arabic"
    assert row_of(page, "<b>Bo</b>")[4] == "No contact wanted"


def test_a_child_is_nowhere_in_an_address_or_a_title(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, name="Robin")
    client = signed_in(staff.manager)
    for path in ("/staff/queue", f"/staff/case/{case.id}", f"/staff/case/{case.id}/words"):
        page = get(client, path)
        assert "Robin" not in page.title
        assert not [link for link in page.links("a[href]").values() if "Robin" in link]
