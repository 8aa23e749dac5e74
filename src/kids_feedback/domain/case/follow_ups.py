"""Follow-ups: what something that a child did asks of us, whose it is, and when it is done.

Whatever a child does after sending is somebody's to follow up, by a day. Each kind is a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kids_feedback.domain.case.procedure import Step


class FollowUp(StrEnum):
    """What is to be followed up. Rows and histories keep the values, so a value never changes."""

    MORE_WORDS = "more_words"
    WORDS_AFTER_CLOSING = "words_after_closing"
    NUDGE = "nudge"  # why does it take so long?
    CONTACT_CHANGED = "contact_changed"
    SUPPORTER_CHANGED = "supporter_changed"
    STOP_REQUESTED = "stop_requested"
    WAY_REQUESTED = "way_requested"
    SUPPORTER_REQUESTED = "supporter_requested"
    TO_ASK_AGAIN = "to_ask_again"  # on another day: nothing but the words leads to the child
    ASKED_AGAIN = "asked_again"  # and the Head of Practice decides
    REQUEST_TAKEN_BACK = "request_taken_back"
    WAY_NOT_SAFE = "way_not_safe"
    WAY_TO_CONFIRM = "way_to_confirm"  # what one person has found another decides
    MEETING_PICKED = "meeting_picked"
    MEETING_SUGGESTED = "meeting_suggested"
    MEETING_DECLINED = "meeting_declined"
    STOPPED = "stopped"
    WANTS_IT_AFTER_ALL = "wants_it_after_all"  # a stop taken back, or a note that becomes more
    UNDERSTOOD = "understood"  # the answer understood the child
    NOT_QUITE = "not_quite"  # some of the answer did not
    ASKS_FOR_HEAD = "asks_for_head"
    ASKS_FOR_ADVOCATE = "asks_for_advocate"
    EMAIL_FAILED = "email_failed"
    MEETING_ON_CLOSED_DAY = "meeting_on_closed_day"
    ENDING_PROPOSED = "ending_proposed"  # by the manager: the Head of Practice decides
    ENDING_REJECTED = "ending_rejected"  # the child says that it was not right to end it so
    CHANGE_TO_CHECK = "change_to_check"  # a second version of the answer
    CHANGE_TO_GIVE = "change_to_give"
    NOT_IN_CASE_FILE = "not_in_case_file"  # who the child is: the Head of Practice sees to it


class Outcome(StrEnum):
    """How a follow-up ended."""

    SEEN = "seen"  # it was opened, and that was all it asked for
    DONE = "done"  # by a step of its own, such as another offer of times
    SPOKE = "spoke"  # with the child
    TAKEN_BACK = "taken_back"  # by the child
    WROTE = "wrote"  # to the child
    NOTHING_NEW = "nothing_new"  # with a reason
    GOES_ON = "goes_on"  # what was proposed is not done, with a reason


@dataclass(frozen=True, kw_only=True)
class FollowUpRule:
    """What one kind asks for."""

    for_head: bool = False  # also while a manager has the case and no answer is out
    in_working_days: int = 3  # after the day on which it was opened; 0: that same day
    opened_by: frozenset[Step] = frozenset({Step.OPEN_FOLLOW_UP})  # and from then on is not new
    ended_by: frozenset[Step] = frozenset()
    outcomes: tuple[Outcome, ...] = ()  # that can be recorded, each with a note


_OPENED = frozenset({Step.OPEN_FOLLOW_UP})
_READ = frozenset({Step.OPEN_FOLLOW_UP, Step.OPEN_STATEMENT})
_CONTACT = frozenset({Step.OPEN_FOLLOW_UP, Step.OPEN_CONTACT})
_SPOKEN = (Outcome.SPOKE, Outcome.WROTE)
_ANY = (*_SPOKEN, Outcome.NOTHING_NEW)
_MEETING = frozenset(
    {
        Step.OFFER,
        Step.AGREE_MEETING,
        Step.CANCEL_MEETING,
        Step.SAY_MET,
        Step.LOG_TALK,
        Step.LOG_ATTEMPT,
    }
)

RULES: Mapping[FollowUp, FollowUpRule] = {
    FollowUp.MORE_WORDS: FollowUpRule(
        in_working_days=1, opened_by=_READ, ended_by=frozenset({Step.OPEN_STATEMENT})
    ),
    FollowUp.WORDS_AFTER_CLOSING: FollowUpRule(
        for_head=True, opened_by=_READ, ended_by=frozenset({Step.REOPEN}), outcomes=_ANY
    ),
    FollowUp.NUDGE: FollowUpRule(
        for_head=True,
        in_working_days=1,
        ended_by=frozenset({Step.SEND_DELAY_NOTICE}),
        outcomes=_ANY,
    ),
    FollowUp.CONTACT_CHANGED: FollowUpRule(
        opened_by=_CONTACT, ended_by=frozenset({Step.OPEN_CONTACT})
    ),
    FollowUp.SUPPORTER_CHANGED: FollowUpRule(
        opened_by=_CONTACT, ended_by=frozenset({Step.OPEN_CONTACT})
    ),
    # What was asked for behind the words waits until it is decided (``services.case.asked``).
    FollowUp.STOP_REQUESTED: FollowUpRule(opened_by=_CONTACT),
    FollowUp.WAY_REQUESTED: FollowUpRule(opened_by=_CONTACT),
    FollowUp.SUPPORTER_REQUESTED: FollowUpRule(opened_by=_CONTACT),
    FollowUp.TO_ASK_AGAIN: FollowUpRule(for_head=True, in_working_days=10, opened_by=_CONTACT),
    FollowUp.ASKED_AGAIN: FollowUpRule(for_head=True, opened_by=_CONTACT),
    FollowUp.REQUEST_TAKEN_BACK: FollowUpRule(ended_by=_OPENED),
    FollowUp.WAY_NOT_SAFE: FollowUpRule(
        in_working_days=0, opened_by=_CONTACT, ended_by=frozenset({Step.PROPOSE_WAY})
    ),
    FollowUp.WAY_TO_CONFIRM: FollowUpRule(
        for_head=True, in_working_days=1, ended_by=frozenset({Step.CONFIRM_WAY})
    ),
    FollowUp.MEETING_PICKED: FollowUpRule(ended_by=_OPENED | _MEETING),
    FollowUp.MEETING_SUGGESTED: FollowUpRule(ended_by=_MEETING, outcomes=_SPOKEN),
    FollowUp.MEETING_DECLINED: FollowUpRule(ended_by=_MEETING, outcomes=_ANY),
    FollowUp.STOPPED: FollowUpRule(for_head=True, ended_by=frozenset({Step.CLOSE})),
    FollowUp.WANTS_IT_AFTER_ALL: FollowUpRule(for_head=True, ended_by=_OPENED),
    FollowUp.UNDERSTOOD: FollowUpRule(ended_by=_OPENED),
    FollowUp.NOT_QUITE: FollowUpRule(for_head=True, opened_by=_READ, outcomes=_ANY),
    FollowUp.ASKS_FOR_HEAD: FollowUpRule(for_head=True, outcomes=_SPOKEN),
    FollowUp.ASKS_FOR_ADVOCATE: FollowUpRule(for_head=True, outcomes=_SPOKEN),
    FollowUp.EMAIL_FAILED: FollowUpRule(in_working_days=1, outcomes=_SPOKEN),
    FollowUp.MEETING_ON_CLOSED_DAY: FollowUpRule(ended_by=_MEETING, outcomes=_ANY),
    FollowUp.ENDING_PROPOSED: FollowUpRule(
        for_head=True, ended_by=frozenset({Step.END_OTHERWISE}), outcomes=(Outcome.GOES_ON,)
    ),
    FollowUp.ENDING_REJECTED: FollowUpRule(for_head=True, outcomes=_ANY),
    FollowUp.CHANGE_TO_CHECK: FollowUpRule(
        for_head=True, ended_by=frozenset({Step.APPROVE_CHANGE, Step.DROP_CHANGE})
    ),
    FollowUp.CHANGE_TO_GIVE: FollowUpRule(
        for_head=True, ended_by=frozenset({Step.GIVE_CHANGE, Step.DROP_CHANGE})
    ),
    FollowUp.NOT_IN_CASE_FILE: FollowUpRule(
        for_head=True,
        ended_by=frozenset({Step.CHECK_IDENTITY, Step.GO_ON_WITHOUT_CASE, Step.END_OTHERWISE}),
    ),
}
"""Every kind. One without ``outcomes`` ends with a step only; news end when they are opened."""
