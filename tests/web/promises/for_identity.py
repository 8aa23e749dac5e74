"""What is said of who the child is in the case file, and the fact behind each sentence."""

from kids_feedback.domain.case.identity import IN_DOUBT, Identity
from kids_feedback.domain.case.procedure import Step
from tests.web.promises.facts import Fact, a_case, both, on

_WITHOUT_CASE = a_case(lambda it, _said: it.case.identity is Identity.WITHOUT_CASE)
_DECIDED = a_case(
    lambda it, _said: any(event.what == Step.GO_ON_WITHOUT_CASE for event in it.events)
)
_HELD = a_case(
    lambda it, _said: (
        it.case.identity in IN_DOUBT and bool(it.case.delivered_on or it.case.not_arrived)
    )
)

IDENTITY: dict[str, Fact] = {
    "Checked on %(day)s. %(result)s.": on("identity_on"),
    "Nothing about the case is told": _WITHOUT_CASE,
    "Decided on %(day)s: nothing about the case is told, in the answer neither.": both(
        on("identity_on"), _WITHOUT_CASE
    ),
    "Decided that it goes on with nothing about the case told.": _DECIDED,
    "Now: We check one thing. Then you can read your answer.": _HELD,
    "Now: We check something first. Then you can read your answer here.": _HELD,
    "We are checking something before you can read your answer.": _HELD,
}
