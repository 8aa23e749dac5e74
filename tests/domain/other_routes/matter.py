"""A matter on any route, as a service would keep it: for walks over a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pytest

from kids_feedback.domain.case.engine import (
    Route,
    Situation,
    after,
    next_task,
    open_steps,
    transition,
)
from kids_feedback.domain.errors import StepNotOpen
from tests.domain.other_routes.grown_ups_words import LOOKS, Do, Is, still_open

# What is known of a grown-up's matter after a step, and what is not the case any more.
KNOWN_AFTER: Mapping[str, Iterable[str]] = {
    Do.SAY_WHY_LATE: {Is.SAID_WHY},
    Do.ANSWER_LOCALLY: {Is.TRIED_LOCALLY},
    Do.WAIT_FOR_EVIDENCE: {Is.NEEDS_EVIDENCE},
    Do.UPDATE: {Is.UPDATED},
    Do.CORRECT: {Is.CORRECTED},
    Do.TELL_COURT: {Is.COURT_KNOWS},
    Do.SEND_COURT_ANSWER: {Is.COURT_HAS_ANSWER},
}
OVER_AFTER: Mapping[str, str] = {look: still_open(aspect) for aspect, look in LOOKS.items()}


@dataclass
class Matter:
    """One matter on its way: what a service would keep of it."""

    route: Route
    stage: str
    facts: set[str] = field(default_factory=set)

    def here(self, *said: str) -> Situation:
        (kind,) = self.route.kinds
        return Situation(kind=kind, stage=self.stage, facts=frozenset({*self.facts, *said}))

    def take(self, step: str, by: str, *said: str) -> tuple[str, ...]:
        """Take a step; return what it brings about."""
        line = transition(self.route, step, self.here(*said), by)
        self.stage = after(line, self.here())[1]
        self.facts.update(KNOWN_AFTER.get(step, ()))
        self.facts.discard(OVER_AFTER.get(step, ""))
        return line.effects

    def refuses(self, step: str, by: str, *said: str) -> None:
        with pytest.raises(StepNotOpen):
            transition(self.route, step, self.here(*said), by)

    def turn(self) -> tuple[str, str] | None:
        """Return what comes next and whose turn it is; None: nothing."""
        task = next_task(self.route, self.here())
        return (task.step, task.owner) if task else None

    def open_to(self, who: str, *said: str) -> frozenset[str]:
        return open_steps(self.route, self.here(*said), who)
