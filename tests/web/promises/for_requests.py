"""What was asked for behind the secret words: the fact behind each sentence."""

from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.requests import Asked
from tests.web.promises.facts import Fact, a_case, did, followed_up, has, line, waits


def asked(*whats: Asked) -> Fact:
    """It was asked for on that day, and where two are named, on both."""
    return a_case(
        lambda it, said: any(
            row.what in (whats or tuple(Asked))
            and said.names(row.asked_on)
            and ("again" not in said.values or said.names(row.asked_again_on, "again"))
            for row in it.requests
        )
    )


_AGAIN = a_case(lambda it, said: any(said.names(row.asked_again_on) for row in it.requests))
_DECIDED = line(Step.DECIDE_REQUEST, Step.CHANGE_CONTACT, Step.CHANGE_SUPPORTER, Step.STOP)

FOR_REQUESTS: dict[str, Fact] = {
    "You asked us to stop on %(day)s.": a_case(
        lambda it, said: (
            any(said.names(row.asked_on) for row in it.requests if row.what is Asked.STOP)
            or any(
                said.names(row.opened_on) for row in it.follow_ups if row.what is FollowUp.STOPPED
            )
        )
    ),
    "You asked us on %(day)s to reach you another way.": asked(Asked.WAY),
    "You asked us on %(day)s to change who helps you.": asked(Asked.SUPPORTER),
    "You said it again on %(day)s. Now the manager's boss will decide.": _AGAIN,
    "You asked us again on %(day)s.": _AGAIN,
    "You told us on %(day)s to leave it as it was.": did(FollowUp.REQUEST_TAKEN_BACK),
    "You took that back on %(day)s.": followed_up(Outcome.TAKEN_BACK),
    "On %(day)s we stopped using the way you told us first.": asked(Asked.NOT_SAFE),
    "%(who)s will look for a safe way by %(day)s.": waits(FollowUp.WAY_NOT_SAFE),
    "We do not use the first way any more.": has("way_not_used"),
    "We do not use the old way now.": has("way_not_used"),
    "%(what)s: asked for on %(day)s on the page behind the secret words.": asked(),
    "%(what)s: asked for on %(day)s, and again on %(again)s, on the page behind the secret"
    " words.": asked(),
    "%(what)s, as was asked for on %(day)s: yes, it is so.": _DECIDED,
    "%(what)s, as was asked for on %(day)s: no, it stays as it is.": _DECIDED,
    "The child was asked on %(day)s. %(way)s.": _DECIDED,
    "Spoke with the child on %(day)s. %(by)s. Proposed: %(found)s.": line(Step.PROPOSE_WAY),
    "The way that the child told us first is not safe, or does not reach them. Do not use it: no"
    " call, no letter, no email.": has("way_not_used"),
    "Do not use: what the child told us first": has("way_not_used"),
    "What the child told us first: use this": a_case(
        lambda it, _said: bool(it.requests and it.case.way_not_used is None)
    ),
    "The meeting on %(when)s is off.": line(Step.STOP),
}
