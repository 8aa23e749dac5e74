"""Who the child is in the case file: rows of the routes of complaints, notes and feelings.

Source: docs/procedure.md, paragraph 22a.
"""

from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.route.route_rows import (
    ALWAYS,
    COMPLAINTS,
    HEAD,
    IN_DOUBT,
    NOTIFY_HEADS,
    NOTIFY_MANAGER,
    OPEN,
    TOLD,
    row,
    staff,
)
from kids_feedback.domain.people import CASE_ROLES

IDENTITY = (
    row(
        Step.CHECK_IDENTITY,
        CASE_ROLES,
        TOLD,
        ALWAYS,
        IN_DOUBT,
        then=NOTIFY_HEADS,
        opens=FollowUp.NOT_IN_CASE_FILE,
    ),
    row(Step.CHECK_IDENTITY, CASE_ROLES, TOLD, ALWAYS),
    # An answer that was approved before it is to be approved with that in mind.
    *(
        staff(
            Step.GO_ON_WITHOUT_CASE,
            HEAD,
            COMPLAINTS,
            {stage},
            IN_DOUBT,
            to=Stage.WRITTEN,
            clears=clears,
            then=NOTIFY_MANAGER,
        )
        for stage, clears in (
            (Stage.APPROVED, ()),
            (Stage.DELIVERED, ("delivered_on", "posted_on", "not_arrived")),
        )
    ),
    staff(Step.GO_ON_WITHOUT_CASE, HEAD, TOLD, OPEN, IN_DOUBT),
)
