"""The small steps, each through its page; and one that comes too early, twice, or not at all."""

from datetime import date

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import PassOn
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.storage.db import Transactions
from tests.make import a_complaint, a_compliment, a_note, a_person
from tests.services.acts import sent_to
from tests.web.conftest import SignIn
from tests.web.page import follow, get, post, submit
from tests.web.staff.pages import (
    a_case,
    a_given_case,
    a_talked_case,
    address,
    history,
    now,
    open_words,
    saved,
    some_staff,
    staff_with,
    step,
    take,
)


def test_reading_it_tells_a_child_whose_email_is_safe(
    signed_in: SignIn, transactions: Transactions
) -> None:
    by_email = {"email": "robin@example.org", "email_shared": "no", "email_says": "bare"}
    with transactions() as db:
        staff = some_staff(db)
        case = a_case(db, method=Method.EMAIL, contact=by_email)
    client = signed_in(staff.head)
    assert "you have read it" in saved(client, take(client, case, "read"))
    assert now(transactions, case).acknowledged_on == date(2026, 3, 2)
    with transactions.reading() as db:
        assert sent_to(db) == ["robin@example.org"]


def test_customer_service_sends_it_to_an_office_and_loses_sight_of_it(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_complaint(db, area=None)
    client = signed_in(Role.CUSTOMER_SERVICE)
    empty = take(client, case, "area")
    assert (empty.status, empty.texts(".wrong")) == (422, ["Choose an area or an office"])
    done = take(client, case, "area", place="east/eastham")
    assert done.location == "/staff/queue"
    assert "It is with the area now." in saved(client, done)
    assert now(transactions, case).office_code == "eastham"
    assert "Routed to East." in get(signed_in(staff.head), address(case)).text


def test_who_routes_it_where_nobody_may_have_it_stands_in_there(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        a_complaint(db, area="west")
        case = a_complaint(db, area=None)
    page = take(signed_in(Role.CUSTOMER_SERVICE), case, "area", place="west")
    assert page.location == address(case)
    assert now(transactions, case).fallback is Fallback.CUSTOMER_SERVICE


def test_only_managers_without_a_conflict_are_offered(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        barred = a_person(db, "Bea Barred", role=Role.LOCAL_MANAGER)
        case = a_case(db, stage=Stage.ACKNOWLEDGED, about=[barred])
    client = signed_in(staff.head)
    open_words(client, case)
    page = step(client, case, "allocate")
    assert page.texts(".option") == ["Max Manager"]
    path = address(case, "/step/allocate")
    forced = submit(client, page, to=path, manager=barred.id)
    assert forced.status == 422
    assert now(transactions, case).manager_id is None
    assert saved(client, submit(client, page, to=path, manager=staff.manager.id))
    assert now(transactions, case).manager_id == staff.manager.id
    assert "Allocated to Max Manager." in get(client, address(case)).text


@pytest.mark.parametrize(
    ("pass_on", "told", "status"),
    [
        (PassOn.WITH_NAME, "yes", 303),
        (PassOn.NO, "yes", 422),
        (PassOn.NO, "no", 303),
    ],
)
def test_praise_is_passed_on_only_with_the_childs_leave(
    signed_in: SignIn, transactions: Transactions, pass_on: PassOn, told: str, status: int
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        praise = a_compliment(db, office="eastham", pass_on=pass_on)
    page = take(signed_in(staff.manager), praise, "pass-on", told=told)
    assert page.status == status
    if status == 422:
        assert page.texts(".wrong") == ["The child did not agree that they may be told."]


def test_a_case_is_not_closed_before_the_court_knows(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case, stage=Stage.DELIVERED)
    client = signed_in(staff.manager)
    page = take(client, case, "close", note="All done.")
    assert page.status == 422
    assert page.texts(".summary li") == [
        (
            "First find out whether there are ongoing court proceedings, and when the "
            "next hearing is."
        )
    ]
    assert page.texts("textarea") == ["All done."]
    assert page.links(".note a") == {"Go to the court page": address(case, "/court")}
    court = get(client, address(case, "/court"))
    submit(client, court, to=address(case, "/court/ongoing"), ongoing="no")
    assert saved(client, take(client, case, "close", note="All done.")) == "Closed."
    assert now(transactions, case).closed_on == date(2026, 3, 2)


def test_a_note_is_read_and_closed(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        note = a_note(db, stage=Stage.ACKNOWLEDGED, acknowledged_on=date(2026, 3, 2), ongoing=False)
    client = signed_in(staff.head)
    assert saved(client, take(client, note, "close")) == "Closed."


def test_a_skipped_step_is_refused_in_words_and_changes_nothing(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    client = signed_in(staff.manager)
    opened = follow(client, get(client, address(case, "/step/deliver")))
    assert "This step is not open now." in opened.texts("[role=status]")[0]
    version = str(case.version)
    forced = post(client, address(case, "/step/deliver"), how="here", seen=version)
    assert forced.status == 409
    assert "Another step must come first" in forced.text
    assert "The next step is: Get in touch" in forced.text
    assert history(transactions, case) == []


def test_what_comes_too_early_gives_every_text_back_and_no_code(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case, stage=Stage.DELIVERED)
    typed = {"way": "phone", "result": "no_answer", "note": "Ostrich", "seen": str(case.version)}
    client = signed_in(staff.manager)
    get(client, address(case))
    forced = post(client, address(case, "/step/attempt"), **typed)
    assert forced.status == 409
    assert forced.texts("textarea") == ["Ostrich"]


def test_the_second_of_two_who_act_at_once_keeps_their_text(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    one, other = signed_in(staff.manager), signed_in(staff.manager)
    path = address(case, "/step/attempt")
    first, second = step(one, case, "attempt"), step(other, case, "attempt")
    typed = {"way": "phone", "result": "no_answer", "next_attempt_on": "2026-03-04"}
    assert submit(one, first, to=path, **typed, note="Rang at four.").status == 303
    late = submit(other, second, to=path, **typed, note="Ostrich")
    assert late.status == 409
    assert late.texts("textarea") == ["2026-03-04", "Ostrich"]
    assert history(transactions, case) == ["log_try"]


def test_a_step_that_is_none_is_not_there(signed_in: SignIn, transactions: Transactions) -> None:
    staff, case = staff_with(transactions, a_given_case)
    assert get(signed_in(staff.manager), address(case, "/step/nonsense")).status == 404


def test_only_who_has_read_it_says_or_allocates(
    signed_in: SignIn, transactions: Transactions
) -> None:
    """Nothing is typed in the box for a worker, so only the words can name somebody."""
    with transactions() as db:
        staff = some_staff(db)
        case = a_case(db, stage=Stage.ACKNOWLEDGED)
    client = signed_in(staff.head)
    first = "First open what the child said: only who has read it knows whom it names."
    for path, sent in (
        (address(case, "/who"), {"none": "y"}),
        (address(case, "/step/allocate"), {"manager": staff.manager.id}),
    ):
        page = get(client, path)
        assert first in page.text
        assert page.soup.select(f'main a[href="{address(case, "/words")}"]')
        refused = submit(client, page, to=path, **sent)
        assert refused.status == 422
        assert "Open what the child said first" in " ".join(refused.texts(".summary"))
    open_words(client, case)
    page = get(client, address(case, "/step/allocate"))
    assert first not in page.text
    assert saved(client, submit(client, page, to=page.path, manager=staff.manager.id))
