"""What comes back to a page of staff: of the one form that was sent, for the case that was seen."""

from datetime import date

import pytest

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Talk
from tests.make import a_hearing
from tests.web.conftest import SignIn
from tests.web.page import Page, get, submit
from tests.web.staff.pages import (
    ANSWER,
    a_given_case,
    a_talked_case,
    address,
    history,
    saved,
    some_staff,
    staff_with,
    step,
    take,
    write,
)
from tests.web.staff.steps.conftest import TRIED

MISTAKES = [  # where the page is, where its form goes, and what is sent
    ("/message", "/message", {"text": " "}),
    ("/step/attempt", "/step/attempt", {"way": "phone"}),
    ("/court", "/court/ongoing", {"note": "Asked."}),
    ("/late", "/late", {"reason": "Ill."}),
    ("/meeting", "/meeting", {"time_1": "soon"}),
    ("/new-words", "/new-words", {"checked": ""}),
]


@pytest.mark.parametrize(("at", "to", "fields"), MISTAKES)
def test_what_comes_back_is_of_the_version_that_was_seen(
    signed_in: SignIn, transactions: Transactions, at: str, to: str, fields: dict[str, str]
) -> None:
    """Of an older one it is said that it moved on: that may be all that is wrong with it."""
    staff, case = staff_with(transactions, a_given_case)
    client, colleague = signed_in(staff.manager), signed_in(staff.manager)
    page = get(client, address(case, at))
    seen = version(page, address(case, to))
    back = submit(client, page, to=address(case, to), **fields)
    assert back.status == 422
    assert version(back, address(case, to)) == seen
    saved(colleague, take(colleague, case, "attempt", **TRIED))
    assert submit(client, back, to=address(case, to), **fields).status == 409
    assert version(get(client, address(case, at)), address(case, to)) != seen


def version(page: Page, to: str) -> str:
    return str(page.found(f"form[action='{to}'] [name=seen]")["value"])


def test_an_edit_conflict_is_found_after_a_mistake(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    client, colleague = signed_in(staff.manager), signed_in(staff.manager)
    page = step(client, case, "attempt")
    back = submit(client, page, to=page.path, way="phone")
    saved(colleague, take(colleague, case, "attempt", **TRIED))
    assert submit(client, back, to=page.path, **TRIED).status == 409


def test_of_several_forms_on_a_page_one_comes_back(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        hearings = [a_hearing(date(2026, 3, 13))]
        case = a_given_case(db, staff, ongoing=True, hearings=hearings)
    client, path = signed_in(staff.manager), address(case, "/court")
    back = submit(client, get(client, path), to=f"{path}/change", reason="A slip.")
    assert back.texts(".summary li") == ["Choose what happened to it"]
    assert back.texts(f"form[action='{path}/change'] textarea") == ["A slip."]
    assert back.soup.select(f"form[action='{path}/ongoing'] input[value=yes][checked]")
    assert back.texts(f"form[action='{path}/ongoing'] textarea") == [""]


def test_nothing_of_it_is_left_once_it_is_put_right(
    signed_in: SignIn, transactions: Transactions
) -> None:
    """It went to another address than that of its page."""
    staff, case = staff_with(transactions, a_given_case)
    client = signed_in(staff.manager)
    submit(client, get(client, address(case)), to=address(case, "/safety"))
    submit(client, get(client, address(case, "/words")), to=address(case, "/words"))
    to = address(case, "/safety/decision")
    sent = {"csrf_token": client.token, "decision": "", "note": "Wagtail"}
    refused = client.post(to, data=sent).location
    back = get(client, refused)
    assert back.texts("textarea[name=note]") == ["Wagtail"]
    assert submit(client, back, to=to, decision="spoken").status == 303
    assert get(client, refused).status == 200


def test_a_mistake_of_the_whole_form_comes_back(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client, path = signed_in(staff.manager), address(case, "/answer/preview")
    back = submit(client, get(client, path), to=path, go="check")
    assert back.status == 422
    assert "Write the part “What the child told us”" in back.texts(".summary li")


def test_saving_in_the_background_keeps_no_mistake(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client, path = signed_in(staff.manager), address(case, "/answer")
    page = get(client, path)
    long = {**ANSWER, "outcome": "x" * 30_000, "csrf_token": page.token}
    assert client.post(path, data={**long, "go": "keep"}).status_code == 422
    with client.session_transaction() as kept:
        assert "refused" not in kept


def test_a_form_comes_back_though_its_step_is_over(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    client = signed_in(staff.manager)
    page = step(client, case, "attempt")
    with transactions() as db:
        db.get_one(Case, case.id).stage = Stage.CLOSED
    assert step(client, case, "attempt").location == address(case)
    back = submit(client, page, to=page.path, way="phone", note="Wagtail")
    assert (back.status, back.texts("textarea[name=note]")) == (422, ["Wagtail"])
    assert submit(client, back, to=page.path, **TRIED).status == 409


def test_whoever_does_not_say_why_they_ring_reads_no_number(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, contact={"phone": "07700 900123", "phone_when": ["evening"]})
    client = signed_in(staff.manager)
    at = address(case, "/contact")
    page = submit(client, get(client, at), to=at, read="y")
    assert "07700 900123" in page.text
    to = address(case, "/contact/now")
    back = submit(client, page, to=to, reason=" ")
    assert "07700 900123" not in back.text
    assert history(transactions, case) == ["opened_contact"]
    assert "07700 900123" in submit(client, back, to=to, reason="Their school asked.").text


@pytest.mark.parametrize("much", [1, 70_000])  # by a redirect, and at once
@pytest.mark.parametrize(
    ("at", "to", "box"),
    [
        ("/court", "/court/ongoing", "note"),
        ("/talk/{talk}", "/talk/{talk}", "present"),
        ("/talk/{talk}", "/talk/{talk}/strike", "because"),
    ],
)
def test_what_was_typed_is_on_the_page_though_its_step_is_over(
    signed_in: SignIn, transactions: Transactions, at: str, to: str, box: str, much: int
) -> None:
    """Also where a page has several forms, each for as long as its step is open."""
    staff, case = staff_with(transactions, a_talked_case)
    with transactions() as db:
        talk = Talk(case_id=case.id, talk_on=date(2026, 3, 2), way="phone")
        talk.recorded_by = staff.manager.id
        db.add(talk)
    client = signed_in(staff.manager)
    page = get(client, address(case, at.format(talk=talk.id)))
    with transactions() as db:
        db.get_one(Case, case.id).stage = Stage.CLOSED
    typed = "Wagtail " + "x" * much + "\0"
    back = submit(client, page, to=address(case, to.format(talk=talk.id)), **{box: typed})
    assert back.status == 422
    assert any("Wagtail" in text for text in back.texts("textarea"))


@pytest.mark.parametrize("much", [1, 70_000])
def test_a_note_on_an_answer_is_not_lost_to_somebody_who_was_first(
    signed_in: SignIn, transactions: Transactions, much: int
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client = signed_in(staff.manager)
    saved(client, write(client, case, "check", **ANSWER))
    head, path = signed_in(staff.head), address(case, "/answer/preview")
    page = get(head, path)
    with transactions() as db:
        db.get_one(Case, case.id).stage = Stage.APPROVED
    back = submit(head, page, to=path, go="back", note="Wagtail " + "x" * much + "\0")
    assert back.status == 422
    assert any("Wagtail" in text for text in back.texts("textarea"))
