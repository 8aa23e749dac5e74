"""What was done about a case: events, talks, answer, later days, follow-ups, messages, requests."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.requests import Asked, RequestState, WayFound
from kids_feedback.domain.case.submission import Answers
from kids_feedback.domain.people import Role
from kids_feedback.domain.unreadable import TEXT as UNREADABLE_TEXT
from kids_feedback.storage import commitments
from kids_feedback.storage.base import Numbered, RandomId
from kids_feedback.storage.commitments import Line, Text
from kids_feedback.storage.encryption import Keys, SealedParts, SealedText, sealed
from kids_feedback.storage.facts import Fact, Facts


class Event(RandomId):
    """One line of a case's history, a look included. Added, never changed; its text may be erased.

    Which line of which case it is, whose, what and when stand in the clear. What it says, facts and
    note, is sealed together with a nonce. The commitment covers all of it, of the text its digest
    alone: so a change is noticed, an erased text is not missed, and without the text its digest
    tells nothing (docs/adr/0018).
    """

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("feedback_id", "number"),)

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"))
    number: Mapped[int]  # 1, 2, 3, … within the case, in the order of being written
    written_on: Mapped[date]  # the local day
    at: Mapped[datetime | None]  # None: the procedure asks for no more than the day
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # None: child or system
    what: Mapped[str] = mapped_column(String(40))  # the value of a ``Step``
    text_sealed: Mapped[bytes | None] = sealed()
    text = SealedParts[Text]("text_sealed")  # None: erased
    text_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    commitment: Mapped[bytes] = mapped_column(LargeBinary(33))

    def say(self, keys: Keys, facts: Mapping[str, Any], note: str | None) -> None:
        """Write the text, once every other column is filled, and commit to all of it.

        Args:
            facts: dates as ISO text, and codes.
            note: words.
        """
        self.text = commitments.new_text(facts, note)
        self.text_digest = commitments.digest_of(self.text)
        self.commitment = commitments.commit(keys, self._line())

    def holds(self, keys: Keys) -> bool:
        """Say whether the line is as it was written. A text that was erased is not missed."""
        text = self.text
        same = text is None or commitments.digest_of(text) == self.text_digest
        return same and commitments.fits(keys, self.commitment, self._line())

    @property
    def facts(self) -> dict[str, Any]:
        """The facts; none once they are erased, nor where they cannot be read."""
        text = self.text
        return text.get("facts", {}) if text else {}

    @property
    def note(self) -> str | None:
        """The note; None: none was written, it is erased, or it cannot be read."""
        text = self.text
        return text.get("note") if text else None

    def _line(self) -> Line:
        return Line(
            id=self.id,
            feedback_id=self.case_id,
            number=self.number,
            written_on=self.written_on,
            at=self.at,
            person_id=self.person_id,
            what=self.what,
            text_digest=self.text_digest,
        )


class Talk(Numbered):
    """A talk, by any way, about the complaint itself. The first starts the clock (ruling R1)."""

    __tablename__ = "talk"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    talk_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    said_sealed: Mapped[bytes | None] = sealed()
    said = Facts("said_sealed")
    # phone, meet, video, letter, email, here
    way = Fact[str](said, str, unreadable=UNREADABLE_TEXT)
    present = Fact[str | None](said, str, unreadable=UNREADABLE_TEXT)
    wants = Fact[str | None](said, str, unreadable=UNREADABLE_TEXT)
    still_wants = Fact[bool | None](said, bool)  # … it looked into; None: nobody kept it
    struck_on: Mapped[date | None]  # it was none; or another row has it as it was


class Answer(RandomId):
    """The written answer, part by part (ruling R7); one a case, sealed."""

    __tablename__ = "answer"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), unique=True)
    parts_sealed: Mapped[bytes | None] = sealed()
    parts = SealedParts[dict[str, str]]("parts_sealed")
    sent_back_sealed: Mapped[bytes | None] = sealed()
    sent_back = SealedText("sent_back_sealed")  # the Head of Practice's note, until sent again
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    approved_on: Mapped[date | None]
    how_sealed: Mapped[bytes | None] = sealed()
    how = Facts("how_sealed")
    delivered_how = Fact[str | None](how, str)
    read_on: Mapped[date | None]  # when the child first opened it with the secret words


class AnswerChange(RandomId):
    """A later version of an answer that was out, with the one before it; both are sealed."""

    __tablename__ = "answer_change"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    parts_sealed: Mapped[bytes | None] = sealed()
    parts = SealedParts[dict[str, str]]("parts_sealed")
    before_sealed: Mapped[bytes | None] = sealed()
    before = SealedParts[dict[str, str]]("before_sealed")  # what the child could read until then
    why_sealed: Mapped[bytes | None] = sealed()
    why = SealedText("why_sealed")  # for the child to read
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    approved_on: Mapped[date | None]
    given_on: Mapped[date | None]  # from this day on the child reads it
    how_sealed: Mapped[bytes | None] = sealed()
    how = Facts("how_sealed")
    given_how = Fact[str | None](how, str)
    dropped_on: Mapped[date | None]  # it was not given, and the answer stayed as it was
    read_on: Mapped[date | None]  # when the child first opened it with the secret words


class Delay(RandomId):
    """A promised day that is missed, the new one, and why, in words for the child."""

    __tablename__ = "delay"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    promise: Mapped[str] = mapped_column(String(16))  # a domain.case.promises.Promise
    because: Mapped[str] = mapped_column(String(16))  # a domain.case.promises.Because
    old_on: Mapped[date]
    new_on: Mapped[date]  # moves when a day is closed, as every promise does
    said_at: Mapped[datetime]
    said_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason_sealed: Mapped[bytes | None] = sealed()  # where staff said it; a cause is a code
    reason = SealedText("reason_sealed")


class FollowUpRow(RandomId):
    """One thing to follow up: what it is, whose, by when, and how it ended."""

    __tablename__ = "follow_up"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    what: Mapped[FollowUp]
    owner: Mapped[Role]  # the manager who has the case, or its Head of Practice
    opened_on: Mapped[date]
    due_on: Mapped[date]
    seen_on: Mapped[date | None]  # when somebody first opened it
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    outcome_sealed: Mapped[bytes | None] = sealed()
    result = Facts("outcome_sealed")
    outcome = Fact[Outcome | None](result, Outcome)  # why is said in the history


class Letter(Numbered):
    """A message to the child, sealed. Added, never changed; the child's answer is more words."""

    __tablename__ = "letter"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_on: Mapped[date]  # the local day
    text_sealed: Mapped[bytes | None] = sealed()
    text = SealedText("text_sealed")
    opened_on: Mapped[date | None]  # when the child first opened it; None: it waits
    nothing_of_case: Mapped[bool] = mapped_column(default=False)  # is in it, as who wrote it said


class Request(RandomId):
    """What was asked for behind the secret words, and what became of it.

    It stands beside what holds until a person has made sure of it, and never in its place.
    """

    __tablename__ = "request"

    case_id: Mapped[str] = mapped_column("feedback_id", ForeignKey("feedback.id"), index=True)
    what: Mapped[Asked]
    state: Mapped[RequestState] = mapped_column(default=RequestState.WAITS)
    asked_on: Mapped[date]  # the local day
    asked_again_on: Mapped[date | None]  # where nothing but the words leads to the child
    given_sealed: Mapped[bytes | None] = sealed()
    given = SealedParts[Answers]("given_sealed")  # all that was answered, by the pages' names
    found: Mapped[WayFound | None]  # of a way that is not safe: what is to be used instead
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # None: the child
