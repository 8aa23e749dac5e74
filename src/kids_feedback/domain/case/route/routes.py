"""Every route that the service has. Another one is another table; the engine stays as it is."""

from collections.abc import Mapping

from kids_feedback.domain.case.engine import Condition, Route, Transition
from kids_feedback.domain.case.procedure import Fact, Stage, Step
from kids_feedback.domain.case.promises import CLOCKS
from kids_feedback.domain.case.route.complaint_route import COMPLAINT
from kids_feedback.domain.case.route.route_rows import (
    ENDED,
    HEAD,
    MANAGER,
    of_every_kind,
    staff,
    task,
)
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.child.leaves import LeafFact, LeafState, LeafStep
from kids_feedback.domain.people import CASE_ROLES, Role

_COMPLIMENT = frozenset({Kind.COMPLIMENT})
_STAGES = frozenset({Stage.RECEIVED, Stage.CLOSED})
_LEAF = frozenset({"leaf"})

# Source: docs/procedure.md, paragraphs 56 to 63.
COMPLIMENT = Route(
    name="compliment",
    kinds=_COMPLIMENT,
    begins=frozenset({Stage.RECEIVED}),
    ends=frozenset({Stage.CLOSED}),
    transitions=(
        *of_every_kind(_COMPLIMENT, _STAGES),
        staff(
            Step.PASS_ON,
            HEAD | MANAGER,
            _COMPLIMENT,
            {Stage.RECEIVED},
            to=Stage.CLOSED,
            sets="closed_on",
        ),
        staff(
            Step.END_OTHERWISE,
            HEAD,
            _COMPLIMENT,
            {Stage.RECEIVED},
            to=Stage.CLOSED,
            sets="closed_on",
        ),
        staff(Step.REOPEN, HEAD, _COMPLIMENT, {Stage.CLOSED}, to=Stage.RECEIVED, clears=ENDED),
    ),
    tasks=(
        task(
            Step.ROUTE, Role.CUSTOMER_SERVICE, _COMPLIMENT, {Stage.RECEIVED}, unless={Fact.ROUTED}
        ),
        task(Step.PASS_ON, Role.HEAD_OF_PRACTICE, _COMPLIMENT, {Stage.RECEIVED}),
    ),
    clocks={kind: CLOCKS[kind] for kind in _COMPLIMENT},
)


def _checked(
    step: LeafStep, leads_to: LeafState, given: frozenset[str] = frozenset()
) -> Transition:
    """Return a decision about a leaf; any of them may be decided anew."""
    return Transition(
        step=step,
        by=CASE_ROLES,
        when=Condition(kinds=_LEAF, stages=frozenset(LeafState), given=given),
        leads_to=leads_to,
    )


# A leaf for an office's tree: nobody else sees it before somebody has checked it.
LEAF = Route(
    name="leaf",
    kinds=_LEAF,
    begins=frozenset({LeafState.WAITING, LeafState.PRIVATE}),
    ends=frozenset({LeafState.SHOWN, LeafState.PRIVATE}),
    transitions=(
        _checked(LeafStep.HANG, LeafState.SHOWN, frozenset({LeafFact.PUBLIC})),
        _checked(LeafStep.KEEP_PRIVATE, LeafState.PRIVATE),
    ),
    tasks=(),
)

_ROUTES: Mapping[str, Route] = {
    kind: route for route in (COMPLAINT, COMPLIMENT) for kind in route.kinds
}


def route_of(kind: Kind) -> Route:
    """Return the route that a case of this kind goes."""
    return _ROUTES[kind]
