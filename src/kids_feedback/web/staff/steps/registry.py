"""Every step with its declaration, checked whole when the site starts."""

from collections.abc import Iterator, Mapping
from inspect import signature

from kids_feedback.domain.case.procedure import Step
from kids_feedback.web.kit.translation import once_a_page
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.steps import (
    acknowledging,
    answer_changes,
    answering,
    child_replies,
    complained_about,
    court,
    delays,
    ending,
    ending_otherwise,
    follow_ups,
    mending,
    routing,
)
from kids_feedback.web.staff.steps.contacting import (
    contact,
    identity,
    letters,
    meeting,
    requests,
    supporter,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration

_ALL = (
    *routing.DECLARED,
    *acknowledging.DECLARED,
    *complained_about.DECLARED,
    *contact.DECLARED,
    *letters.DECLARED,
    *meeting.DECLARED,
    *supporter.DECLARED,
    *identity.DECLARED,
    *requests.DECLARED,
    *delays.DECLARED,
    *answering.DECLARED,
    *answer_changes.DECLARED,
    *court.DECLARED,
    *ending.DECLARED,
    *ending_otherwise.DECLARED,
    *mending.DECLARED,
    *follow_ups.DECLARED,
    *child_replies.DECLARED,
)


def faults(declared: tuple[StepDeclaration, ...]) -> Iterator[str]:
    """Yield what is wrong with some declarations: a step twice or missing, an address twice."""
    steps = [item.step for item in declared]
    yield from (
        f"{step} is declared {steps.count(step)} times" for step in Step if steps.count(step) != 1
    )
    slugs = [item.slug for item in declared if item.slug]
    yield from (f"two steps are at {slug}" for slug in sorted(set(slugs)) if slugs.count(slug) > 1)
    for item in declared:
        if item.act is not None and next(iter(signature(item.act).parameters)) != "act":
            yield f"{item.step} does not take an act"


def _checked() -> Mapping[Step, StepDeclaration]:
    for fault in faults(_ALL):
        raise ValueError(fault)
    return {item.step: item for item in _ALL}


STEPS = _checked()
BY_SLUG: Mapping[str, StepDeclaration] = {item.slug: item for item in _ALL if item.slug}


@once_a_page
def label(step: Step) -> str:
    """Return what a step is called where it waits to be done."""
    return str(STEPS[step].label)


def sentence(what: str, facts: EventFacts) -> str:
    """Return what the history says of a step."""
    return STEPS[Step(what)].sentence(facts) if what in set(Step) else what
