"""The words of the procedure: the stages of a case, the steps between them, what they bring about.

The tables that put them together are in ``domain.case.route``; ``domain.case.engine`` reads those.
"""

from enum import StrEnum

from kids_feedback.domain.case.submission import Kind


class Stage(StrEnum):
    """Where a case is."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ALLOCATED = "allocated"  # to a local manager
    TALKED = "talked"  # the answer clock runs
    WRITTEN = "written"  # waits for the Head of Practice
    APPROVED = "approved"
    DELIVERED = "delivered"
    CLOSED = "closed"


class Ending(StrEnum):
    """Why something ends without the answer that it was to get. A value never changes.

    The Head of Practice decides, and the child can say that it is not right.
    """

    CANT_REACH = "cant_reach"  # the child, after some tries
    DUPLICATE = "duplicate"  # of something else that the child sent
    TEST = "test"  # nobody's message: somebody tried the site out
    NOT_OURS = "not_ours"  # it is about somebody else's work


FEWEST_TRIES = 3  # before anybody may say that a child can't be reached
NOT_A_CHILDS = frozenset({Ending.DUPLICATE, Ending.TEST})
"""What is no message of its own, and so is not counted among them."""


class Step(StrEnum):
    """What is done about a case, each an event of its history.

    Histories commit to the values, so a value never changes, even where a step has a better name.
    """

    # by staff
    ROUTE = "route"
    ACKNOWLEDGE = "acknowledge"
    ALLOCATE = "give"
    OFFER = "offer"  # times and places to meet
    AGREE_MEETING = "meeting_agreed"  # to what the child suggested
    CANCEL_MEETING = "meeting_cancelled"  # with a reason
    SAY_MET = "meeting_outcome"  # the child came, did not come, or it was moved
    LOG_ATTEMPT = "log_try"
    LOG_TALK = "log_talk"
    CORRECT_TALK = "talk_corrected"
    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    DELIVER = "deliver"
    NOT_ARRIVED = "not_arrived"  # the letter with the answer came back, or went astray
    PASS_ON = "pass_on"  # noqa: S105 - praise is passed on, no password
    COURT_ONGOING = "court_ongoing"
    COURT_HEARING = "court_hearing"
    CHANGE_HEARING = "hearing_changed"  # held, moved, vacated or mistyped
    COURT_TOLD = "court_told"
    COURT_CHILD_TOLD = "court_child_told"
    END_COURT_DUTY = "court_duty_ended"  # to tell it of a complaint that was withdrawn
    RESTORE_COURT_DUTY = "court_duty_restored"
    NAME_WORKER = "name_worker"
    CHECK_SUPPORTER = "supporter_checked"  # whether they are part of the court case
    CHECK_IDENTITY = "identity_checked"  # who the child is, against the case file
    GO_ON_WITHOUT_CASE = "without_case"  # the Head decides so, where nobody is found
    SAY_ENDED = "say_ended"  # when the work with the child ended
    CLOSE = "close"
    SEND_DELAY_NOTICE = "delayed"  # the child is told of a new day for a promise, and why
    WRITE_TO_CHILD = "letter_written"  # what waits behind the secret words
    REPLACE_WORDS = "new_words"  # the old secret words were lost
    OPEN_FROM_OUTSIDE = "opened_from_outside"  # by the person outside the list, with a reason
    OPEN_STATEMENT = "opened_words"
    OPEN_CONTACT = "opened_contact"
    RING_ANYWAY = "rang_outside_hours"  # that the child asked for, with a reason
    SAFEGUARDING = "handover"  # somebody raises the alarm: a child may not be safe
    DECIDE_SAFETY = "safety_decided"  # which ends it, or puts a decision right
    OPEN_FOLLOW_UP = "opened_follow_up"  # what the child did since, seen
    FOLLOW_UP = "followed_up"  # and what came of it
    REOPEN = "reopened"
    MAKE_COMPLAINT = "made_complaint"  # of a note, as the child agrees (ruling R10)
    CHANGE_CONTACT = "contact_changed"  # as was asked behind the words, once that is sure
    CHANGE_SUPPORTER = "supporter_changed"
    DECIDE_REQUEST = "request_decided"
    PROPOSE_WAY = "way_proposed"  # to be used instead of one that is not safe
    CONFIRM_WAY = "way_confirmed"  # by another person, or not

    # by staff, to take something back or put it right
    RECALL_ANSWER = "recalled"  # before it is checked
    TAKE_APPROVAL_BACK = "approval_taken_back"  # before it is delivered
    CHANGE_ANSWER = "answer_change"  # a second version of one that is out
    APPROVE_CHANGE = "change_approved"
    DROP_CHANGE = "change_dropped"  # the answer stays as it is
    GIVE_CHANGE = "change_given"  # from then on the child reads the second version
    STRIKE_TALK = "talk_struck"  # there was none, or it was with another child
    CORRECT_ATTEMPT = "try_corrected"  # what came of a try, or that there was none
    TAKE_NOTICE_BACK = "court_not_told"  # what was kept as told to the court, or the child, was not
    PROPOSE_ENDING = "ending_proposed"  # an ending of its own (see ``Ending``)
    END_OTHERWISE = "ended_otherwise"

    # by the child
    ADD = "added"  # more words
    NUDGE = "nudged"  # because a promise is late
    ASK_FOR_WAY = "way_requested"  # another way to be reached (ruling R28)
    ASK_FOR_SUPPORTER = "supporter_requested"
    ASK_TO_STOP = "stop_requested"
    ASK_AGAIN = "request_again"  # on another day, where nothing but the words leads to them
    TAKE_REQUEST_BACK = "request_taken_back"
    SAY_NOT_SAFE = "way_not_safe"  # the way on which they were to be reached
    PICK_MEETING = "meeting_picked"  # out of what was offered
    SUGGEST_MEETING = "meeting_suggested"  # another time or place
    DECLINE_MEETING = "meeting_declined"
    STOP = "stopped"  # as they told a manager in a talk
    RESUME = "resumed"  # a stop is taken back, or what a talk made of it is not so
    ASK_FOR_MORE = "asked_for_more"  # a note is to be looked into after all
    READ_ANSWER = "answer_read"  # the first time
    READ_LETTER = "letter_read"  # the first time
    SAY_OF_ANSWER = "points"  # understood, or not quite
    NOT_HAPPY = "not_happy"  # with the answer; what the child asks for
    REJECT_ENDING = "ending_rejected"  # it was not right to end it so

    # by the service
    TAKE_BACK = "taken_back"  # from a manager who may not have it, or leaves
    REDATE = "redated"  # a closed day was added
    HAND_UP = "handed_up"  # to who stands in, where nobody else may have it (ruling R18)
    EMAIL_FAILED = "email_failed"  # for good, to the child

    # by an administrator, who sees no case
    HAND_ON = "handed_on"  # because whoever has it leaves, or is away


ACCESS_STEPS = frozenset({Step.OPEN_STATEMENT, Step.OPEN_CONTACT, Step.OPEN_FOLLOW_UP})
BEFORE_ALLOCATED = frozenset({Stage.RECEIVED, Stage.ACKNOWLEDGED})
ANSWERED = frozenset({Stage.DELIVERED, Stage.CLOSED})
TALKED_ABOUT = frozenset({Kind.COMPLAINT, Kind.FEELINGS})  # by a manager, with the child


class Fact(StrEnum):
    """What else decides which steps are open; the last ones are said by the act itself."""

    ROUTED = "routed"  # an area answers for it
    CONTACTED = "contacted"  # the child was reached
    MEETING_SET = "meeting_set"  # a day to meet is agreed
    HAS_SUPPORTER = "has_supporter"  # the child says who comes along
    IN_DOUBT = "in_doubt"  # who it is: not found in the case file, or not for sure
    WANTS_CONTACT = "wants_contact"  # ruling R11: without it no clock can start
    TALKED = "talked"
    ANSWERED = "answered"
    HAS_MANAGER = "has_manager"
    LATE = "late"  # a promise is broken
    WITHDRAWN = "withdrawn"  # the child asked us to stop (ruling R22)
    REQUESTED = "requested"  # something that was asked for behind the words is to be made sure of
    WAY_NOT_SAFE = "way_not_safe"  # nobody uses the way on which the child was to be reached
    WAY_PROPOSED = "way_proposed"  # and what is to be used instead waits for another person
    TO_FOLLOW_UP = "to_follow_up"  # something that the child did since waits
    STOP_ASKED = "stop_asked"  # a manager heard so in a talk; the child has not confirmed it
    JUST_SENT = "just_sent"  # in this very visit, so that nobody typed the secret words
    AGREED = "agreed"  # what was asked for, or proposed, is to be so
    SAID_NO = "said_no"  # the child does not want it looked into
    NOT_UNDERSTOOD = "not_understood"  # by some of the answer, or more was said of it
    OF_ANSWER = "of_answer"  # the child's words go with what they say of the answer
    MEETING_THEN = "meeting_then"  # the child is to be met on the day that is closed
    WANTS_ADVOCATE = "wants_advocate"  # and not the Head of Practice
    COURT_DUTY_ENDED = "court_duty_ended"  # the court need not hear of a withdrawn complaint
    NO_TIME = "no_time"  # the court is to be told of a hearing on the day it became known
    POSTED = "posted"  # the answer, as a letter that has not come back
    NOT_ARRIVED = "not_arrived"  # that letter: until the answer is delivered another way
    ONLY_HERE = "only_here"  # there is no way to the child but behind the secret words
    ANSWER_READ = "answer_read"  # by the child, behind the secret words
    CHANGE_WRITTEN = "change_written"  # a second version of the answer waits to be checked
    CHANGE_APPROVED = "change_approved"  # … or to be given
    ENDED_OTHERWISE = "ended_otherwise"  # closed with an ending of its own
    FELT = "felt"  # it came in as feelings, and only a talk can have made more of it
    LAST_TALK = "last_talk"  # no other talk is left


class Effect(StrEnum):
    """What a step brings about, beside the stage and the kind."""

    START_CLOCK = "start_clock"  # of the answer, on the day of the first talk
    END_MEETING = "end_meeting"  # whatever was offered or agreed stands no more
    LEAVE_MANAGER = "leave_manager"
    NOTIFY_CHILD = "tell_child"  # by email, where that is safe
    NOTIFY_MANAGER = "tell_manager"
    NOTIFY_HEADS = "tell_heads"
    NOTIFY_OWNER = "tell_owner"  # the manager, else the Heads of Practice
