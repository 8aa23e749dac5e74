"""A route: the stages that a case goes through, the steps between them, and whose turn it is.

A route is data. What is here knows no stage, step or kind by name: the children's routes are the
tables of ``domain.case.procedure``, and another route is another table.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kids_feedback.domain.case.promises import Clock
from kids_feedback.domain.errors import StepNotOpen

NOTHING: frozenset[str] = frozenset()


class Actor(StrEnum):
    """Who takes a step, beside the roles of ``domain.people``."""

    CHILD = "child"  # whoever has the secret words
    ON_DUTY = "on_duty"  # told of an alarm in a case that is not theirs otherwise
    OUTSIDE = "outside"  # of the list, who has yet to say why they open the case
    SERVICE = "service"  # a rule of the service itself: nobody pressed anything


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that decides which steps are open: codes of one case, no words."""

    kind: str
    stage: str
    facts: frozenset[str] = NOTHING


@dataclass(frozen=True, kw_only=True)
class Condition:
    """When a line of a route's tables holds."""

    kinds: frozenset[str]
    stages: frozenset[str]
    given: frozenset[str] = NOTHING  # facts that must be there
    unless: frozenset[str] = NOTHING  # facts that must not

    def holds(self, situation: Situation) -> bool:
        """Say whether it holds for a case like this."""
        return (
            situation.kind in self.kinds
            and situation.stage in self.stages
            and self.given <= situation.facts
            and not self.unless & situation.facts
        )


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One step out of some stages: who may take it, where it leads and what it brings about."""

    step: str
    by: frozenset[str]  # roles, or an ``Actor``
    when: Condition
    leads_to: str | None = None  # a stage; None: it stays where it is
    becomes: str | None = None  # a kind; None: it stays what it is
    sets: str | None = None  # the name of the day that is kept as the one on which it was done
    clears: tuple[str, ...] = ()  # the names of days that hold no more
    opens: str | None = None  # what it leaves to be followed up
    effects: tuple[str, ...] = ()  # in the order in which they come about
    keeps_version: bool = False  # nobody who writes at the same time is disturbed


@dataclass(frozen=True, kw_only=True)
class Task:
    """The step that moves a case on, and whose turn it is."""

    step: str
    owner: str  # a role
    when: Condition


@dataclass(frozen=True, kw_only=True, eq=False)
class Route:
    """One way through the service.

    Raises:
        ValueError: a stage is not known, cannot be reached or left, or a task is nobody's to take.
    """

    name: str
    kinds: frozenset[str]
    begins: frozenset[str]  # stages
    ends: frozenset[str]
    transitions: tuple[Transition, ...]
    tasks: tuple[Task, ...]  # the first that holds is the next one
    clocks: Mapping[str, tuple[Clock, ...]] = field(default_factory=dict)  # by kind
    stages: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        leads_to = {transition.leads_to for transition in self.transitions if transition.leads_to}
        object.__setattr__(self, "stages", frozenset(leads_to | self.begins))
        for fault in _faults(self):
            raise ValueError(f"{self.name}: {fault}")


def transition(route: Route, step: str, situation: Situation, actor: str) -> Transition:
    """Return what ``step`` does here.

    Raises:
        StepNotOpen: it cannot be taken from here, or not by ``actor``.
    """
    for row in route.transitions:
        if row.step == step and actor in row.by and row.when.holds(situation):
            return row
    raise StepNotOpen(step=step, state=situation.stage)


def open_steps(route: Route, situation: Situation, actor: str) -> frozenset[str]:
    """Return the steps that ``actor`` may take now."""
    return frozenset(
        row.step for row in route.transitions if actor in row.by and row.when.holds(situation)
    )


def next_task(route: Route, situation: Situation) -> Task | None:
    """Return what moves the case on, and whose turn it is; None where nothing has to be done."""
    return next((task for task in route.tasks if task.when.holds(situation)), None)


def after(row: Transition, situation: Situation) -> tuple[str, str]:
    """Return kind and stage after a transition."""
    return row.becomes or situation.kind, row.leads_to or situation.stage


def _faults(route: Route) -> Iterator[str]:
    conditions = [row.when for row in route.transitions] + [task.when for task in route.tasks]
    named = frozenset[str]().union(*(condition.stages for condition in conditions)) | route.ends
    yield from (f"nothing leads to {stage}" for stage in sorted(named - route.stages))
    kinds = frozenset(route.clocks).union(*(condition.kinds for condition in conditions))
    yield from (f"no kind {kind}" for kind in sorted(kinds - route.kinds))
    left = _where(route, lambda row: row.leads_to is not None)
    yield from (f"no way out of {stage}" for stage in sorted(route.stages - route.ends - left))
    for task in route.tasks:
        if not any(_serves(row, task) for row in route.transitions):
            yield f"{task.step} is no step of {task.owner}"


def _where(route: Route, wanted: Callable[[Transition], bool]) -> frozenset[str]:
    return frozenset[str]().union(*(row.when.stages for row in route.transitions if wanted(row)))


def _serves(row: Transition, task: Task) -> bool:
    return (
        row.step == task.step
        and task.owner in row.by
        and bool(row.when.stages & task.when.stages)
        and bool(row.when.kinds & task.when.kinds)
    )
