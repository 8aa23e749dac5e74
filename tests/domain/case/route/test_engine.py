"""The engine of every route: what a table must be, and how it is read."""

from dataclasses import replace

import pytest

from kids_feedback.domain.case.engine import (
    Condition,
    Route,
    Situation,
    Task,
    Transition,
    after,
    next_task,
    open_steps,
    transition,
)
from kids_feedback.domain.errors import StepNotOpen


def when(*stages: str, given: str = "", unless: str = "") -> Condition:
    return Condition(
        kinds=frozenset({"letter"}),
        stages=frozenset(stages),
        given=frozenset(given.split()),
        unless=frozenset(unless.split()),
    )


def row(step: str, on: Condition, to: str | None = None, by: str = "clerk") -> Transition:
    return Transition(step=step, by=frozenset({by}), when=on, leads_to=to)


OPEN_IT = row("open", when("here"), "open")
ANSWER = row("answer", when("open", unless="urgent"), "done")
RING = row("answer", when("open", given="urgent"), by="head")
SHUT = row("shut", when("open"), "done", by="head")
LETTERS = Route(
    name="letters",
    kinds=frozenset({"letter"}),
    begins=frozenset({"here"}),
    ends=frozenset({"done"}),
    transitions=(OPEN_IT, ANSWER, RING, SHUT),
    tasks=(
        Task(step="open", owner="clerk", when=when("here")),
        Task(step="shut", owner="head", when=when("open", given="urgent")),
        Task(step="answer", owner="clerk", when=when("open")),
    ),
)
HERE = Situation(kind="letter", stage="here")
OPEN = replace(HERE, stage="open")
URGENT = replace(OPEN, facts=frozenset({"urgent"}))


def test_a_step_leads_where_its_row_says() -> None:
    assert transition(LETTERS, "open", HERE, "clerk") is OPEN_IT
    assert after(OPEN_IT, HERE) == ("letter", "open")
    assert after(RING, URGENT) == ("letter", "open")
    assert after(replace(SHUT, becomes="parcel"), OPEN) == ("parcel", "done")


@pytest.mark.parametrize(
    ("step", "situation", "actor"),
    [
        pytest.param("answer", HERE, "clerk", id="not from there"),
        pytest.param("open", HERE, "head", id="not by them"),
        pytest.param("answer", URGENT, "clerk", id="something stands against it"),
        pytest.param("answer", OPEN, "head", id="something is missing"),
        pytest.param("open", replace(HERE, kind="parcel"), "clerk", id="not of that kind"),
        pytest.param("burn", HERE, "clerk", id="no such step"),
    ],
)
def test_what_has_no_row_cannot_be_done(step: str, situation: Situation, actor: str) -> None:
    with pytest.raises(StepNotOpen):
        transition(LETTERS, step, situation, actor)


def test_everybody_has_their_own_open_steps() -> None:
    assert open_steps(LETTERS, OPEN, "clerk") == {"answer"}
    assert open_steps(LETTERS, URGENT, "head") == {"answer", "shut"}
    assert open_steps(LETTERS, replace(OPEN, stage="done"), "head") == frozenset()


def test_the_first_task_that_holds_is_the_next() -> None:
    assert [
        task.step if (task := next_task(LETTERS, situation)) else None
        for situation in (HERE, OPEN, URGENT, replace(OPEN, stage="done"))
    ] == ["open", "answer", "shut", None]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            {"transitions": (OPEN_IT, ANSWER, RING, SHUT, row("x", when("lost")))},
            "nothing leads to lost",
            id="a stage that nothing reaches",
        ),
        pytest.param(
            {"transitions": (OPEN_IT, RING), "tasks": (), "ends": frozenset()},
            "no way out of open",
            id="a stage that nothing leaves",
        ),
        pytest.param({"kinds": frozenset({"parcel"})}, "no kind letter", id="another kind"),
        pytest.param(
            {"tasks": (Task(step="shut", owner="clerk", when=when("open")),)},
            "shut is no step of clerk",
            id="a task for somebody who may not",
        ),
    ],
)
def test_a_table_with_a_hole_is_no_route(change: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(LETTERS, **change)  # type: ignore[arg-type]
