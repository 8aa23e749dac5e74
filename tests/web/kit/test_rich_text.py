"""What a manager typed for an answer, as a page shows it."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.answer import to_keep
from kids_feedback.web.rendering.rich_text import to_show
from kids_feedback.web.rendering.safe_html import ALLOWED


def shown(kept: str) -> str:
    """Return the HTML without the line breaks that a page does not show."""
    return re.sub(r"\n", "", to_show(kept))


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("One.", "<p>One.</p>", id="a line"),
        pytest.param("One.\n\n \nTwo.", "<p>One.</p><p>Two.</p>", id="paragraphs"),
        pytest.param("One\ntwo", "<p>One<br>two</p>", id="a line break stays"),
        pytest.param("- a\n- b", "<ul><li>a</li><li>b</li></ul>", id="a list"),
        pytest.param("So:\n- a\nEnd", "<p>So:</p><ul><li>a</li></ul><p>End</p>", id="in between"),
        pytest.param("- a\n  b\n- c", "<ul><li>a<br>b</li><li>c</li></ul>", id="a long item"),
        pytest.param("a **b c** d", "<p>a <strong>b c</strong> d</p>", id="bold"),
        pytest.param("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>", id="stars alone are stars"),
        pytest.param("5*3*2 _a_ __b__", "<p>5*3*2 _a_ __b__</p>", id="other signs, too"),
        pytest.param("12. March", "<p>12. March</p>", id="a date is no list"),
        pytest.param("1. a\n2. b", "<p>1. a<br>2. b</p>", id="numbers stay as they are"),
        pytest.param("* a\n+ b\n-", "<p>* a<br>+ b<br>-</p>", id="only a dash and a space list"),
        pytest.param("    a\n# b\n> c", "<p>a<br># b<br>&gt; c</p>", id="no code, title or quote"),
        pytest.param("[a](http://x) `b` \\*", "<p>[a](http://x) `b` \\*</p>", id="no links"),
        pytest.param("one\r\n\r\ntwo", "<p>one</p><p>two</p>", id="line ends of Windows"),
        pytest.param(
            "<script>x</script> & <b> &amp;",
            "<p>&lt;script&gt;x&lt;/script&gt; &amp; &lt;b&gt; &amp;amp;</p>",
            id="markup is text",
        ),
        pytest.param("مرحبا 😢", "<p>مرحبا 😢</p>", id="any script"),
    ],
)
def test_typed_becomes_paragraphs_lists_and_bold(typed: str, html: str) -> None:
    assert shown(to_keep(typed)) == html


@pytest.mark.parametrize(
    "kept",
    [
        "<p>One.</p><p>Two.<br>Three &amp; four</p>",
        "<p>So:</p><ul><li>a</li><li><strong>b</strong></li></ul><p>End</p>",
        "<p>&lt;b&gt;not bold&lt;/b&gt;</p>",
    ],
)
def test_an_answer_that_was_kept_as_html_looks_as_it_did(kept: str) -> None:
    assert shown(kept) == kept


def test_html_that_was_kept_brings_nothing_else_into_a_page() -> None:
    assert shown("<p onclick=x>a</p><img src=x><script>b</script>") == "<p>a</p><p>b</p>"


@given(st.text(alphabet=st.sampled_from("ab *-_<>&;1.\n\r"), max_size=40))
def test_no_letter_is_lost_and_only_our_tags_are_made(typed: str) -> None:
    page = BeautifulSoup(to_show(to_keep(typed)), "html.parser")
    assert {tag.name for tag in page.find_all(name=True)} <= ALLOWED
    letters = re.sub(r"[\s*-]", "", typed)
    assert re.sub(r"[\s*-]", "", page.get_text()) == letters
