"""Every code that a staff page can meet has words, and every step somewhere to take it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import AgeBand, Kind, PassOn, Wish
from kids_feedback.domain.people import Role
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.steps.registry import STEPS, faults, sentence

NAMED: list[tuple[type[StrEnum], Mapping[Any, Any]]] = [
    (Kind, labels.KINDS),
    (Wish, labels.WISHES),
    (PassOn, labels.PASS_ON),
    (AgeBand, labels.AGES),
    (Method, labels.METHODS),
    (Channel, labels.WAYS),
    (AttemptResult, labels.RESULTS),
    (Promise, labels.PROMISES),
]


@pytest.mark.parametrize(("codes", "words"), NAMED, ids=lambda each: getattr(each, "__name__", ""))
def test_every_code_has_words(codes: type[StrEnum], words: Mapping[Any, Any]) -> None:
    assert set(words) == set(codes)


def test_every_step_is_declared_once() -> None:
    assert set(STEPS) == set(Step)


def test_every_step_of_staff_has_its_page_and_every_task_its_name() -> None:
    by_staff = {
        row.step for kind in Kind for row in route_of(kind).transitions if row.by <= set(Role)
    }
    tasks = {task.step for kind in Kind for task in route_of(kind).tasks}
    for step in by_staff:
        declared = STEPS[Step(step)]
        assert declared.slug or declared.endpoint != "staff.step", step
    for step in tasks:
        assert STEPS[Step(step)].label, step


def test_every_page_of_a_step_is_there(app: Flask) -> None:
    assert {value.endpoint for value in STEPS.values()} <= set(app.view_functions)


def test_a_step_that_is_missing_or_said_twice_stops_the_start() -> None:
    declared = [*STEPS.values()]
    twice = replace(STEPS[Step.CLOSE], slug="talk")
    assert [*faults((*declared[1:],))] == [f"{declared[0].step} is declared 0 times"]
    assert [*faults((*declared, twice))] == [
        "close is declared 2 times",
        "two steps are at talk",
    ]


def test_a_step_that_takes_no_act_stops_the_start() -> None:
    def not_an_act(session: object) -> None: ...

    wrong = replace(STEPS[Step.CLOSE], act=not_an_act)  # type: ignore[arg-type]
    others = (value for value in STEPS.values() if value.step is not Step.CLOSE)
    assert [*faults((*others, wrong))] == ["close does not take an act"]


def test_a_line_that_is_no_longer_known_is_shown_as_it_was_kept() -> None:
    assert sentence("forgotten", EventFacts({}, {})) == "forgotten"
