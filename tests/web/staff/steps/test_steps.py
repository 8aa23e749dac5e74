"""The small steps, each through its page."""

from datetime import date

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import Kind, PassOn
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
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
    saved,
    some_staff,
    step,
    take,
)

TALK = {
    "talk_on": "2026-03-20",
    "way": "meet",
    "why_way": "They came to our office.",
    "present": "Robin and Ms Hill",
    "wants": "Say sorry.",
    "still_wants": "yes",
    "read_back": "y",
}


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
    page = step(client, case, "allocate")
    assert page.texts(".option") == ["Max Manager"]
    path = address(case, "/step/allocate")
    forced = submit(client, page, to=path, manager=barred.id)
    assert forced.status == 422
    assert now(transactions, case).manager_id is None
    assert saved(client, submit(client, page, to=path, manager=staff.manager.id))
    assert now(transactions, case).manager_id == staff.manager.id
    assert "Allocated to Max Manager." in get(client, address(case)).text


def test_a_try_is_kept_and_starts_no_clock(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    page = take(
        client, case, "attempt", way="phone", result="no_answer", next_attempt_on="2026-02-27"
    )
    assert page.status == 422
    assert page.texts(".wrong")[0].startswith("Choose a date from Mon 2 Mar 2026 to ")
    done = take(
        client,
        case,
        "attempt",
        way="phone",
        result="no_answer",
        next_attempt_on="2026-03-03",
        note="Rang.",
    )
    text = follow(client, done).text
    assert "Contact attempt. By phone: No answer. Next attempt on Tue 3 Mar 2026. Rang." in text
    assert now(transactions, case).talk_on is None


def test_after_the_talk_the_page_shows_the_sum(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    clock.forward(days=18)
    client = signed_in(staff.manager)
    said = saved(client, take(client, case, "talk", **TALK))
    assert said == (
        "Saved. 20 working days from Fri 20 Mar 2026 is Tue 21 Apr 2026"
        " (3 Apr and 6 Apr not counted)."
    )
    page = get(client, address(case))
    assert "The answer clock started: due by Tue 21 Apr 2026." in page.text
    assert "Say sorry." in page.text
    assert now(transactions, case).answer_by == date(2026, 4, 21)


def test_an_empty_talk_says_what_to_do_and_keeps_what_was_typed(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    page = take(signed_in(staff.manager), case, "talk", present="Robin", talk_on="soon")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.texts(".wrong") == [
        "That is not a date. Write it like 20/3/2026 or 20 March 2026.",
        "Choose the method",
        "Enter what the child wants",
        "Choose what the child said",
    ]
    assert page.texts("textarea[name=present]") == ["Robin"]
    assert history(transactions, case) == []


def test_a_talk_in_the_future_is_refused_at_its_field(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    page = take(signed_in(staff.manager), case, "talk", **TALK)
    assert page.status == 422
    assert page.texts(".wrong") == ["Choose a date from Mon 2 Mar 2026 to Mon 2 Mar 2026."]
    assert page.texts("textarea[name=wants]") == ["Say sorry."]


def test_a_talk_that_was_not_read_back_is_kept_and_says_so(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    hasty = {name: value for name, value in TALK.items() if name != "read_back"}
    said = saved(client, take(client, case, "talk", **{**hasty, "talk_on": "2026-03-02"}))
    assert said.endswith("You have not read it back to the child yet.")


def test_what_was_heard_of_stopping_in_a_talk_is_for_the_child_to_confirm(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    talk = {**TALK, "talk_on": "2026-03-02", "still_wants": "no"}
    assert saved(client, take(client, case, "talk", **talk))
    assert now(transactions, case).kind is Kind.COMPLAINT
    page = get(client, address(case))
    assert "Said in a talk that it should stop; not confirmed yet" in page.text
    assert "the child is asked whether that is right" in page.text


def test_a_wrong_day_is_put_right_with_a_reason(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    clock.forward(days=18)
    client = signed_in(staff.manager)
    take(client, case, "talk", **TALK)
    page = get(client, get(client, address(case)).links()["Put the talk right (Fri 20 Mar 2026)"])
    path = page.path
    assert submit(client, page, to=path).texts(".wrong") == [
        "Enter the reason: it stays in the history"
    ]
    said = saved(client, submit(client, page, to=path, talk_on="2026-03-19", reason="A slip."))
    assert said == (
        "Saved. 20 working days from Thu 19 Mar 2026 is Mon 20 Apr 2026"
        " (3 Apr and 6 Apr not counted)."
    )
    text = get(client, address(case)).text
    assert "The talk was on Thu 19 Mar 2026, not on Fri 20 Mar 2026." in text
    assert "The answer is now due by Mon 20 Apr 2026, not by Tue 21 Apr 2026. A slip." in text


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
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(db, staff, stage=Stage.DELIVERED)
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
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
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
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, stage=Stage.DELIVERED)
    typed = {"way": "phone", "result": "no_answer", "note": "Ostrich", "seen": str(case.version)}
    client = signed_in(staff.manager)
    get(client, address(case))
    forced = post(client, address(case, "/step/attempt"), **typed)
    assert forced.status == 409
    assert forced.texts("textarea") == ["Ostrich"]


def test_the_second_of_two_who_act_at_once_keeps_their_text(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    one, other = signed_in(staff.manager), signed_in(staff.manager)
    path = address(case, "/step/attempt")
    first, second = step(one, case, "attempt"), step(other, case, "attempt")
    typed = {"way": "phone", "result": "no_answer", "next_attempt_on": "2026-03-04"}
    assert submit(one, first, to=path, **typed, note="Rang at four.").status == 303
    late = submit(other, second, to=path, **typed, note="Ostrich")
    assert late.status == 409
    assert late.texts("textarea") == ["Ostrich"]
    assert history(transactions, case) == ["log_try"]


def test_a_step_that_is_none_is_not_there(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    assert get(signed_in(staff.manager), address(case, "/step/nonsense")).status == 404
