"""docs/procedure.md, paragraph 36."""

import pytest

from kids_feedback.domain.answer import INSTEAD, NEEDED, missing

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


def test_no_steps_to_come_needs_a_reason() -> None:
    assert missing({**WHOLE, "steps_to_come": "", INSTEAD: "<p>It is put right.</p>"}) == ()


def test_a_reason_for_no_steps_stands_for_no_other_part() -> None:
    assert missing({INSTEAD: "Because."}) == NEEDED[:-1]
