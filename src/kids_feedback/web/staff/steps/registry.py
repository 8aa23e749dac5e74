"""Every step with its declaration, checked whole when the site starts."""

from collections.abc import Iterator, Mapping
from inspect import signature

from kids_feedback.domain.case.procedure import Step
from kids_feedback.web.kit.translation import once_a_page
from kids_feedback.web.staff.kit.event_facts import Facts
from kids_feedback.web.staff.steps import (
    acknowledging,
    answering,
    child_replies,
    complained_about,
    contact,
    court,
    delays,
    ending,
    meeting,
    routing,
)
from kids_feedback.web.staff.steps.declaration import Declared

_ALL = (
    *routing.DECLARED,
    *acknowledging.DECLARED,
    *complained_about.DECLARED,
    *contact.DECLARED,
    *meeting.DECLARED,
    *delays.DECLARED,
    *answering.DECLARED,
    *court.DECLARED,
    *ending.DECLARED,
    *child_replies.DECLARED,
)


def faults(declared: tuple[Declared, ...]) -> Iterator[str]:
    """Yield what is wrong with some declarations: a step twice or missing, an address twice."""
    steps = [each.step for each in declared]
    yield from (
        f"{step} is declared {steps.count(step)} times" for step in Step if steps.count(step) != 1
    )
    slugs = [each.slug for each in declared if each.slug]
    yield from (f"two steps are at {slug}" for slug in sorted(set(slugs)) if slugs.count(slug) > 1)
    for each in declared:
        if each.act is not None and next(iter(signature(each.act).parameters)) != "act":
            yield f"{each.step} does not take an act"


def _checked() -> Mapping[Step, Declared]:
    for fault in faults(_ALL):
        raise ValueError(fault)
    return {each.step: each for each in _ALL}


STEPS = _checked()
BY_SLUG: Mapping[str, Declared] = {each.slug: each for each in _ALL if each.slug}


@once_a_page
def label(step: Step) -> str:
    """Return what a step is called where it waits to be done."""
    return str(STEPS[step].label)


def sentence(what: str, facts: Facts) -> str:
    """Return what the history says of a step."""
    return STEPS[Step(what)].sentence(facts) if what in set(Step) else what
