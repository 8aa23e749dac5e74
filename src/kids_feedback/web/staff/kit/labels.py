"""What codes are called on staff pages."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Ending
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.requests import Asked, ThirdWay, WayFound
from kids_feedback.domain.case.safety import Decision
from kids_feedback.domain.case.submission import AgeBand, Kind, PassOn, Wish
from kids_feedback.domain.visible import is_visible
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.contact.meetings import MeetingOutcome
from kids_feedback.services.casework.contact.supporters import SupporterCheck
from kids_feedback.web.kit import languages
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _, once_a_page
from kids_feedback.web.questions import catalogue
from kids_feedback.web.questions.catalogue import BY_ID
from kids_feedback.web.questions.model import Choice

KINDS: Mapping[Kind, Text] = {
    Kind.COMPLAINT: _l("Complaint"),
    Kind.COMPLIMENT: _l("Compliment"),
    Kind.NOTE: _l("Note"),
    Kind.FEELINGS: _l("Feelings"),
}
WISHES: Mapping[Wish, Text] = {
    Wish.LOOK_INTO: _l("Wants it looked into, and a written answer"),
    Wish.JUST_KNOW: _l("Wants us to know about it, without a written answer"),
    Wish.ASK: _l("Not sure: ask what the child wants when you talk"),
}
PASS_ON: Mapping[PassOn, Text] = {
    PassOn.WITH_NAME: _l("Yes, with the child's name"),
    PassOn.WITHOUT_NAME: _l("Yes, but without the child's name"),
    PassOn.NO: _l("No"),
}
AGES: Mapping[AgeBand, Text] = {
    AgeBand.FOUR_TO_SEVEN: _l("4 to 7"),
    AgeBand.EIGHT_TO_ELEVEN: _l("8 to 11"),
    AgeBand.TWELVE_TO_FOURTEEN: _l("12 to 14"),
    AgeBand.FIFTEEN_TO_SEVENTEEN: _l("15 to 17"),
    AgeBand.OLDER: _l("18 or over"),
    AgeBand.NOT_SAID: _l("Age not said"),
}
METHODS: Mapping[Method, Text] = {
    Method.PHONE: _l("Phone"),
    Method.LETTER: _l("Letter"),
    Method.EMAIL: _l("Email"),
    Method.MEET: _l("Meet in person"),
    Method.HERE: _l("Secret words only"),
    Method.NONE: _l("No contact wanted"),
}
WAYS: Mapping[Channel, Text] = {
    Channel.PHONE: _l("By phone"),
    Channel.MEET: _l("In person"),
    Channel.VIDEO: _l("By video call"),
    Channel.LETTER: _l("By letter"),
    Channel.EMAIL: _l("By email"),
    Channel.HERE: _l("On this website"),
}
RESULTS: Mapping[AttemptResult, Text] = {
    AttemptResult.NO_ANSWER: _l("No answer"),
    AttemptResult.SOMEBODY_ELSE: _l("Somebody else answered and was told nothing"),
    AttemptResult.LEFT_MESSAGE: _l("Left a message that the child allowed"),
    AttemptResult.SENT: _l("Sent a letter or an email"),
    AttemptResult.ANOTHER_TIME: _l("I reached the child, who asked for another time"),
}
MET: Mapping[MeetingOutcome, Text] = {
    MeetingOutcome.CAME: _l("The child came"),
    MeetingOutcome.DID_NOT_COME: _l("The child did not come"),
}
MEETING_OUTCOMES: Mapping[MeetingOutcome, Text] = {
    **MET,
    MeetingOutcome.MOVED: _l("It is moved to another day"),
}
SUPPORTER_CHECKS: Mapping[SupporterCheck, Text] = {
    SupporterCheck.FINE: _l("They are not part of the court case: they can come"),
    SupporterCheck.PARTY: _l("They are part of the court case: the child needs somebody else"),
    SupporterCheck.CHECKING: _l("We are still checking"),
}
IDENTITIES: Mapping[Identity, Text] = {
    Identity.FOUND: _l("Found in the case file"),
    Identity.NOT_FOUND: _l("Not found in the case file"),
    Identity.NOT_SURE: _l("Not sure who it is"),
    Identity.WITHOUT_CASE: _l("Nothing about the case is told"),
}
PROMISES: Mapping[Promise, Text] = {
    Promise.ROUTE: _l("Find the right area"),
    Promise.READ: _l("Acknowledge it"),
    Promise.CONTACT: _l("First contact"),
    Promise.TALK: _l("Talk with the child"),
    Promise.ANSWER: _l("The written answer"),
    Promise.PASS_ON: _l("Pass on the compliment"),
    Promise.COURT: _l("Find out about the court"),
}
FOLLOW_UPS: Mapping[FollowUp, Text] = {
    FollowUp.MORE_WORDS: _l("The child sent more"),
    FollowUp.WORDS_AFTER_CLOSING: _l("New words since closing"),
    FollowUp.NUDGE: _l("The child asks why it takes so long"),
    FollowUp.CONTACT_CHANGED: _l("How to reach the child has changed"),
    FollowUp.SUPPORTER_CHANGED: _l("Who comes along has changed"),
    FollowUp.STOP_REQUESTED: _l("A stop is asked for: ask the child first"),
    FollowUp.WAY_REQUESTED: _l("Another way to reach the child is asked for: ask the child first"),
    FollowUp.SUPPORTER_REQUESTED: _l("Another supporter is asked for: ask the child first"),
    FollowUp.TO_ASK_AGAIN: _l("Asked for behind the secret words: to be said again another day"),
    FollowUp.ASKED_AGAIN: _l("Asked for on two days behind the secret words: decide"),
    FollowUp.REQUEST_TAKEN_BACK: _l("What was asked for is taken back"),
    FollowUp.WAY_NOT_SAFE: _l("The way to the child is not safe: don't use it, find another today"),
    FollowUp.WAY_TO_CONFIRM: _l("Another way to the child is proposed: decide"),
    FollowUp.MEETING_PICKED: _l("The child picked a time to meet"),
    FollowUp.MEETING_SUGGESTED: _l("The child suggests another time to meet"),
    FollowUp.MEETING_DECLINED: _l("The child does not want to meet now"),
    FollowUp.STOPPED: _l("The child asked us to stop"),
    FollowUp.WANTS_IT_AFTER_ALL: _l("The child does want it looked into"),
    FollowUp.UNDERSTOOD: _l("The child says that the answer understood them"),
    FollowUp.NOT_QUITE: _l("The child says that the answer is not quite right"),
    FollowUp.ASKS_FOR_HEAD: _l("The child asks the Head of Practice to get in touch"),
    FollowUp.ASKS_FOR_ADVOCATE: _l("The child asks for help to find an advocate"),
    FollowUp.EMAIL_FAILED: _l("An email to the child did not get through"),
    FollowUp.MEETING_ON_CLOSED_DAY: _l("The meeting is on a day that is closed now"),
    FollowUp.ENDING_PROPOSED: _l("The local manager proposes to close it without an answer"),
    FollowUp.ENDING_REJECTED: _l("The child says that it was not right to close it"),
    FollowUp.CHANGE_TO_CHECK: _l("A change of the answer is to be checked"),
    FollowUp.CHANGE_TO_GIVE: _l("A change of the answer is to be delivered"),
    FollowUp.NOT_IN_CASE_FILE: _l("The child was not found in the case file"),
}
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.SPOKE: _l("We spoke with the child"),
    Outcome.WROTE: _l("We wrote to the child"),
    Outcome.NOTHING_NEW: _l("There is nothing new to do"),
}
OF_PROPOSALS: Mapping[Outcome, Text] = {Outcome.GOES_ON: _l("No, it goes on")}
_ENDINGS: Mapping[Outcome, Text] = {
    **OUTCOMES,
    **OF_PROPOSALS,
    Outcome.SEEN: _l("It was opened"),
    Outcome.DONE: _l("It is done"),
    Outcome.TAKEN_BACK: _l("It was taken back"),
}
REQUESTS: Mapping[Asked, Text] = {
    Asked.STOP: _l("Stop looking into it"),
    Asked.WAY: _l("Another way to reach the child"),
    Asked.SUPPORTER: _l("Another supporter"),
    Asked.NOT_SAFE: _l("The way to the child is not safe"),
}
THIRD_WAYS: Mapping[ThirdWay, Text] = {
    ThirdWay.WORKER: _l("Through the child's worker"),
    ThirdWay.SCHOOL: _l("At school"),
    ThirdWay.IN_PERSON: _l("In person"),
}
WAYS_FOUND: Mapping[WayFound, Text] = {
    WayFound.ASKED: _l("The way that is asked for behind the secret words"),
    WayFound.FIRST: _l("The first way: it is safe, as the child says"),
    WayFound.HERE: _l("Only this website, with the secret words"),
}
ENDINGS: Mapping[Ending, Text] = {
    Ending.CANT_REACH: _l("The child can't be reached"),
    Ending.DUPLICATE: _l("The child told us the same before"),
    Ending.TEST: _l("It is a test, and not from a child"),
    Ending.NOT_OURS: _l("It is about somebody else's work, not ours"),
}
DECISIONS: Mapping[Decision, Text] = {
    Decision.HANDED_OVER: _l("Handed over to safeguarding"),
    Decision.SPOKEN: _l("Spoken with the child"),
    Decision.NO_MORE: _l("No more is needed"),
}
_TOPICS = {Kind.COMPLIMENT: catalogue.PRAISE_TOPICS}  # the question that asks for them


_WORDS: Mapping[type[StrEnum], Mapping[Any, Text]] = {
    Kind: KINDS,
    Wish: WISHES,
    PassOn: PASS_ON,
    AgeBand: AGES,
    Method: METHODS,
    Channel: WAYS,
    AttemptResult: RESULTS,
    Promise: PROMISES,
    FollowUp: FOLLOW_UPS,
    Outcome: _ENDINGS,
    Decision: DECISIONS,
    Asked: REQUESTS,
    ThirdWay: THIRD_WAYS,
    WayFound: WAYS_FOUND,
    Ending: ENDINGS,
    MeetingOutcome: MEETING_OUTCOMES,
    SupporterCheck: SUPPORTER_CHECKS,
    Identity: IDENTITIES,
}


@once_a_page
def of(code: StrEnum) -> str:
    """Return what a code is called."""
    return str(_WORDS[type(code)][code])


def named(name: str | None) -> str:
    """Return what to call the child."""
    return name if name and is_visible(name) else _("No name given")


def topics(kind: Kind, codes: Iterable[str]) -> list[str]:
    """Return what it is about, as the child was asked."""
    return [_picked(_TOPICS.get(kind, catalogue.TOPICS), "topics", code) for code in codes]


def needs(codes: Iterable[str]) -> list[str]:
    """Return what helps the child; "nothing" is none."""
    return [_picked(catalogue.NEEDS, "needs", code) for code in codes if code != "nothing"]


def supporter(code: str | None) -> str:
    """Return whether the child wants somebody with them."""
    return _picked(catalogue.SUPPORTER, "supporter", code) if code else ""


def remedies(codes: Iterable[str]) -> list[str]:
    """Return what would put it right."""
    return [_picked(catalogue.REMEDIES, "remedies", code) for code in codes]


def look(code: str) -> str:
    """Return which pages the child chose."""
    return _("Pictures and easy words") if code == "pictures" else _("Words")


@once_a_page
def language(code: str) -> str:
    """Return a language's name in the language of the page."""
    if code not in {language.code for language in languages.offered()}:
        return code  # Babel raises on what it does not know
    return str(Locale.parse(code).get_display_name(get_locale()) or code)


def came_of(code: str) -> str:
    """Return what came of a try or of a meeting; what is no longer known as it was kept."""
    known = (AttemptResult, MeetingOutcome)
    return next((of(kind(code)) for kind in known if code in set(kind)), code)


def way(code: str) -> str:
    """Return how somebody was reached; a way that is no longer known as it was kept."""
    return of(Channel(code)) if code in set(Channel) else code


@once_a_page
def _picked(screen: str, field: str, code: str) -> str:
    asked = next(item for item in BY_ID[screen].fields if item.name == field)
    assert isinstance(asked, Choice)  # noqa: S101 - the catalogue says so
    return asked.label_of(code)
