"""The words of the grown-up's route, as ``domain.case.procedure`` has those of the children's."""

from enum import StrEnum


class Where(StrEnum):
    RECEIVED = "received"
    LATE = "late"  # more than six months after Cafcass' involvement ended
    CHECKED = "checked"  # a party, and in time or accepted all the same
    LOCALLY = "locally"  # with a local manager who can put it right quickly
    LOCALLY_ANSWERED = "locally_answered"
    LOOKED_INTO = "looked_into"  # aspect by aspect
    ANSWERED = "answered"
    CLOSED = "closed"
    REFUSED = "refused"
    TO_REWORD = "to_reword"  # it may be sent again in other words


class Do(StrEnum):
    CHECK_PARTY = "check_party"
    SIGNPOST = "signpost"  # to the route of who is no party
    ASK_TO_REWORD = "ask_to_reword"
    SAY_WHY_LATE = "say_why_late"
    DECIDE_LATE = "decide_late"
    GIVE_LOCALLY = "give_locally"
    ANSWER_LOCALLY = "answer_locally"
    SAY_IF_SETTLED = "say_if_settled"
    SEND_EARLIER_ANSWER = "send_earlier_answer"
    ASSESS = "assess"
    LOOK_AT_JUDGEMENT = "look_at_judgement"
    LOOK_AT_ERRORS = "look_at_errors"
    LOOK_AT_MANAGEMENT = "look_at_management"
    LOOK_AT_CONDUCT = "look_at_conduct"
    LOOK_AT_PROVIDER = "look_at_provider"
    PUT_EVIDENCE_ASIDE = "put_evidence_aside"
    WAIT_FOR_EVIDENCE = "wait_for_evidence"
    UPDATE = "update"  # before the due day, with the day expected
    CORRECT = "correct"  # the errors, in what the court has
    TELL_COURT = "tell_court"  # of the complaint
    ANSWER = "answer"
    SEND_COURT_ANSWER = "send_court_answer"
    CLOSE = "close"


class Aspect(StrEnum):
    """What a matter is about; several at once (4.4)."""

    JUDGEMENT = "judgement"
    ERRORS = "errors"
    MANAGEMENT = "management"
    CONDUCT = "conduct"
    PROVIDER = "provider"


class Is(StrEnum):
    """What else decides which steps are open."""

    PARTY = "party"
    LATE = "is_late"
    SAID_WHY = "said_why"
    REASONED = "reasoned"  # the act gives its reason
    ACCEPTED = "accepted"
    BY_LETTER = "by_letter"
    TRIED_LOCALLY = "tried_locally"
    UNHAPPY = "unhappy"
    SAME_ISSUE = "same_issue"
    SERIOUS = "serious"  # conduct for the Head of Practice alone
    NEEDS_EVIDENCE = "needs_evidence"
    UPDATED = "updated"
    PAST_DUE = "past_due"
    PAST_UPDATE = "past_update"  # the day that the update expected
    CORRECTED = "corrected"
    COURT_KNOWS = "court_knows"
    COURT_HAS_ANSWER = "court_has_answer"


class Who(StrEnum):
    PERSON = "person"  # who complains
    SERVICE = "customer_service"
    SERVICE_MANAGER = "customer_service_manager"
    MANAGER = "local_manager"
    HEAD = "head_of_practice"


class Then(StrEnum):
    """What a step brings about."""

    TELL_PERSON = "tell_person"
    TELL_MANAGER = "tell_manager"
    IN_TIME = "count_in_time"  # how an answer is counted (4.12)
    WITH_UPDATE = "count_with_update"
    LATE = "count_late"


LOOKS = {
    Aspect.JUDGEMENT: Do.LOOK_AT_JUDGEMENT,
    Aspect.ERRORS: Do.LOOK_AT_ERRORS,
    Aspect.MANAGEMENT: Do.LOOK_AT_MANAGEMENT,
    Aspect.CONDUCT: Do.LOOK_AT_CONDUCT,
    Aspect.PROVIDER: Do.LOOK_AT_PROVIDER,
}


def still_open(aspect: Aspect) -> str:
    """Return the fact that nobody has looked into an aspect yet."""
    return f"{aspect}_open"
