"""The doors beside the complaint, one after the other: on a phone, in two languages, both looks."""

from collections import Counter

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kids_feedback.domain.case.submission import Kind
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.drawings import Drawing
from kids_feedback.storage.tables.leaves import Leaf, OfficeDay
from tests.e2e import ways
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Before, Check, Done, Start
from tests.e2e.pages.drawing import Draw
from tests.e2e.pages.leaf import LeafPage
from tests.make import an_office


def says_how_it_feels(start: Start) -> Done:
    start.press(start.link("/first/3"))
    more = Before(start.page).go_on().on(feelings=["sad", "mixed_up"]).on(reasons=["worker"])
    draw = Draw.beside(more)
    fold = draw.main.locator("details").first
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    draw.main.locator("[name=picture_stickers][value=sad]").check()
    draw.go_on().answer(talk="no")
    return Check(start.page).send()


def praises_and_draws_on_paper(start: Start) -> Done:
    said = start.something_was_good().go_on().on(topics=["kind"])
    sheet = Draw.beside(said.fill_in(happened="Look at my drawing.")).on_paper()
    letters = sheet.letters
    sheet.go_on().answer(pass_on="no")
    done = Check(start.page).send()
    expect(done.main).to_contain_text(letters)
    return done


def leaves_a_leaf(start: Start) -> None:
    leaf = LeafPage.open(start.page).make(picture="sun", words="They were kind to me")
    thanks = leaf.send("tree", office="eastham")
    thanks.how_was_the_office().tap(friendly="yes", greeted="a_bit", on_time="no")


@pytest.mark.long
@pytest.mark.parametrize(("javascript", "look", "language"), ways.to("other doors"))
def test_a_child_goes_through_every_other_door(
    open_page: OpenPage,
    transactions: Transactions,
    javascript: bool,  # noqa: FBT001 - a fixture's name
    look: str,
    language: str,
) -> None:
    with transactions() as db:
        an_office(db)
    page = open_page(java_script_enabled=javascript)
    words = " ".join(says_how_it_feels(Start.open_in(page, language, look)).words)
    praises_and_draws_on_paper(Start.open_in(page, language, look))
    leaves_a_leaf(Start.open_in(page, language, look))

    now = Start.open_in(page, language, look).been_here_before().enter(words)
    assert now.direction == ("rtl" if language == "ar" else "ltr")
    now.press(now.link("/back/more"))
    page.get_by_role("main").get_by_role("textbox").fill("One more thing.")
    now.press(page.get_by_role("main").locator("form").get_by_role("button").first)

    with transactions.reading() as db:
        rows = db.scalars(select(Case)).all()
        kinds = Counter(row.kind for row in rows)
        assert kinds == {Kind.FEELINGS: 1, Kind.COMPLIMENT: 1}
        assert len(db.scalars(select(Drawing)).all()) == 1
        assert len(db.scalars(select(Leaf)).all()) == 1
        assert len(db.scalars(select(OfficeDay)).all()) == 1
