"""What a case's pages keep in sight, on both databases."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case.opened import open_case
from kids_feedback.services.reading import contact_rules
from tests.make import a_complaint, a_person, person_of
from tests.services.acts import a_head, an_act, lines, moment

DETAILS = {
    "phone": "07700 900123",
    "phone_when": ["after_school"],
    "phone_time": "after 4",
    "letter_address": "Elm School",
    "letter_where": "school",
    "email": "robin@example.org",
    "email_says": "bare",
    "meet_tell": "letter",
}


def test_the_rules_are_those_of_the_safe_channel_without_the_number(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_complaint(db, method=Method.PHONE, contact=DETAILS)
    safe = contact_rules.safe_contact(an_act(db, row, head))
    assert safe.rules == {"phone_when": ["after_school"], "phone_time": "after 4"}
    row.method = Method.MEET
    safe = contact_rules.safe_contact(an_act(db, row, head))
    assert (safe.method, safe.tell_by) == (Method.MEET, Method.LETTER)
    assert safe.rules == {"letter_where": "school"}
    assert lines(db, row) == [], "the rules are for everybody who has the case"


def test_a_child_who_said_nothing_left_no_rules(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_complaint(db, method=None, contact=None)
    safe = contact_rules.safe_contact(an_act(db, row, head))
    assert (safe.method, safe.tell_by, safe.rules) == (None, Method.HERE, {})


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ({"remedies": ["sorry", "fix"], "happened": "It"}, ("sorry", "fix")),
        ({"remedies": "sorry"}, ("sorry",)),
        ({"happened": "It"}, ()),
        (None, ()),
    ],
)
def test_what_was_ticked_is_at_hand(
    db: Session, words: dict[str, object] | None, wished: tuple[str, ...]
) -> None:
    row = a_complaint(db, statement=words)
    assert contact_rules.requested_remedies(an_act(db, row, person_of(a_head(db)))) == wished


def test_nothing_of_another_case_is_at_hand(db: Session) -> None:
    row = a_complaint(db, area="west")
    head = person_of(a_head(db))
    with pytest.raises(NotFound):
        open_case(db, row.id, head, moment())


def test_people_have_names_and_nobody_has_none(db: Session) -> None:
    ada, bo = a_person(db, "Ada Moss"), a_person(db, "Bo Reed")
    found = contact_rules.names_of(db, [ada.id, bo.id, ada.id, "nobody", "nul\0in-it"])
    assert found == {ada.id: "Ada Moss", bo.id: "Bo Reed"}
    assert contact_rules.names_of(db, []) == {}
