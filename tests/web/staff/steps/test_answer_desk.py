"""The desk at which an answer is written: nothing typed there is lost."""

from datetime import date

import pytest

from kids_feedback.domain.case.answer import to_keep
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.services.casework.answering import answers
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import person_of
from tests.services.acts import an_act
from tests.web.conftest import SignIn
from tests.web.page import follow, get, submit
from tests.web.staff.pages import (
    ANSWER,
    a_given_case,
    a_talked_case,
    address,
    history,
    saved,
    some_staff,
    staff_with,
    write,
)


def test_what_the_child_asked_for_stands_beside_the_answer(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    page = get(signed_in(staff.manager), address(case, "/answer"))
    assert page.texts(".beside ul")[0] == "Say sorry Fix a mistake about me"
    assert history(transactions, case) == []


def test_a_draft_is_kept_and_opens_as_it_was_typed(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case)
    client = signed_in(staff.manager)
    page = follow(client, write(client, case, wants=ANSWER["wants"], outcome=ANSWER["outcome"]))
    assert "Only staff see it" in page.texts("[role=status]")[0]
    assert [box.get_text() for box in page.soup.select("#wants")] == [f"\n{ANSWER['wants']}"]
    assert page.texts("#outcome") == [ANSWER["outcome"]]
    assert "You can submit it for approval once the talk is logged." in page.text
    assert "Submit for approval" not in page.texts("main button")
    preview = write(client, case, "preview")
    assert preview.location == address(case, "/answer/preview")


def test_the_desk_keeps_what_is_typed_by_itself_and_says_when(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client = signed_in(staff.manager)
    page = get(client, address(case, "/answer"))
    seen: dict[str, str] = {}
    for typed in ("One.", "One. Two.", "One. Two. Three."):
        kept = submit(client, page, to=page.path, go="keep", outcome=typed, **seen)
        assert kept.status == 200
        said = kept.response.get_json()
        seen = {"seen": str(said["seen"])}
        assert said["said"] == "Saved 09:00"
    assert get(client, page.path).texts("#outcome") == ["One. Two. Three."]
    assert history(transactions, case) == ["write"], "one line a day for one person who writes"
    assert submit(client, page, to=page.path, go="keep", outcome="Older").status == 409


def test_every_way_from_the_desk_saves_first(signed_in: SignIn, transactions: Transactions) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client = signed_in(staff.manager)
    page = get(client, address(case, "/answer"))
    assert not page.soup.select("a[href]:not([href^='#'])")
    ways = [str(button["value"]) for button in page.soup.select("button[form=desk][name=go]")]
    assert address(case) in ways
    assert address(case, "/contact") in ways
    for count, way in enumerate(way for way in ways if way.startswith("/")):
        page = get(client, address(case, "/answer"))
        gone = submit(client, page, to=page.path, go=way, outcome=f"Typed {count}.")
        assert (gone.status, gone.location) == (303, way)
        assert get(client, page.path).texts("#outcome") == [f"Typed {count}."]
    for elsewhere in ("//example.org", "https://example.org/", "/nowhere", "example"):
        gone = submit(client, get(client, page.path), to=page.path, go=elsewhere)
        assert gone.location == page.path


def test_the_childs_words_are_at_hand_for_who_has_opened_them(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        words = {"happened": "Ostrich.", "remedies": ["sorry"], "better": "Say it to my face."}
        case = a_talked_case(db, staff, statement=words, answer_by=date(2026, 3, 30))
    client = signed_in(staff.manager)
    page = get(client, address(case, "/answer"))
    assert "Ostrich" not in page.text
    assert "Say it to my face" not in page.text
    assert "The answer is due by Mon 30 Mar 2026." in page.text
    assert history(transactions, case) == []
    opened = submit(client, page, to=page.path, go="words", outcome="Kept.")
    assert opened.texts("#outcome") == ["Kept."]
    clock.forward(minutes=1)  # a look at the same moment is the same look
    for shown in (opened, get(client, page.path)):
        assert "Ostrich." in shown.text
        assert "Say it to my face." in shown.texts(".beside section")[0]
    assert history(transactions, case) == ["write", "opened_words", "opened_words"]


def test_a_part_that_says_nothing_stops_the_answer(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client = signed_in(staff.manager)
    page = write(client, case, "check", **{**ANSWER, "explanation": " \n ", "steps_to_come": ""})
    assert page.status == 422
    assert page.texts(".wrong") == page.texts(".summary li")
    assert page.texts(".wrong") == [
        "Write the part “Why we think so”",
        "Write the part “What we will do, and by when”, or why nothing more",
    ]
    assert page.texts("#understanding") == [ANSWER["understanding"]]
    assert history(transactions, case) == []
    rest = {**ANSWER, "steps_to_come": "", "none_because": "It is all done."}
    assert saved(client, write(client, case, "check", **rest))


def test_an_answer_says_what_we_are_sorry_for_or_the_head_reads_why_not(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client = signed_in(staff.manager)
    silent = {**ANSWER, "sorry": ""}
    page = write(client, case, "check", **silent)
    assert page.texts(".wrong") == [
        "Write the part “What we are sorry for”, or why there is nothing"
    ]
    assert page.texts("form label")[0].startswith("What we are sorry for")
    said = {**silent, "not_sorry_because": "All was as agreed."}
    assert saved(client, write(client, case, "check", **said))
    check = get(signed_in(staff.head), address(case, "/answer/preview"))
    assert "Nothing to be sorry for (the child does not read this) All was as agreed." in check.text
    assert "What we are sorry for" not in check.texts(".answer h2")


def test_markup_in_an_answer_reaches_nobody(signed_in: SignIn, transactions: Transactions) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    client = signed_in(staff.manager)
    write(client, case, understanding="<script>alert(1)</script><b onclick=x>b</b>")
    page = get(client, address(case, "/answer/preview"))
    assert not page.soup.select("main script, main b, [onclick]")
    assert "<script>alert(1)</script>" in page.text


def test_of_two_who_save_at_once_the_second_sees_both_texts(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    one, other = signed_in(staff.manager), signed_in(staff.manager)
    path = address(case, "/answer")
    first, second = get(one, path), get(other, path)
    same = {"wants": "The same."}
    assert submit(one, first, to=path, **same, outcome="Mine was **first**.").status == 303
    both = submit(other, second, to=path, **same, outcome="Mine was second.")
    assert both.status == 409
    assert both.texts(".both .answer p") == ["Mine was first ."]
    assert both.texts(".both textarea") == ["Mine was second."]
    assert both.texts("#wants") == ["The same."]
    with transactions.reading() as db:
        kept = answers.read(an_act(db, case, person_of(staff.manager)))
    assert kept.parts["outcome"] == to_keep("Mine was **first**.")
    merged = submit(other, both, to=path, outcome="First and second.")
    assert merged.status == 303
    assert "First and second." in get(one, address(case, "/answer/preview")).text


def test_a_text_that_comes_after_the_answer_was_sent_is_not_lost(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_talked_case)
    one, other = signed_in(staff.manager), signed_in(staff.manager)
    path = address(case, "/answer")
    late = get(other, path)
    write(one, case, "check", **ANSWER)
    both = submit(other, late, to=path, outcome="One more thing.")
    assert both.status == 409
    assert "The answer can't be changed any more" in both.text
    again = submit(other, both, to=path)
    assert again.status == 409
    assert "One more thing." in again.texts("textarea")


@pytest.mark.parametrize("stage", [Stage.WRITTEN, Stage.APPROVED, Stage.DELIVERED])
def test_an_answer_that_is_on_its_way_is_not_written_on(
    signed_in: SignIn, transactions: Transactions, stage: Stage
) -> None:
    staff, case = staff_with(transactions, a_talked_case, stage=stage)
    page = get(signed_in(staff.manager), address(case, "/answer"))
    assert page.location == address(case)
