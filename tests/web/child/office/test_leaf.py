"""A leaf for the feedback tree: made, sent once, and gone from the browser."""

import zlib
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.domain.child.leaves import LEAF_LIMIT, LeafState
from kids_feedback.services.feedback_tree.leaves import ON_A_TREE
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.leaves import Leaf
from kids_feedback.storage.tables.visits import Visit
from tests.conftest import SetClock
from tests.make import NOW, a_leaf, a_visit, an_office
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Page, Visitor, follow, get, post, submit

WORDS = "Sam was kind to me 🍁"


def kept(transactions: Transactions) -> list[Leaf]:
    with transactions.reading() as db:
        return list(db.scalars(select(Leaf)))


def words_of(transactions: Transactions) -> list[str | None]:
    with transactions.reading() as db:
        return [leaf.words for leaf in db.scalars(select(Leaf))]


def make(client: Visitor, **given: str) -> Page:
    """Make a leaf and come to where it can go."""
    leaf = {"shape": "maple", "picture": "star", "words": WORDS, **given}
    return follow(client, submit(client, get(client, "/leaf"), to="/leaf", **leaf))


def send(client: Visitor, page: Page, **given: str) -> Page:
    return submit(client, page, to="/leaf/where", **given)


@pytest.mark.parametrize(
    ("where", "state"), [("tree", LeafState.WAITING), ("us", LeafState.PRIVATE)]
)
def test_a_leaf_goes_where_the_child_says(
    child: Visitor, transactions: Transactions, where: str, state: LeafState
) -> None:
    with transactions() as db:
        an_office(db)
    page = make(child)
    assert page.path == "/leaf/where"
    thanks = follow(child, send(child, page, where=where, office="eastham"))
    (leaf,) = kept(transactions)
    assert (leaf.state, leaf.shape, leaf.picture) == (state, "maple", "star")
    assert (leaf.office_code, leaf.left_on) == ("eastham", date(2026, 3, 1))
    assert words_of(transactions) == [WORDS]
    assert WORDS not in thanks.response.text
    assert "/tree/eastham" in thanks.links().values()


def test_neither_place_is_picked_for_the_child(child: Visitor) -> None:
    page = make(child)
    assert page.soup.select("input[type=radio][checked]") == []
    boxes = page.soup.select("label:has(input[name=where])")
    assert len({str(box.get("class")) for box in boxes}) == 1
    again = send(child, page)
    assert again.status == 422
    assert "Pick where your leaf can go" in again.text


@pytest.mark.parametrize("office", ["", "nowhere", "e\0"])
def test_the_office_may_be_left_out(
    child: Visitor, transactions: Transactions, office: str
) -> None:
    send(child, make(child), where="tree", office=office)
    (leaf,) = kept(transactions)
    assert leaf.office_code is None


def test_a_screen_of_an_office_does_not_ask_which(app: Flask, transactions: Transactions) -> None:
    with transactions() as db:
        an_office(db)
        cookie = a_visit(db, office="eastham")
    client = visitor(app)
    client.set_cookie(COOKIE, cookie)
    page = make(client)
    assert not page.soup.select("select")
    send(client, page, where="tree")
    assert kept(transactions)[0].office_code == "eastham"


def test_a_leaf_without_anything_on_it_is_not_sent(child: Visitor) -> None:
    page = submit(child, get(child, "/leaf"), to="/leaf", shape="oak", picture="none")
    assert page.status == 422
    assert "Write a few words, or pick a picture" in page.text


def test_a_leaf_holds_120_letters(child: Visitor) -> None:
    page = submit(child, get(child, "/leaf"), to="/leaf", words="a" * (LEAF_LIMIT + 1))
    assert page.status == 422
    assert make(child, words="🍁" * LEAF_LIMIT).path == "/leaf/where"


def test_one_picture_says_enough(child: Visitor, transactions: Transactions) -> None:
    send(child, make(child, words="", shape=""), where="tree")
    assert [(leaf.shape, leaf.picture) for leaf in kept(transactions)] == [("oak", "star")]


def test_too_many_letters_kept_by_a_look_aside_do_not_go_through(child: Visitor) -> None:
    page = get(child, "/leaf")
    submit(child, page, to="/leaf", words="a" * (LEAF_LIMIT + 1), go="look")
    assert get(child, "/leaf/where").location == "/leaf"


def test_a_double_tap_leaves_one_leaf_and_says_thank_you_twice(
    app: Flask, child: Visitor, transactions: Transactions
) -> None:
    page = make(child)
    cookie = child.get_cookie(COOKIE)
    assert cookie is not None
    first = send(child, page, where="tree")
    impatient = visitor(app)
    impatient.set_cookie(COOKIE, cookie.value)
    second = send(impatient, page, where="tree")
    assert first.location == second.location == "/leaf/thanks"
    assert "Thank you" in follow(impatient, second).heading
    assert len(kept(transactions)) == 1


def test_nothing_of_a_leaf_is_left_after_sending(
    child: Visitor, transactions: Transactions
) -> None:
    before = child.get_cookie(COOKIE)
    page = make(child)
    send(child, page, where="us")
    assert child.get_cookie(COOKIE) != before
    with transactions.reading() as db:
        states = [str(visit.state) for visit in db.scalars(select(Visit))]
    assert states
    assert not any(WORDS in state for state in states)
    assert WORDS not in get(child, "/leaf").response.text
    assert get(child, "/leaf/where").location == "/leaf"
    assert send(child, page, where="tree").location == "/leaf/thanks"
    assert len(kept(transactions)) == 1


def test_a_leaf_dies_by_itself(child: Visitor, clock: SetClock) -> None:
    page = make(child)
    clock.forward(hours=2, minutes=1)
    gone = send(child, page, where="tree")
    assert gone.status == 404
    assert "This page is empty now" in gone.heading
    assert WORDS not in get(child, "/leaf").response.text


def test_words_on_an_old_page_come_back_on_it(child: Visitor, clock: SetClock) -> None:
    submit(child, get(child, "/look"), look="words")  # so that there is a visit, which dies
    page = get(child, "/leaf")
    clock.forward(hours=3)
    again = submit(child, page, to="/leaf", words=WORDS, picture="sun")
    assert again.status == 400
    assert WORDS in again.response.text
    assert submit(child, again, to="/leaf").location == "/leaf/where"


def test_the_first_words_of_all_are_never_too_late(child: Visitor, clock: SetClock) -> None:
    page = get(child, "/leaf")
    clock.forward(hours=30)
    assert submit(child, page, to="/leaf", words=WORDS, picture="sun").location == "/leaf/where"


def test_a_look_aside_keeps_the_leaf(child: Visitor) -> None:
    aside = submit(child, get(child, "/leaf"), to="/leaf", words=WORDS, go="look")
    back = submit(child, follow(child, aside), to="/look", look="pictures")
    assert back.location == "/leaf"
    assert WORDS in follow(child, back).response.text


def test_a_leaf_made_between_two_questions_leads_back_to_them(
    child: Visitor, transactions: Transactions
) -> None:
    get(child, "/p/31")
    post(child, "/p/31", topics=["kind"])
    aside = submit(child, get(child, "/p/32"), happened="She listened.", go="leaf")
    assert aside.location == "/leaf"
    page = make(child)
    thanks = follow(child, send(child, page, where="tree"))
    assert thanks.links()["Go back to what you were telling us"] == "/p/32"
    assert "She listened." in get(child, "/p/32").response.text
    assert "/p/32" in submit(child, get(child, "/leaf"), to="/leaf", go="back").location
    check = follow(child, post(child, "/p/33", pass_on="no"))
    submit(child, check, to="/check")
    with transactions.reading() as db:
        (praise,) = db.scalars(select(Case))
    assert praise.id not in str(vars(kept(transactions)[0]))


def test_who_deletes_it_all_deletes_the_leaf_too(child: Visitor) -> None:
    make(child)
    post(child, "/stop")
    assert WORDS not in get(child, "/leaf").response.text


def test_the_first_page_and_the_thanks_for_praise_lead_to_a_leaf(
    app: Flask, child: Visitor, transactions: Transactions
) -> None:
    assert "/leaf" in get(child, "/").links().values()
    post(child, "/p/31")
    post(child, "/p/32", happened="She listened.")
    check = follow(child, submit(child, get(child, "/p/33"), pass_on="no"))
    sent = submit(child, check, to="/check")
    assert "/leaf" in follow(child, sent).links().values()


def test_a_tree_shows_its_leaves_and_no_date(child: Visitor, transactions: Transactions) -> None:
    with transactions() as db:
        a_leaf(db, words="Sam was kind", shown="… was kind", state=LeafState.SHOWN)
        a_leaf(db, shown=None, words=None, picture="ear", state=LeafState.SHOWN)
        a_leaf(db, words="not yet")
        a_leaf(db, words="not there", public=False, state=LeafState.PRIVATE)
    page = get(child, "/tree/eastham")
    assert len(page.texts("main li")) == 2
    assert "… was kind" in page.text
    assert "Ear" in page.text
    for hidden in ("Sam", "not yet", "not there", "2026", "March"):
        assert hidden not in page.response.text
    assert page.soup.select("script") == []
    assert NOW.strftime("%A") not in page.text


def test_a_tree_is_drawn_with_as_many_leaves_as_it_has(
    child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        for shape in ("oak", "maple", "maple"):
            a_leaf(db, shape=shape, state=LeafState.SHOWN)
    page = get(child, "/tree/eastham")
    hanging = [use["href"] for use in page.soup.select(".tree use[transform]")]
    assert sorted(hanging) == ["#tree-maple", "#tree-maple", "#tree-oak"]
    assert len(page.soup.select(".said li svg.leaf")) == 3
    assert page.links()["Make a leaf"] == "/leaf"


def test_a_full_tree_is_light_to_send(child: Visitor, transactions: Transactions) -> None:
    with transactions() as db:
        for _ in range(ON_A_TREE):
            a_leaf(db, shape="maple", state=LeafState.SHOWN)
    drawn = get(child, "/tree/eastham").soup.select_one("svg.tree")
    assert drawn is not None
    assert len(drawn.select("use[transform]")) == ON_A_TREE
    assert len(zlib.compress(str(drawn).encode())) <= 2_000


def test_the_leaf_so_far_shows_without_a_script(child: Visitor) -> None:
    page = get(child, "/leaf")
    assert page.soup.select_one(".made .made-oak.kept") is not None, "until another is picked"
    shown = submit(child, page, to="/leaf", shape="heart", picture="star", words=WORDS, go="show")
    assert shown.location == "/leaf#made"
    page = get(child, "/leaf")
    kept = [" ".join(part["class"]) for part in page.soup.select(".made .kept")]
    assert kept == ["pick made-heart kept", "pick made-star kept"]
    assert page.found(".made [data-words]").get_text() == WORDS


@pytest.mark.parametrize(("where", "trees"), [("tree", 1), ("us", 0)])
def test_the_thanks_show_the_leaf_and_where_it_may_hang(
    child: Visitor, transactions: Transactions, where: str, trees: int
) -> None:
    with transactions() as db:
        an_office(db)
    thanks = follow(child, send(child, make(child, shape="heart"), where=where, office="eastham"))
    assert len(thanks.soup.select(".hangs svg.leaf")) == 1
    assert len(thanks.soup.select(".hangs svg.tree use.next")) == trees
    assert ("It is for the tree in Eastham." in thanks.text) == bool(trees)


def test_an_office_without_leaves_has_a_bare_tree(
    child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        an_office(db)
    bare = get(child, "/tree/eastham")
    assert "no leaves on this tree yet" in bare.text
    assert bare.links()["Be the first leaf"] == "/leaf"
    assert [use["class"] for use in bare.soup.select(".tree use[transform]")] == [["next"]]
    assert get(child, "/tree/nowhere").status == 404
