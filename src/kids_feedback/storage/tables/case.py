"""Cases: what a child sent, with its state; and whom it may be about."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kids_feedback.domain.case.answer import AnswerChangeState
from kids_feedback.domain.case.contact import Method, NotArrived
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Ending, Stage, Step
from kids_feedback.domain.case.requests import WayState
from kids_feedback.domain.case.submission import AgeBand, Answers, Door, Kind, PassOn, Wish
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.domain.unreadable import TEXT as UNREADABLE_TEXT
from kids_feedback.storage.base import ID_LENGTH, RandomId
from kids_feedback.storage.encryption import Keys, SealedParts, SealedText, sealed
from kids_feedback.storage.facts import Fact, Facts, marks
from kids_feedback.storage.tables.people import CODE, Area, Office, PersonRow


class Case(RandomId):
    """What a child sent, and where it stands. The child's own parts are sealed and never edited."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("answer_by IS NULL OR talk_on IS NOT NULL", name="clock_needs_a_talk"),
        Index("ix_feedback_queue", "area_code", "closed_on", "next_due_on"),
        Index("ix_feedback_mine", "manager_id", "closed_on", "next_due_on"),
    )

    key: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True)  # of the form that sent it
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)  # of the secret words
    version: Mapped[int] = mapped_column(
        default=1
    )  # one more with every act (``services.case.act``)
    # Whoever writes an older version is refused; however often an act flushes, it counts once.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    door: Mapped[Door]
    kind: Mapped[Kind]
    topics: Mapped[list[str]] = mapped_column(JSON)
    primary_topic: Mapped[str] = mapped_column(String(CODE), default="")  # ruling R12
    needs: Mapped[list[str]] = mapped_column(JSON)
    slip: Mapped[str | None] = mapped_column(String(6), unique=True)  # code on a paper drawing
    read_today: Mapped[bool] = mapped_column(default=False)  # an alarm is undecided (R19)
    language: Mapped[str] = mapped_column(String(16))  # of the pages the child wrote on

    glance_sealed: Mapped[bytes | None] = sealed()  # what staff see at a glance, opened as one
    glance = Facts("glance_sealed")
    name = Fact[str | None](glance, str, unreadable=UNREADABLE_TEXT)
    wish = Fact[Wish | None](glance, Wish)
    pass_on = Fact[PassOn | None](glance, PassOn)
    age_band = Fact[AgeBand](glance, AgeBand, unreadable=AgeBand.NOT_SAID)
    method = Fact[Method | None](glance, Method)  # None: the child skipped the question
    supporter = Fact[str | None](glance, str)
    share = Fact[bool](glance, bool, unreadable=False)  # with the board, names removed
    look = Fact[str](glance, str, unreadable="words")
    meeting_at = Fact[datetime | None](glance, datetime)  # of the meeting that is agreed, in UTC

    words_sealed: Mapped[bytes | None] = sealed()
    contact_sealed: Mapped[bytes | None] = sealed()
    helper_sealed: Mapped[bytes | None] = sealed()
    statement = SealedParts[Answers]("words_sealed")
    contact = SealedParts[Answers]("contact_sealed")
    helper = SealedParts[Answers]("helper_sealed")

    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))  # None: to be routed
    office_code: Mapped[str | None] = mapped_column(ForeignKey("office.code"), index=True)
    manager_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    area: Mapped[Area | None] = relationship()
    office: Mapped[Office | None] = relationship()
    manager: Mapped[PersonRow | None] = relationship()

    stage: Mapped[Stage] = mapped_column(default=Stage.RECEIVED)
    fallback: Mapped[Fallback | None]  # who has it because nobody else may (ruling R18)
    next_step: Mapped[Step | None]
    next_owner: Mapped[Role | None]  # whose step that is
    follow_up_by: Mapped[date | None]  # the first day of what is still to be followed up
    news_on: Mapped[date | None]  # since when something the child did waits to be opened
    next_due_on: Mapped[date | None]  # the next promise to break, a court notice among them
    warn_on: Mapped[date | None]  # from this day the court notice comes first in the queue

    received_on: Mapped[date] = mapped_column(index=True)
    routed_by: Mapped[date]
    read_by: Mapped[date]
    contact_by: Mapped[date]
    talk_by: Mapped[date]
    pass_on_by: Mapped[date]
    answer_by: Mapped[date | None]  # None until the talk
    answer_not_counted: Mapped[list[str] | None] = mapped_column(JSON)  # closed days of its sum
    asked_on: Mapped[date | None]  # contact is promised from here on; None: from receipt
    acknowledged_on: Mapped[date | None]
    contacted_on: Mapped[date | None]  # when the child was first reached; a try is not that
    next_attempt_on: Mapped[date | None]  # when somebody tries again to reach the child
    meeting_on: Mapped[date | None]  # the day of the meeting that is agreed
    talk_on: Mapped[date | None]  # of the first talk: day 0 of the clock
    delivered_on: Mapped[date | None]
    posted_on: Mapped[date | None]  # the answer as a letter; None: it went another way
    not_arrived: Mapped[NotArrived | None]  # that letter; until the answer is delivered anew
    stopped_on: Mapped[date | None]  # the child asked us to stop: it is withdrawn (ruling R22)
    stop_asked_on: Mapped[date | None]  # a manager heard so in a talk; the child is to confirm it
    identity: Mapped[Identity | None]  # who they are in the case file; None: nobody has checked
    identity_on: Mapped[date | None]  # when that was said
    requested_on: Mapped[date | None]  # the first day of what waits to be made sure of (R28)
    way_not_used: Mapped[WayState | None]  # the child said that it is not safe; None: it is used
    ended_on: Mapped[date | None]  # when Cafcass' involvement ended (ruling R5)
    closed_on: Mapped[date | None]
    ended_as: Mapped[Ending | None]  # … otherwise than by an answer
    same_as_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))  # of which it is a duplicate
    change: Mapped[AnswerChangeState | None]  # of a second version of the answer, until it is given

    rated: Mapped[bool] = mapped_column(default=False)  # how we did was said; not what

    ongoing: Mapped[bool | None]  # is a case in court; None: find out
    court_by: Mapped[date | None]  # by when that, or the next hearing, is found out; None: it is
    court_asked_on: Mapped[date | None]  # from which ``court_by`` is counted
    court_duty_ended_on: Mapped[date | None]  # of a withdrawn complaint, by the Head (ruling R20)
    hearings: Mapped[list["Hearing"]] = relationship(order_by="Hearing.number")


class Hearing(RandomId):
    """A hearing, with its own notice. Another day is another row: nothing here is overwritten."""

    __tablename__ = "hearing"
    __table_args__ = (UniqueConstraint("feedback_id", "number"),)

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"))
    number: Mapped[int]  # 1, 2, 3, … within the case, in the order of being recorded
    state: Mapped[HearingState]
    hearing_on: Mapped[date | None]  # None: it is awaited
    known_on: Mapped[date]  # the local day on which its day was recorded
    moved_to_on: Mapped[date | None]  # of one that was moved or mistyped: the right day
    hour_sealed: Mapped[bytes | None] = sealed()
    hour = Facts("hour_sealed")
    hearing_at = Fact[time | None](hour, time)  # local; None: nobody said
    reason_sealed: Mapped[bytes | None] = sealed()
    reason = SealedText("reason_sealed")  # why it was moved, vacated or mistyped
    told_complaint_on: Mapped[date | None]  # when the court was told of the complaint
    told_doing_on: Mapped[date | None]  # … and of what is being done
    child_told_on: Mapped[date | None]  # … and the child that the court will know


class PersonComplainedAbout(RandomId):
    """Somebody a child complains about, or, until staff say who it is, may be complaining about.

    They, and by default their line manager, see nothing of it (rulings R8 and R21). Who it is is
    sealed; a row is found by the keyed digest of their id, which without the keys names nobody.
    """

    __tablename__ = "about"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    person_key: Mapped[bytes] = mapped_column(LargeBinary(33), index=True)
    who_sealed: Mapped[bytes | None] = sealed()
    who = Facts("who_sealed", {"person_id": "person_key"})
    person_id = Fact[str](who, str)
    # False: only what was typed fits them, and staff are still to say whether it is them.
    certain = Fact[bool](who, bool, default=True, unreadable=False)
    line_manager_may: Mapped[bool] = mapped_column(default=False)  # decided with a recorded reason

    @classmethod
    def keys_of(cls, keys: Keys, ids: Iterable[str]) -> list[bytes]:
        """Return by what the rows of some people are found, whichever key was the newest then."""
        return [mark for id_ in ids for mark in marks(keys, "about", "person_key", id_)]
