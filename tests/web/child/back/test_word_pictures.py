"""Coming back by pictures, for who cannot spell: docs/procedure.md, paragraph 20b."""

import pytest
from flask import Flask

from kids_feedback.domain.child.secret_words import KIND_OF, KINDS, OLD, fingerprint
from kids_feedback.storage.db import Transactions
from kids_feedback.web.child.back.word_kinds import NAMES
from tests.conftest import SetClock
from tests.make import a_complaint, a_visit
from tests.web.child.back.test_case_status import KEY
from tests.web.conftest import COOKIE
from tests.web.page import Page, Visitor, follow, get, submit
from tests.wording import said

AT = "/back/pictures"
MINE = ("kite", "lamp", "river", "button", "spoon")
FIRST = [str(name) for name in NAMES.values()][:32]
OTHERS = ("spoon", "lamp", "river", "button", "kite")


def press(child: Visitor, **button: str) -> Page:
    return follow(child, submit(child, get(child, AT), to=AT, **button))


def pick(child: Visitor, *words: str) -> Page:
    for word in words:
        press(child, kind=KIND_OF[word])
        press(child, word=word)
    return get(child, AT)


def go(child: Visitor) -> Page:
    return submit(child, get(child, AT), to=AT, go="1")


@pytest.fixture
def case_id(transactions: Transactions) -> str:
    with transactions() as db:
        return a_complaint(db, fingerprint=fingerprint(" ".join(MINE), KEY)).id


@pytest.fixture(params=["words", "pictures"])
def look(request: pytest.FixtureRequest, child: Visitor, transactions: Transactions) -> str:
    with transactions() as db:
        child.set_cookie(COOKIE, a_visit(db, look=request.param))
    return str(request.param)


def test_the_page_for_the_words_leads_there(child: Visitor) -> None:
    page = get(child, "/back")
    assert page.found(f'main a[href="{AT}"]').get_text(strip=True).endswith("Show me pictures")


def test_the_picture_then_the_word_five_times_opens_it(child: Visitor, case_id: str) -> None:
    for number, word in enumerate(MINE, 1):
        page = get(child, AT)
        assert page.heading == f"Word {number} of 5"
        assert len(page.soup.select(".kinds button svg")) == 32
        page = press(child, kind=KIND_OF[word])
        assert page.texts(".kind-words button") == list(KINDS[KIND_OF[word]])
        press(child, word=word)
    page = get(child, AT)
    assert page.heading == "Are these your words?"
    assert page.texts(".slip li") == list(MINE)
    assert go(child).location == "/back/now"
    assert get(child, AT).heading == "Word 1 of 5", "they are forgotten"


def test_nothing_picked_is_in_an_address_or_a_cookie(child: Visitor, case_id: str) -> None:
    kind = submit(child, get(child, AT), to=AT, kind="toys")
    word = submit(child, get(child, AT), to=AT, word="kite")
    for page in (kind, word):
        assert page.location == AT
        assert not {"toys", "kite"} & set(str(page.response.headers).replace("=", " ").split())


def test_back_goes_one_step_at_a_time(child: Visitor) -> None:
    pick(child, "kite", "lamp")
    page = press(child, back="1")
    assert page.heading == "Word 2 of 5"
    assert "lamp" in page.texts(".kind-words button")
    assert press(child, back="1").texts(".kinds button") == FIRST
    assert press(child, more="1").texts(".kinds button") != FIRST
    assert press(child, back="1").texts(".kinds button") == FIRST
    assert "kite" in press(child, back="1").texts(".kind-words button")
    page = press(child, back="1")
    assert page.heading == "Word 1 of 5"
    assert page.found('.way-back a[href="/back"]')
    assert press(child, back="1").heading == "Word 1 of 5"


def test_whoever_starts_again_has_picked_nothing(child: Visitor) -> None:
    pick(child, *MINE[:3])
    page = press(child, again="1")
    assert page.heading == "Word 1 of 5"
    assert not page.soup.select(".found")


@pytest.mark.parametrize(
    "button",
    [
        {"kind": "monsters"},
        {"word": "kite"},
        {"word": "xyzzy"},
        {"go": "1"},
        {},
    ],
)
def test_a_press_that_does_not_fit_changes_nothing(child: Visitor, button: dict[str, str]) -> None:
    pick(child, "lamp")
    page = press(child, **button)
    assert page.heading == "Word 2 of 5"
    assert page.soup.select(".kinds")


def test_a_word_of_another_picture_is_not_taken(child: Visitor) -> None:
    press(child, kind="toys")
    assert press(child, word="lamp").texts(".kind-words button") == list(KINDS["toys"])


def test_no_sixth_word_is_taken(child: Visitor) -> None:
    pick(child, *MINE)
    press(child, kind="toys")
    assert press(child, word="kite").texts(".slip li") == list(MINE)


def test_a_miss_says_so_and_keeps_them_all(child: Visitor, case_id: str) -> None:
    pick(child, *OTHERS)
    page = go(child)
    assert page.status == 422
    assert "These words do not match." in page.found(".summary").get_text()
    assert page.texts(".slip li") == list(OTHERS)
    assert "spoon" in press(child, back="1").text


def test_guesses_count_like_words_that_are_typed(
    child: Visitor, case_id: str, clock: SetClock
) -> None:
    for _ in range(30):
        submit(child, get(child, "/back"), words="apple teapot cloud lemon robin")
    pick(child, *MINE)
    page = go(child)
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "6"
    assert "Try again in a minute" in page.text
    clock.forward(seconds=6)
    assert go(child).location == "/back/now"


def test_misses_by_pictures_hold_up_who_types(child: Visitor, case_id: str) -> None:
    pick(child, *OTHERS)
    assert [go(child).status for _ in range(31)] == [422] * 30 + [429]
    assert submit(child, get(child, "/back"), words=" ".join(MINE)).status == 429


def test_leaving_forgets_what_was_picked(child: Visitor) -> None:
    pick(child, "kite")
    get(child, "/leave")
    assert get(child, AT).heading == "Word 1 of 5"


@pytest.mark.parametrize(
    ("path", "number"), [("/", 1), ("/back", 1), ("/back/lost", 1), ("/look", 3), ("/who-sees", 3)]
)
def test_who_comes_later_finds_nothing_that_was_picked(
    child: Visitor, path: str, number: int
) -> None:
    pick(child, "kite", "lamp")
    get(child, path)
    assert get(child, AT).heading == f"Word {number} of 5"


def test_a_page_that_was_open_too_long_changes_nothing(child: Visitor) -> None:
    page = get(child, AT)
    child.delete_cookie(COOKIE)
    assert submit(child, page, to=AT, kind="toys").status == 400
    assert get(child, AT).soup.select(".kinds")


def test_it_is_short_enough_for_who_reads_little(child: Visitor, look: str) -> None:
    most = {"words": 150, "pictures": 90}[look]
    pages = [get(child, AT), press(child, more="1"), press(child, kind="toys"), pick(child, *MINE)]
    for page in pages:
        shown = said(str(page.soup)).seen
        assert shown.words <= most, page.heading
        assert shown.unusual_share <= 0.05, shown.unusual


def test_every_kind_has_a_picture_and_a_name_of_its_own(child: Visitor) -> None:
    pages = [get(child, AT), press(child, more="1")]
    buttons = [button for page in pages for button in page.soup.select(".kinds button")]
    assert [button["value"] for button in buttons] == list(KINDS)
    assert len({str(button.svg) for button in buttons}) == len(KINDS)
    names = [name for page in pages for name in page.texts(".kinds button")]
    assert len(set(names)) == len(KINDS)
    assert all(name.isalpha() for name in names)


def test_no_picture_of_a_kind_stands_for_something_else_too(app: Flask) -> None:
    files = ("macros/icons.html", "child/words/pictures.html")
    icons, pictures = (app.jinja_env.get_template(file).module for file in files)
    assert not set(icons.shapes.values()) & set(pictures.drawn.values())  # type: ignore[attr-defined]


def test_old_words_are_shown_without_a_picture(app: Flask) -> None:
    with app.test_request_context():
        slip = app.jinja_env.get_template("macros/parts.html").make_module(
            {"shared_device": lambda: None}
        )
        html = str(slip.slip(["abacus", *MINE[:3]], "x.example"))  # type: ignore[attr-defined]
    assert "abacus" in OLD.listed
    assert html.count("<svg") == 3
    assert "from 1 to 4." in html
