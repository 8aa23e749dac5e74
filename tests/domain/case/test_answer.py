"""docs/procedure.md, paragraph 36."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.answer import INSTEAD, NEEDED, PARTS, READ, missing, to_edit, to_keep

WHOLE = dict.fromkeys(NEEDED, "<p>We listened.</p>")


def test_an_answer_with_every_part_can_go() -> None:
    assert missing(WHOLE) == ()


@pytest.mark.parametrize("part", NEEDED)
def test_an_answer_without_one_part_cannot_go(part: str) -> None:
    assert missing({**WHOLE, part: ""}) == (part,)


def test_nothing_written_misses_everything() -> None:
    assert missing({}) == NEEDED


@pytest.mark.parametrize("nothing", ["  ", "<p></p>", "<p>&nbsp;</p>", "<ul><li> </li></ul>"])
def test_markup_alone_says_nothing(nothing: str) -> None:
    assert missing({**WHOLE, "outcome": nothing}) == ("outcome",)


@pytest.mark.parametrize(("part", "instead"), INSTEAD.items())
def test_a_part_may_have_nothing_to_say_where_it_is_said_why(part: str, instead: str) -> None:
    assert missing({**WHOLE, part: "", instead: "<p>It is put right.</p>"}) == ()


@pytest.mark.parametrize(("part", "instead"), INSTEAD.items())
def test_such_a_reason_stands_for_no_other_part(part: str, instead: str) -> None:
    assert missing({instead: "Because."}) == tuple(name for name in NEEDED if name != part)


def test_the_child_reads_first_what_we_are_sorry_for_and_never_why_not() -> None:
    assert READ[0] == "sorry"
    assert set(PARTS) - set(READ) == {INSTEAD["sorry"]}


@pytest.mark.parametrize("typed", ["<sorry>", "&nbsp;", "<p></p>"])
def test_what_looks_like_markup_says_something_where_it_was_typed(typed: str) -> None:
    assert missing({**WHOLE, "outcome": to_keep(typed)}) == ()


@pytest.mark.parametrize("nothing", ["", "  \n\t\n "])
def test_space_alone_is_not_kept(nothing: str) -> None:
    assert to_keep(nothing) == ""


@given(st.text(alphabet=st.sampled_from("ab *-<>&;\n\r"), max_size=40))
def test_a_part_is_kept_as_it_was_typed(typed: str) -> None:
    kept = to_keep(typed)
    assert to_edit(kept) == "\n".join(typed.splitlines()).strip()
    assert to_keep(to_edit(kept)) == kept, "opening and saving again changes nothing"


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("<p>One.</p><p>Two.</p>", "One.\n\nTwo.", id="paragraphs"),
        pytest.param("<p>One<br>two</p>", "One\ntwo", id="a line break"),
        pytest.param(
            "<p>So:</p><ul><li>a</li><li><strong>b</strong></li></ul><p>End</p>",
            "So:\n\n- a\n- **b**\n\nEnd",
            id="a list",
        ),
        pytest.param("<p>1 &lt; 2 &amp; 3 &gt; 2</p>", "1 < 2 & 3 > 2", id="signs"),
        pytest.param("<p>&lt;b&gt;not bold&lt;/b&gt;</p>", "<b>not bold</b>", id="typed tags"),
        pytest.param(
            "<p>So</p><ol><li>a</li><li>b</li></ol><p>x<em>y</em></p>",
            "So\n\n- a\n- b\n\nxy",
            id="a list with numbers",
        ),
    ],
)
def test_a_part_that_was_kept_as_html_can_be_changed(kept: str, typed: str) -> None:
    assert to_edit(kept) == typed
