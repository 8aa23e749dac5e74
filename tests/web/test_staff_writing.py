"""What a manager types for an answer, and what is kept of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.web.staff.writing import to_html, to_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("  \n\t\n ", "", id="only space"),
        pytest.param("One.", "<p>One.</p>", id="a line"),
        pytest.param("One.\n\n \nTwo.", "<p>One.</p><p>Two.</p>", id="paragraphs"),
        pytest.param("One\ntwo", "<p>One<br>two</p>", id="a line break stays"),
        pytest.param("- a\n- b", "<ul><li>a</li><li>b</li></ul>", id="a list"),
        pytest.param("So:\n- a\nEnd", "<p>So:</p><ul><li>a</li></ul><p>End</p>", id="in between"),
        pytest.param("a **b c** d", "<p>a <strong>b c</strong> d</p>", id="bold"),
        pytest.param("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>", id="stars alone are stars"),
        pytest.param("one\r\n\r\ntwo", "<p>one</p><p>two</p>", id="line ends of Windows"),
        pytest.param(
            "<script>x</script> & <b>",
            "<p>&lt;script&gt;x&lt;/script&gt; &amp; &lt;b&gt;</p>",
            id="markup is text",
        ),
        pytest.param("مرحبا 😢", "<p>مرحبا 😢</p>", id="any script"),
    ],
)
def test_typed_becomes_paragraphs_lists_and_bold(typed: str, kept: str) -> None:
    assert to_html(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "One.\n\nTwo.",
        "One\ntwo",
        "So:\n\n- a\n- **b**\n\nEnd",
        "1 < 2 & 3 > 2",
        "2 ** 3",
        "<b>not bold</b>",
    ],
)
def test_what_was_kept_can_be_changed_as_it_was_typed(typed: str) -> None:
    assert to_text(to_html(typed)) == typed


def test_lists_with_numbers_are_typed_as_lists() -> None:
    assert to_text("<p>So</p><ol><li>a</li><li>b</li></ol><p>x<em>y</em></p>") == (
        "So\n\n- a\n- b\n\nxy"
    )


@given(st.text(alphabet=st.sampled_from("ab *-<>&\n\r"), max_size=40))
def test_opening_and_saving_again_changes_nothing(typed: str) -> None:
    kept = to_html(typed)
    assert to_html(to_text(kept)) == kept
