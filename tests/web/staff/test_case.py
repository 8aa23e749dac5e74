"""The page of one case, and what opens from it only when somebody says so."""

from datetime import date

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import PassOn
from kids_feedback.domain.people import Role
from kids_feedback.services.case.act import by_child
from kids_feedback.services.child import replies
from kids_feedback.storage.db import Transactions
from tests.make import NOW, a_complaint, a_compliment, a_person
from tests.services.acts import a_childs_act, moment, stop
from tests.web.conftest import SignIn
from tests.web.page import Page, get, post, submit
from tests.web.staff.pages import (
    CANARY,
    PHONE,
    a_case,
    a_given_case,
    a_talked_case,
    address,
    history,
    saved,
    some_staff,
)


def facts(page: Page, css: str = ".facts") -> dict[str, str]:
    """Return a list of facts by their names."""
    names, values = page.texts(f"{css} dt"), page.texts(f"{css} dd")
    return dict(zip(names, values, strict=True))


def test_the_page_says_who_it_is_and_what_comes_next(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, name="Robin")
    page = get(signed_in(staff.manager), address(case))
    assert page.heading == "Robin"
    assert page.texts(".identity p")[0] == (
        "8 to 11 Complaint Contact by: Phone Needs: Easy words and pictures"
    )
    assert page.links(".identity a") == {"Get in touch": address(case, "/contact")}
    assert page.texts("main a.button:not(.quiet), main .button:not(.quiet)") == ["Get in touch"]


def test_two_clocks_before_the_talk(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    standing = " ".join(get(signed_in(staff.manager), address(case)).texts(".standing p"))
    assert "Received today. We promised to contact the child by Tuesday 3 March." in standing
    assert "Due tomorrow" in standing
    assert "Answer clock: not started. It starts when you talk." in standing


def test_the_answer_clock_shows_its_sum(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(db, staff, talk_on=date(2026, 3, 20))
    page = get(signed_in(staff.manager), address(case))
    assert (
        "20 working days from Fri 20 Mar 2026 is Tue 21 Apr 2026 (3 Apr and 6 Apr not counted)."
        in page.text
    )


def test_a_child_who_wants_no_contact_has_no_clock(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, method=Method.NONE, contact=None)
    page = get(signed_in(staff.manager), address(case))
    assert "Answer clock: it can't start" in page.text
    assert "The child wants no contact. Don't ring, write or visit." in page.text
    assert list(page.links(".identity a")) == ["Write the answer"]


def test_the_rules_of_safe_contact_are_there_and_the_number_is_not(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    page = get(signed_in(staff.manager), address(case))
    assert facts(page, ".banner .facts") == {
        "When it is safe to ring": "After school",
        "If somebody else answers": "Just ask for me. Don't say where you're from",
        "May we leave a message or text?": "No",
    }
    assert PHONE not in page.response.text
    assert CANARY not in page.response.text
    assert history(transactions, case) == []


@pytest.mark.parametrize("here", ["", "/words"])
def test_opening_the_words_is_recorded_and_shown(
    signed_in: SignIn, transactions: Transactions, here: str
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    folded = get(client, address(case, here))
    assert CANARY not in folded.response.text
    assert history(transactions, case) == []
    opened = submit(client, folded, to=address(case, "/words"))
    assert opened.status == 200
    assert CANARY in opened.text
    assert "Say sorry" in opened.text
    assert history(transactions, case) == ["opened_words"]
    looks = get(client, address(case)).text
    assert "Opened what the child said. Mon 2 Mar 2026, 09:00 · Max Manager" in looks


def test_words_in_another_language_and_script_keep_their_direction(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        words = {"happened": "لم تسألني", "gone_question": "kept"}
        case = a_given_case(db, staff, language="ar", statement=words)
    client = signed_in(staff.manager)
    page = post(client, address(case, "/words"))
    assert "The child wrote on the pages in Arabic." in page.text
    assert [str(part["dir"]) for part in page.soup.select("dd.words")] == ["auto", "auto"]
    assert "kept" in page.text, "the answer to a question that is no longer asked stays"


def test_what_a_child_sent_twice_is_there_twice(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
        act = by_child(db, case.id, moment(hour=NOW.hour))
        act.take(Step.ADD)
        act.record('{"happened": "And once more.", "name": "Rob"}')
    client = signed_in(staff.manager)
    page = post(client, address(case, "/words"))
    assert "Sent once more on Mon 2 Mar 2026" in page.text
    assert "And once more." in page.text
    assert "The child sent more." in get(client, address(case)).text
    assert "And once more." not in get(client, address(case)).response.text


def test_news_leads_to_the_words_and_what_is_no_words_is_seen_by_a_press(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
        replies.send_more(a_childs_act(db, case.id), "And once more.")
    client = signed_in(staff.manager)
    page = get(client, address(case))
    assert page.links(".banner a")["What the child said"] == address(case, "/words")
    assert "I have seen this" not in page.text, "it is seen when the words are"
    submit(client, get(client, address(case, "/words")), to=address(case, "/words"))
    assert "From the child, to follow up" not in get(client, address(case)).text
    with transactions() as db:
        stop(db, case.id)
    page = get(client, address(case))
    assert "The child asked us to stop" in page.text
    submit(client, page, to=address(case, "/news"))
    assert "I have seen this" not in get(client, address(case)).text


def test_the_number_comes_after_the_rules_were_read(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, helper={"supporter_name": "Ms Hill"})
    client = signed_in(staff.manager)
    page = get(client, address(case, "/contact"))
    assert PHONE not in page.response.text
    assert "It is now 09:00 on Monday 2 March." in page.text
    hasty = submit(client, page, to=address(case, "/contact"))
    assert hasty.status == 422
    assert "Read how to contact the child safely, then tick this." in hasty.text
    assert PHONE not in hasty.response.text
    assert history(transactions, case) == []
    opened = submit(client, page, to=address(case, "/contact"), read="y")
    assert PHONE in opened.text
    assert "Ms Hill" in opened.text
    assert history(transactions, case) == ["opened_contact"]


def test_only_the_address_of_the_safe_channel_is_shown(
    signed_in: SignIn, transactions: Transactions
) -> None:
    details = {"phone": PHONE, "letter_address": "Elm School", "email": "robin@example.org"}
    with transactions() as db:
        staff = some_staff(db)
        contact = {**details, "meet_tell": "letter"}
        case = a_given_case(db, staff, method=Method.MEET, contact=contact)
    client = signed_in(staff.manager)
    page = post(client, address(case, "/contact"), read="y")
    assert "The child wants to meet. Arrange it by: Letter." in page.text
    assert facts(page, "main .prose > .facts") == {"Address": "Elm School"}
    assert PHONE not in page.response.text


def test_safety_is_one_press_away_on_every_page(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    for more in ("", "/words", "/contact", "/court", "/answer", "/step/talk"):
        assert get(client, address(case, more)).form(address(case, "/safety"))
    pressed = submit(client, get(client, address(case)), to=address(case, "/safety"))
    assert "The handover is recorded." in saved(client, pressed)
    assert "ring 999" in get(client, address(case, "/safety")).text
    assert history(transactions, case) == ["handover"]


def test_a_compliment_has_neither_clock_nor_court(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        praise = a_compliment(db, office="eastham", pass_on=PassOn.WITHOUT_NAME, topics=["kind"])
    page = get(signed_in(staff.manager), address(praise))
    assert facts(page)["May the compliment be passed on?"] == "Yes, but without the child's name"
    assert facts(page)["Topics"] == "The way I was spoken to"
    assert "court" not in page.text
    assert "Contact safely" not in page.text


def test_whose_turn_it_is(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        given, written = a_given_case(db, staff), a_talked_case(db, staff, stage=Stage.WRITTEN)
        unread = a_complaint(db, area=None)
    head = signed_in(staff.head)
    assert get(head, address(given)).texts(".next") == ["Waiting for Max Manager: Get in touch"]
    page = get(signed_in(staff.manager), address(written))
    assert page.texts(".next") == ["Waiting for Head of Practice: Approve the answer"]
    desk = signed_in(Role.CUSTOMER_SERVICE)
    assert list(get(desk, address(unread)).links(".identity a")) == ["Route to an area"]


def test_a_case_that_is_not_theirs_is_not_there(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        mine = a_given_case(db, staff, about=[a_person(db, line_manager=staff.manager)])
        west = a_case(db, area="west")
    manager, head = signed_in(staff.manager), signed_in(staff.head)
    for client, case in ((manager, mine), (head, west)):
        get(client, "/staff/queue")  # for its token
        for more in ("", "/words", "/contact", "/court", "/safety", "/answer/preview"):
            page = get(client, address(case, more))
            assert (page.status, page.heading) == (404, "There is nothing here")
        assert post(client, address(case, "/words")).status == 404
    assert history(transactions, mine) == []
