"""A drawing and its slip: sent once, sealed, and seen by who opened the words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import drawings
from kids_feedback.services.child import slips
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.encryption import Keys, give_keys
from kids_feedback.storage.tables.drawings import Drawing
from tests.conftest import KEYS
from tests.make import NOW, a_complaint, person_of
from tests.services.acts import a_head, an_act, lines
from tests.services.child.test_intake import COMPLAINT, WORDS_KEY, send, the_row

NEWER = b"a newer key that only tests have"
PNG = b"\x89PNG a house and the sun"
DRAWN = replace(COMPLAINT, drawing=PNG)
ON_PAPER = replace(COMPLAINT, paper=True)


def test_a_drawing_is_kept_once_however_often_it_is_sent(db: Session) -> None:
    send(db, DRAWN)
    send(db, DRAWN)
    assert [row.png is not None for row in db.scalars(select(Drawing))] == [True]


def test_the_same_form_with_another_drawing_keeps_both(db: Session) -> None:
    send(db, DRAWN)
    send(db, replace(DRAWN, drawing=PNG + b" and rain"), now=NOW + timedelta(minutes=1))
    assert len(drawings.drawn(db, the_row(db).id)) == 2


def test_a_drawing_that_was_kept_before_there_were_digests_is_known_again(db: Session) -> None:
    send(db, DRAWN)
    db.execute(update(Drawing).values(digest=None))
    db.expire_all()
    send(db, DRAWN)
    assert [row.digest is not None for row in db.scalars(select(Drawing))] == [True]


def test_a_drawing_is_known_again_after_a_newer_key_has_come(db: Session) -> None:
    send(db, DRAWN)
    give_keys(db, Keys({**KEYS.by_number, 2: NEWER}, newest=2))
    send(db, DRAWN)
    assert len(drawings.drawn(db, the_row(db).id)) == 1


def test_two_children_who_draw_the_same_do_not_look_alike(db: Session) -> None:
    for _ in range(2):
        drawings.keep(db, a_complaint(db), PNG)
    assert len(set(db.scalars(select(Drawing.digest)))) == 2


def test_no_drawing_is_loaded_to_learn_which_there_are_or_to_keep_it_once(db: Session) -> None:
    send(db, DRAWN)
    row = the_row(db)
    db.expunge_all()
    loaded: list[Drawing] = []

    def note(drawing: Drawing, _: object) -> None:
        loaded.append(drawing)

    event.listen(Drawing, "load", note)
    try:
        drawings.keep(db, row, PNG)
        (drawing,) = drawings.drawn(db, row.id)
        assert not loaded
        db.get_one(Drawing, drawing)
        assert len(loaded) == 1
    finally:
        event.remove(Drawing, "load", note)


def test_the_database_holds_no_drawing_in_the_clear(db: Session) -> None:
    send(db, DRAWN)
    kept = db.execute(text("SELECT png_sealed FROM drawing")).scalar_one()
    assert b"house" not in bytes(kept)
    assert b"iVBOR" not in bytes(kept)


def test_whoever_opens_the_words_may_see_the_drawing_for_a_while(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_complaint(db)
    drawings.keep(db, row, PNG)
    with pytest.raises(NotFound):
        drawings.look_at(an_act(db, row, head), drawings.drawn(db, row.id)[0])
    words = opened_words.open_statement(an_act(db, row, head))
    assert len(words.drawings) == 1
    assert drawings.look_at(an_act(db, row, head), words.drawings[0]) == PNG
    with pytest.raises(NotFound):
        drawings.look_at(an_act(db, row, head, hour=11), words.drawings[0])
    assert lines(db, row) == [Step.OPEN_STATEMENT]


def test_a_drawing_is_not_there_for_others_nor_under_another_case(db: Session) -> None:
    head, far = person_of(a_head(db)), person_of(a_head(db, "Wes Far", areas=["west"]))
    row, other = a_complaint(db), a_complaint(db)
    drawings.keep(db, row, PNG)
    (drawing,) = drawings.drawn(db, row.id)
    opened_words.open_statement(an_act(db, other, head))
    for case, person in ((row, far), (other, head), (row, head)):
        with pytest.raises(NotFound):
            drawings.look_at(an_act(db, case, person), drawing)


def test_a_paper_drawing_has_a_code_that_a_double_tap_does_not_change(db: Session) -> None:
    shown_before = slips.code_for(db, "k1", words_key=WORDS_KEY)
    receipt = send(db, ON_PAPER)
    assert receipt.slip == shown_before
    assert send(db, ON_PAPER) == receipt
    assert the_row(db).slip == shown_before


def test_who_draws_on_the_page_or_not_at_all_gets_no_code(db: Session) -> None:
    assert send(db, DRAWN).slip is None


def test_a_code_that_is_taken_is_not_drawn_again(db: Session) -> None:
    taken = slips.code_for(db, "k1", words_key=WORDS_KEY)
    a_complaint(db, slip=taken)
    assert send(db, ON_PAPER).slip not in (None, taken)


def test_the_paper_finds_its_case_only_for_who_may_know_of_it(db: Session) -> None:
    head, far = person_of(a_head(db)), person_of(a_head(db, "Wes Far", areas=["west"]))
    row = a_complaint(db, slip="BCDFHJ")
    assert slips.find(db, " bcd-fhj ", head) == row.id
    for typed, person in (("BCDFHJ", far), ("BCDFHK", head), ("", head), ("\0", head)):
        with pytest.raises(NotFound):
            slips.find(db, typed, person)
