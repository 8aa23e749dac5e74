"""Messages behind the secret words: rows of the complaint's route.

Source: docs/procedure.md, paragraphs 20 and 33.
"""

from kids_feedback.domain.case.procedure import ANSWERED, BEFORE_ALLOCATED, Fact, Stage, Step
from kids_feedback.domain.case.route.route_rows import (
    ALWAYS,
    CHILD,
    CUSTOMER_SERVICE,
    HEAD,
    MANAGER,
    NOTIFY_CHILD,
    TOLD,
    WITH_MANAGER,
    row,
    staff,
)

# Whoever has the case writes, and so does the Head of Practice where the child waits for them.
WRITING_TO_THE_CHILD = (
    *(
        staff(Step.WRITE_TO_CHILD, by, TOLD, stages, given, then=NOTIFY_CHILD)
        for by, stages, given in (
            (MANAGER, WITH_MANAGER | {Stage.DELIVERED}, ()),
            (HEAD, BEFORE_ALLOCATED | {Stage.WRITTEN} | ANSWERED, ()),
            (HEAD, WITH_MANAGER, {Fact.TO_FOLLOW_UP}),
        )
    ),
    row(
        Step.WRITE_TO_CHILD,
        CUSTOMER_SERVICE,
        TOLD,
        BEFORE_ALLOCATED,
        unless={Fact.ROUTED},
        then=NOTIFY_CHILD,
    ),
    # A child whom nothing else reaches has been reached once they open it: no try waits any more.
    row(
        Step.READ_LETTER,
        CHILD,
        TOLD,
        ALWAYS,
        {Fact.ONLY_HERE},
        sets="contacted_on",
        clears=("next_attempt_on",),
    ),
    row(Step.READ_LETTER, CHILD, TOLD, ALWAYS, keeps_version=True),
)
