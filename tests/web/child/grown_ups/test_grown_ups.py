"""A grown-up who finds the children's site is told the way for grown-ups."""

import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from flask import Flask

from kids_feedback.config import Settings, reference_from
from kids_feedback.domain.grown_ups import GrownUps
from kids_feedback.domain.people import FEWEST_NAMED
from kids_feedback.storage.db import Transactions
from tests.conftest import REFERENCE, SetClock
from tests.make import a_kiosk
from tests.named import DOCS
from tests.web.child.grown_ups.said import SAID
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, get, submit
from tests.wording import said

REACHED = GrownUps(
    phone="0116 496 0111",
    email="grown.ups@cafcass.example",
    post="1 High Street, Eastham",
    months=7,
    answer=21,
    before_hearing=4,
)
NEITHER = replace(REACHED, phone="", email="", post="")
PICTURES_GATE = 90  # words that stand there at once; the rest waits in folds


@pytest.fixture
def facts() -> GrownUps:
    return REACHED


@pytest.fixture
def settings(settings: Settings, facts: GrownUps) -> Settings:
    return replace(settings, reference=replace(settings.reference, grown_ups=facts))


def in_look(child: Visitor, look: str) -> None:
    submit(child, get(child, "/look"), to="/look", look=look)


def in_language(child: Visitor, language: str) -> None:
    submit(child, get(child, "/language"), to="/language", language=language)


def way_there(page: Page) -> str | None:
    link = page.soup.select_one("main small a[href='/grown-ups']")
    return link.get_text() if link else None


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_each_look_says_who_how_and_by_when_with_the_numbers_of_the_settings(
    child: Visitor, look: str
) -> None:
    in_look(child, look)
    page = get(child, "/grown-ups")
    assert (page.heading, page.title) == ("For grown-ups", "For grown-ups · Have your say")
    numbers = {
        "months": REACHED.months,
        "answer": REACHED.answer,
        "before": REACHED.before_hearing,
    }
    for sentence in SAID:
        assert sentence % numbers in page.text, sentence


def test_each_thing_that_it_says_has_its_source_in_the_procedure() -> None:
    kept = re.findall(
        r"^3[a-z]\. (.*?)(?=^\d)", (DOCS / "procedure.md").read_text(), re.DOTALL | re.MULTILINE
    )
    cited = " ".join(re.findall(r"\((S\d.*?)\)\n", "\n".join(kept), re.DOTALL)).replace("\n", " ")
    for sentence, source in SAID.items():
        assert source in " ".join(cited.split()), f"{sentence}: {source}"


def test_whoever_is_set_can_be_rung_written_to_and_mailed(child: Visitor) -> None:
    links = get(child, "/grown-ups").links()
    assert links[REACHED.phone] == "tel:01164960111"
    assert links[REACHED.email] == f"mailto:{REACHED.email}"
    assert f"Letter: {REACHED.post}" in get(child, "/grown-ups").text


@pytest.mark.parametrize("look", ["words", "pictures"])
@pytest.mark.parametrize("facts", [NEITHER])
def test_what_is_not_set_is_not_shown(child: Visitor, look: str) -> None:
    in_look(child, look)
    page = get(child, "/grown-ups")
    assert not page.soup.select("main [href^='tel:'], main [href^='mailto:']")
    assert "Phone:" not in page.text
    assert "Email" not in page.text
    assert "Letter:" not in page.text
    assert "You can also tell anyone who works at Cafcass." in page.text


def test_a_shared_screen_opens_no_mail_of_its_own(
    app: Flask, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        token = a_kiosk(db, clock())
    kiosk = visitor(app)
    kiosk.set_cookie("__Host-screen", token)
    page = get(kiosk, "/grown-ups")
    assert REACHED.email in page.text
    assert not page.soup.select("main [href^='tel:'], main [href^='mailto:']")
    assert way_there(get(kiosk, "/"))


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_the_first_page_leads_there_in_every_language(
    child: Visitor, settings: Settings, look: str
) -> None:
    in_look(child, look)
    called = set()
    for language in settings.languages:
        in_language(child, language)
        called.add(way_there(get(child, "/")))
        page = get(child, "/grown-ups")
        assert page.soup.select(f"html[lang={language}]")
        assert REACHED.phone in page.text
    assert None not in called
    assert len(called) == len(settings.languages)


class TestBeforeItIsOpen:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, named_first=FEWEST_NAMED)

    def test_a_grown_up_finds_the_way_all_the_same(self, child: Visitor) -> None:
        page = get(child, "/")
        assert page.heading == "This page is not open yet"
        assert way_there(page) == "Are you a grown-up?"


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_both_doors_come_first_and_lead_a_child_to_the_childrens_pages(
    child: Visitor, look: str
) -> None:
    """A child stays on the child's route whatever it is about. Ruling R36."""
    in_look(child, look)
    page = get(child, "/grown-ups")
    assert page.texts("main h2, main .fold > summary")[:2] == [
        "Angry about how a child was treated?",
        "Are you 16 or 17, and a parent?",
    ]
    assert page.links()["Go to the pages for children"] == "/"
    if look == "words":
        assert page.links()["You can complain yourself, too: see below."] == "#complain"
        assert page.found("#complain").get_text() == "Who can complain, and until when"
        assert "You are under 18, so you can always use the pages for children." in page.text
    assert page.soup.select(".help [href='tel:999']")


def test_in_pictures_little_stands_there_at_once(child: Visitor) -> None:
    in_look(child, "pictures")
    page = said(get(child, "/grown-ups").response.text)
    assert page.seen.words <= PICTURES_GATE


def test_a_mistyped_address_stops_the_start() -> None:
    with pytest.raises(ValueError, match="bare e-mail address"):
        GrownUps(**{**asdict(REACHED), "email": "nobody"})


def test_a_file_of_facts_without_them_is_read_and_one_with_others_is_not(tmp_path: Path) -> None:
    text = REFERENCE.read_text()
    table = re.search(r"^\[grown_ups\].*?(?=^\[)", text, re.DOTALL | re.MULTILINE)
    assert table is not None
    file = tmp_path / "facts.toml"
    file.write_text(text.replace(table[0], ""))
    assert reference_from(file).grown_ups == GrownUps()
    file.write_text(text.replace(table[0], '[grown_ups]\nfax = "1"\n'))
    with pytest.raises(TypeError, match="fax"):
        reference_from(file)


def test_the_facts_that_are_shipped_name_every_way() -> None:
    shipped = reference_from(REFERENCE).grown_ups
    assert shipped.phone
    assert shipped.email
    assert shipped.post
