"""E-mail addresses of the people who work here."""

import pytest

from kids_feedback.domain.addresses import LONGEST, folded, is_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada.Moss@Example.ORG \n", "ada.moss@example.org"),
        ("ａｄａ@example.org", "ada@example.org"),
        ("STRASSE@example.org", "strasse@example.org"),
        ("straße@example.org", "strasse@example.org"),
    ],
    ids=["case and edges", "wide letters", "capitals", "a letter that folds into two"],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert folded(typed) == kept
    assert folded(kept) == kept


@pytest.mark.parametrize("address", ["a@b", "ada.moss@example.org", "ada+forms@example.org"])
def test_mail_could_go_there(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@",
        "ada@",
        "@example.org",
        "ada@moss@example.org",
        "ada moss@example.org",
        "ada@exam\tple.org",
        "ada@example.org\n",
        "ada\0@example.org",
        "ada@exa\u200bmple.org",
    ],
)
def test_mail_could_not_go_there(address: str) -> None:
    assert not is_address(address)


def test_an_address_may_be_as_long_as_mail_allows_and_no_longer() -> None:
    longest = "a" * (LONGEST - len("@example.org")) + "@example.org"
    assert len(longest) == 254
    assert is_address(longest)
    assert not is_address("a" + longest)
