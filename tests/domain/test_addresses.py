"""E-mail addresses: what mail can go to, and what is wrong with the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.addresses import Fault, Wrong, fault_in, folded, is_address


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


@pytest.mark.parametrize(
    "address", ["a@b.c", "ada.moss@example.org", "ada+forms@example.org", "o'neill@x-y.org"]
)
def test_mail_could_go_there(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", Fault(Wrong.EMPTY)),
        ("ada", Fault(Wrong.NO_AT)),
        ("@", Fault(Wrong.BEFORE_AT)),
        ("ada@", Fault(Wrong.AFTER_AT)),
        ("@example.org", Fault(Wrong.BEFORE_AT)),
        ("ada@moss@example.org", Fault(Wrong.MORE_AT)),
        ("ada moss@example.org", Fault(Wrong.SPACE)),
        ("ada@exam\tple.org", Fault(Wrong.SPACE)),
        ("ada@example.org\n", Fault(Wrong.SPACE)),
        ("ada\0@example.org", Fault(Wrong.SPACE)),
        ("ada@exa\u200bmple.org", Fault(Wrong.SPACE)),
        ("kid@gmail,com", Fault(Wrong.SIGN, ",")),
        ("a@b.c,d@e.f", Fault(Wrong.MORE_AT)),
        ("kid;@gmail.com", Fault(Wrong.SIGN, ";")),
        ("<kid@gmail.com>", Fault(Wrong.SIGN, "<")),
        ('"kid"@gmail.com', Fault(Wrong.SIGN, '"')),
        ("kid@[127.0.0.1]", Fault(Wrong.SIGN, "[")),
        ("=?utf-8?q?kid?=@gmail.com", Fault(Wrong.SIGN, "=?")),
        ("kid@gmail.com.", Fault(Wrong.DOT)),
        ("kid.@gmail.com", Fault(Wrong.DOT)),
        (".kid@gmail.com", Fault(Wrong.DOT)),
        ("kid@gmail..com", Fault(Wrong.DOT)),
        ("kid@.gmail.com", Fault(Wrong.DOT)),
        ("kid@gmail", Fault(Wrong.NO_DOT)),
        ("kid@-gmail.com", Fault(Wrong.SIGN, "-")),
        ("zo\u00eb@gmail.com", Fault(Wrong.LETTER, "\u00eb")),
        ("kid@b\u00fccher.example", Fault(Wrong.LETTER, "\u00fc")),
        ("k" * 65 + "@gmail.com", Fault(Wrong.LONG)),
        ("kid@" + "g" * 64 + ".com", Fault(Wrong.LONG)),
    ],
)
def test_what_keeps_mail_from_going_there_is_known(address: str, fault: Fault) -> None:
    assert fault_in(address) == fault
    assert not is_address(address)


def test_an_address_may_be_as_long_as_mail_allows_and_no_longer() -> None:
    longest = "ada@" + ".".join(["a" * 49] * 5)
    assert len(longest) == 253
    assert is_address(longest + "b")
    assert fault_in(longest + "bc") == Fault(Wrong.LONG)


@given(st.text(st.characters(max_codepoint=0x2100), max_size=12))
def test_whatever_is_typed_one_thing_is_said_about_it(name: str) -> None:
    fault = fault_in(f"{name}@example.org")
    assert fault is None or (fault.sign in name and Wrong(fault.what))
