"""What is pressed about what was asked for behind the secret words, by the child and by staff."""

from collections.abc import Callable

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.requests import Asked, ThirdWay, WayFound
from kids_feedback.domain.case.submission import Answers
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.asked import requests as kept
from kids_feedback.services.casework.contact import request_decisions
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.child import replies, requests
from tests.services.presses import CHILD, HEAD, PROMISES, WHY, Press

ELSEWHERE = {"method": "letter", "letter_where": "home", "letter_address": "2 Low Street"}
GRAN = {"supporter": "known", "supporter_name": "Gran", "supporter_party": "no"}


def _asks(what: Asked, given: Answers) -> Callable[[Act], object]:
    return lambda act: requests.ask_for(act, what, given)


def _takes_back(what: Asked) -> Callable[[Act], object]:
    return lambda act: requests.take_back(act, what)


def _decides(what: Asked, *, agreed: bool) -> Callable[[Act], object]:
    def decide(act: Act) -> object:
        found = kept.find(act.session, act.row, what)
        return request_decisions.decide(
            act,
            request_id=found.id if found else "",
            agreed=agreed,
            promises=PROMISES,
            way=Channel.LETTER,
            spoke_on=act.today,
        )

    return decide


def _propose(act: Act) -> object:
    return request_decisions.propose_way(
        act, found=WayFound.HERE, by=ThirdWay.SCHOOL, spoke_on=act.today, note=WHY
    )


def _confirms(*, agreed: bool) -> Callable[[Act], object]:
    return lambda act: request_decisions.confirm_way(
        act, agreed=agreed, promises=PROMISES, note=WHY
    )


STOPPED = (
    Press(Step.ASK_TO_STOP, replies.stop, CHILD),
    Press(Step.STOP, _decides(Asked.STOP, agreed=True)),
)
REQUESTED = (
    Press(Step.ASK_FOR_WAY, _asks(Asked.WAY, {"method": "here"}), CHILD),
    Press(Step.ASK_FOR_SUPPORTER, _asks(Asked.SUPPORTER, {"supporter": "no"}), CHILD),
    Press(Step.TAKE_REQUEST_BACK, _takes_back(Asked.WAY), CHILD),
    Press(Step.TAKE_REQUEST_BACK, _takes_back(Asked.SUPPORTER), CHILD),
    Press(Step.ASK_FOR_WAY, _asks(Asked.WAY, ELSEWHERE), CHILD),
    Press(Step.CHANGE_CONTACT, _decides(Asked.WAY, agreed=True)),
    Press(Step.ASK_FOR_SUPPORTER, _asks(Asked.SUPPORTER, GRAN), CHILD),
    Press(Step.CHANGE_SUPPORTER, _decides(Asked.SUPPORTER, agreed=True)),
    Press(Step.ASK_TO_STOP, replies.stop, CHILD),
    Press(Step.DECIDE_REQUEST, _decides(Asked.STOP, agreed=False)),
    Press(Step.SAY_NOT_SAFE, requests.say_not_safe, CHILD),
    Press(Step.PROPOSE_WAY, _propose),
    Press(Step.CONFIRM_WAY, _confirms(agreed=False), HEAD),
    Press(Step.PROPOSE_WAY, _propose),
    Press(Step.CONFIRM_WAY, _confirms(agreed=True), HEAD),
)
