"""How a child is reached: by the way they chose, and never by one that they left."""

import pytest

from kids_feedback.domain.case.contact import (
    Method,
    is_only_here,
    lacks,
    may_name_ourselves,
    method_to_tell,
    safe_email,
)

ROBIN = "robin@example.org"


@pytest.mark.parametrize("method", sorted(set(Method) - {Method.MEET}))
def test_the_way_they_chose_is_the_way_they_hear(method: Method) -> None:
    assert method_to_tell(method, {"meet_tell": "email"}) is method


def test_where_nothing_was_chosen_nothing_is_sent() -> None:
    assert method_to_tell(None, {}) is Method.HERE


@pytest.mark.parametrize(
    ("chosen", "told_by"),
    [("phone", Method.PHONE), ("here", Method.HERE), ("", Method.HERE), (["email"], Method.HERE)],
)
def test_of_a_meeting_they_hear_as_they_chose_for_it(
    chosen: str | list[str], told_by: Method
) -> None:
    assert method_to_tell(Method.MEET, {"meet_tell": chosen}) is told_by
    assert method_to_tell(Method.MEET, {}) is Method.HERE


def test_we_write_to_whoever_chose_email() -> None:
    assert safe_email(Method.EMAIL, {"email": ROBIN}) == ROBIN
    assert safe_email(Method.MEET, {"meet_tell": "email", "email": ROBIN}) == ROBIN


@pytest.mark.parametrize("method", [None, *sorted(set(Method) - {Method.EMAIL})])
def test_an_address_on_a_page_that_was_left_is_no_consent(method: Method | None) -> None:
    assert safe_email(method, {"email": ROBIN}) is None


@pytest.mark.parametrize("details", [{}, {"email": ""}, {"email": [ROBIN]}])
def test_without_an_address_nothing_is_sent(details: dict[str, str | list[str]]) -> None:
    assert safe_email(Method.EMAIL, details) is None


@pytest.mark.parametrize(
    ("shared", "says", "named"),
    [("no", "named", True), ("yes", "named", False), ("no", "bare", False), (None, "named", False)],
)
def test_a_mail_is_bare_unless_they_alone_read_it_and_said_so(
    shared: str | None, says: str, *, named: bool
) -> None:
    details = {"email_says": says} | ({"email_shared": shared} if shared else {})
    assert may_name_ourselves(details) is named


@pytest.mark.parametrize(
    ("method", "details", "missing"),
    [
        (None, {"phone": "0116 496 0000"}, "method"),
        (Method.PHONE, {}, "phone"),
        (Method.PHONE, {"phone": " "}, "phone"),
        (Method.PHONE, {"phone": "0116 496 0000"}, None),
        (Method.EMAIL, {"phone": "0116 496 0000"}, "email"),
        (Method.EMAIL, {"email": ROBIN}, None),
        (Method.LETTER, {}, "letter_where"),
        (Method.LETTER, {"letter_where": "home"}, "letter_address"),
        (Method.LETTER, {"letter_where": "home", "letter_address": "1 High Street"}, None),
        (Method.LETTER, {"letter_where": "office"}, None),
        (Method.LETTER, {"letter_where": "by_hand"}, None),
        (Method.MEET, {}, "meet_tell"),
        (Method.MEET, {"meet_tell": "phone"}, "phone"),
        (Method.MEET, {"meet_tell": "here"}, None),
        (Method.HERE, {}, None),
    ],
)
def test_what_is_missing_before_a_child_can_be_reached(
    method: Method | None, details: dict[str, str], missing: str | None
) -> None:
    assert lacks(method, details) == missing


def test_who_wants_no_contact_lacks_nothing() -> None:
    assert lacks(Method.NONE, {}) is None


@pytest.mark.parametrize(
    ("method", "details", "only_here"),
    [
        (None, {"phone": "0116 496 0000"}, True),
        (Method.HERE, {}, True),
        (Method.NONE, {}, True),
        (Method.MEET, {"meet_tell": "here"}, True),
        (Method.MEET, {}, True),
        (Method.MEET, {"meet_tell": "phone", "phone": "0116 496 0000"}, False),
        (Method.EMAIL, {"email": ROBIN}, False),
        (Method.EMAIL, {"phone": "0116 496 0000"}, True),
        (Method.LETTER, {"letter_where": "office"}, False),
        (Method.LETTER, {"letter_where": "home"}, True),
        (Method.LETTER, {"letter_where": "home", "letter_address": "1 High Street"}, False),
        # Whose address it is was not said, so nothing goes there.
        (Method.LETTER, {"letter_address": "1 High Street"}, True),
    ],
)
def test_who_chose_no_way_or_left_none_is_reached_behind_the_secret_words_alone(
    method: Method | None, details: dict[str, str], *, only_here: bool
) -> None:
    assert is_only_here(method, details) is only_here
