"""Reaching the child and talking with them: what is kept, refused, and put right."""

from datetime import date

from kids_feedback.domain.case.submission import Kind
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.web.conftest import SignIn
from tests.web.page import follow, get, submit
from tests.web.staff.pages import TALK, a_given_case, address, history, now, saved, staff_with, take


def test_a_try_is_kept_and_starts_no_clock(signed_in: SignIn, transactions: Transactions) -> None:
    staff, case = staff_with(transactions, a_given_case)
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
    staff, case = staff_with(transactions, a_given_case)
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
    staff, case = staff_with(transactions, a_given_case)
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
    staff, case = staff_with(transactions, a_given_case)
    page = take(signed_in(staff.manager), case, "talk", **TALK)
    assert page.status == 422
    assert page.texts(".wrong") == ["Choose a date from Mon 2 Mar 2026 to Mon 2 Mar 2026."]
    assert page.texts("textarea[name=wants]") == ["Say sorry."]


def test_a_talk_that_was_not_read_back_is_kept_and_says_so(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    client = signed_in(staff.manager)
    hasty = {name: value for name, value in TALK.items() if name != "read_back"}
    said = saved(client, take(client, case, "talk", **{**hasty, "talk_on": "2026-03-02"}))
    assert said.endswith("You have not read it back to the child yet.")


def test_what_was_heard_of_stopping_in_a_talk_is_for_the_child_to_confirm(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    client = signed_in(staff.manager)
    talk = {**TALK, "talk_on": "2026-03-02", "still_wants": "no"}
    assert saved(client, take(client, case, "talk", **talk))
    assert now(transactions, case).kind is Kind.COMPLAINT
    page = get(client, address(case))
    assert "Said in a talk that it should stop; not confirmed yet" in page.text
    assert "the child is asked whether that is right" in page.text
    assert (
        "until then it goes on. It was not the way that the child chose. The answer clock started: "
        "due by Mon 30 Mar 2026. They came to our office."
    ) in page.text


def test_a_wrong_day_is_put_right_with_a_reason(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    staff, case = staff_with(transactions, a_given_case)
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
