"""Every code that a staff page can meet has words, and every step somewhere to take it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from kids_feedback.domain.contact import Method
from kids_feedback.domain.feedback import AgeBand, Kind, PassOn, Wish
from kids_feedback.domain.procedure import Step
from kids_feedback.services.cases import Mark
from kids_feedback.services.delays import Promise
from kids_feedback.services.talks import Result, Way
from kids_feedback.web.staff import labels, sentences
from kids_feedback.web.staff.heading import SLUGS
from kids_feedback.web.staff.steps import PAGES

NAMED: list[tuple[type[StrEnum], Mapping[Any, Any]]] = [
    (Kind, labels.KINDS),
    (Wish, labels.WISHES),
    (PassOn, labels.PASS_ON),
    (AgeBand, labels.AGES),
    (Method, labels.METHODS),
    (Step, labels.STEPS),
    (Way, labels.WAYS),
    (Result, labels.RESULTS),
    (Promise, labels.PROMISES),
]


@pytest.mark.parametrize(("codes", "words"), NAMED, ids=lambda each: getattr(each, "__name__", ""))
def test_every_code_has_words(codes: type[StrEnum], words: Mapping[Any, Any]) -> None:
    assert set(words) == set(codes)


@pytest.mark.parametrize("what", [*sorted(set(Step) - {Step.COURT}), *Mark], ids=str)
def test_every_line_of_a_history_is_a_sentence(what: Step | Mark) -> None:
    assert what.value in sentences.SENTENCES


def test_every_small_step_has_its_page() -> None:
    assert set(PAGES) == set(SLUGS.values())
