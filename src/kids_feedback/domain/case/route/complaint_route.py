"""The children's complaint as a table: who may take which step from where, and what then.

A note and named feelings go the same way, as far as they go; the child decides what it is. The rows
are in ``staff_rows``, ``mending_rows`` and ``child_rows``; here is what comes next, and the whole.

Source: docs/procedure.md, paragraphs 9 to 54.
"""

from collections.abc import Iterable, Iterator

from kids_feedback.domain.case.engine import Route, Task
from kids_feedback.domain.case.procedure import BEFORE_ALLOCATED, TALKED_ABOUT, Fact, Stage, Step
from kids_feedback.domain.case.promises import CLOCKS
from kids_feedback.domain.case.route import (
    child_rows,
    letter_rows,
    mending_rows,
    request_rows,
    staff_rows,
)
from kids_feedback.domain.case.route.route_rows import (
    ANSWER_WAITS,
    COMPLAINTS,
    TOLD,
    WITH_MANAGER,
    WITHDRAWN,
    of_every_kind,
    task,
)
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Role


def _of_whoever_has_it(step: Step, given: Iterable[Fact] = ()) -> Iterator[Task]:
    """Yield what comes after the answer: the local manager's, or the Head's where there is none."""
    kinds, stages = COMPLAINTS, {Stage.DELIVERED}
    yield task(step, Role.LOCAL_MANAGER, kinds, stages, given={Fact.HAS_MANAGER, *given})
    yield task(step, Role.HEAD_OF_PRACTICE, kinds, stages, given=given)


_NEXT = (
    task(Step.ROUTE, Role.CUSTOMER_SERVICE, TOLD, BEFORE_ALLOCATED, unless={Fact.ROUTED}),
    task(Step.ACKNOWLEDGE, Role.HEAD_OF_PRACTICE, TOLD, {Stage.RECEIVED}),
    task(
        Step.CLOSE,
        Role.HEAD_OF_PRACTICE,
        TALKED_ABOUT,
        {Stage.ACKNOWLEDGED, *WITH_MANAGER},
        given=WITHDRAWN,
    ),
    task(Step.CLOSE, Role.HEAD_OF_PRACTICE, {Kind.NOTE}, {Stage.ACKNOWLEDGED}),
    task(
        Step.CLOSE,
        Role.HEAD_OF_PRACTICE,
        {Kind.FEELINGS},
        {Stage.ACKNOWLEDGED},
        unless={Fact.WANTS_CONTACT},
    ),
    task(Step.ALLOCATE, Role.HEAD_OF_PRACTICE, TALKED_ABOUT, {Stage.ACKNOWLEDGED}),
    task(
        Step.WRITE, Role.LOCAL_MANAGER, COMPLAINTS, {Stage.ALLOCATED}, unless={Fact.WANTS_CONTACT}
    ),
    task(
        Step.SAY_MET, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, given={Fact.MEETING_SET}
    ),
    task(
        Step.LOG_TALK, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, given={Fact.CONTACTED}
    ),
    task(Step.LOG_ATTEMPT, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}),
    task(Step.WRITE, Role.LOCAL_MANAGER, COMPLAINTS, {Stage.TALKED}),
    task(Step.APPROVE, Role.HEAD_OF_PRACTICE, COMPLAINTS, {Stage.WRITTEN}),
    task(Step.DELIVER, Role.LOCAL_MANAGER, COMPLAINTS, {Stage.APPROVED}),
    *_of_whoever_has_it(Step.DELIVER, given=ANSWER_WAITS),
    task(
        Step.APPROVE_CHANGE,
        Role.HEAD_OF_PRACTICE,
        COMPLAINTS,
        {Stage.DELIVERED},
        given={Fact.CHANGE_WRITTEN},
    ),
    *_of_whoever_has_it(Step.GIVE_CHANGE, given={Fact.CHANGE_APPROVED}),
    *_of_whoever_has_it(Step.CLOSE),
)

COMPLAINT = Route(
    name="complaint",
    kinds=TOLD,
    begins=frozenset({Stage.RECEIVED}),
    ends=frozenset({Stage.CLOSED}),
    transitions=(
        *of_every_kind(TOLD),
        *staff_rows.READING,
        *staff_rows.ALLOCATING,
        *staff_rows.MEETING,
        *child_rows.REPLIES_TO_MEETING,
        *staff_rows.TALKING,
        *staff_rows.ANSWERING,
        *letter_rows.WRITING_TO_THE_CHILD,
        *staff_rows.COURT,
        *staff_rows.CLOSING,
        *mending_rows.ANSWER_TAKEN_BACK,
        *mending_rows.ANSWER_CHANGED,
        *mending_rows.TALKS_PUT_RIGHT,
        *mending_rows.NOTICE_TAKEN_BACK,
        *mending_rows.ANOTHER_AREA,
        *mending_rows.ENDED_OTHERWISE,
        *child_rows.ON_THE_WAY_BACK,
        *request_rows.REQUESTS,
    ),
    tasks=_NEXT,
    clocks={kind: CLOCKS[kind] for kind in TOLD},
)
