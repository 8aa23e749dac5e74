"""What a story is made of: what a child sent, and what was done about it, day by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from kids_feedback.demo.cast import Cast
from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.submission import Answers, Door, PassOn, Submission, Wish
from kids_feedback.domain.people import Person
from kids_feedback.services.case.act import Act, by_child, by_staff
from kids_feedback.services.case.notifications import NotificationText
from kids_feedback.services.case.opened import Moment
from kids_feedback.storage.tables.case import Case

_CONTACT = ("method", "meet_tell", "phone", "letter", "email")  # how names of its answers begin
_HELPER = ("supporter",)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where an act finds itself: the case, the moment, and who is there."""

    session: Session
    row: Case
    cast: Cast
    wording: NotificationText
    now: datetime
    today: date
    calendar: WorkingCalendar
    promises: Allowances

    def act(self, person: Person) -> Act:
        """Open an act of a member of staff."""
        return by_staff(self.session, self.row.id, person, self.moment, wording=self.wording)

    def act_of_child(self) -> Act:
        """Open an act of the child, who has come back with the secret words."""
        return by_child(self.session, self.row.id, self.moment)

    @property
    def moment(self) -> Moment:
        return Moment(now=self.now, today=self.today, calendar=self.calendar)

    @property
    def head(self) -> Person:
        """Return the Head of Practice of the case's area."""
        return self.cast.head_of(self.row.area_code or "")

    @property
    def manager(self) -> Person:
        """Return who has the case."""
        return self.cast.people[self.row.manager_id or ""]


Turn = Callable[[Scene], object]  # one thing that somebody does


@dataclass(frozen=True, kw_only=True)
class Story:
    """One child's."""

    ago: int  # working days before the demonstration begins; 0: this very day
    sent: Submission
    then: Sequence[tuple[int, Turn]] = ()  # working days after it was sent, in order
    at: time = time(16, 40)  # local, when it was sent; acts are between half past nine and five
    key: str | None = None  # of the form that sends; None: a random one


def complaint(wish: Wish = Wish.LOOK_INTO, **answers: Any) -> Submission:
    """Return what a child sent from the first door.

    Args:
        answers: by the names and codes of the child's pages, and ``language`` and ``look``.
    """
    return _draft(Door.WRONG, wish=wish, **answers)


def praise(**answers: Any) -> Submission:
    """Return what a child sent from the second door."""
    return _draft(Door.GOOD, **answers)


def _draft(
    door: Door, *, language: str = "en", look: str = "words", name: str = "", **answers: Any
) -> Submission:
    """Sort the answers into the parts of a draft, as the child's pages do."""
    given: dict[str, Any] = {item: str(value) for item, value in answers.items()}
    given |= {item: list(value) for item, value in answers.items() if isinstance(value, tuple)}

    def part(*beginnings: str) -> Answers:
        return {item: value for item, value in given.items() if item.startswith(beginnings)}

    contact, helper = part(*_CONTACT), part(*_HELPER)
    return Submission(
        door=door,
        wish=Wish(given["wish"]) if "wish" in given else None,
        pass_on=PassOn(given["pass_on"]) if "pass_on" in given else None,
        topics=tuple(given.get("topics", ())),
        age=given.get("age"),
        worker=given.get("worker", ""),
        town=given.get("town", ""),
        method=given.get("method"),
        needs=tuple(given.get("needs", ())),
        share=given.get("share") == "yes",
        supporter=given.get("supporter"),
        language=language,
        look=look,
        name=name,
        statement={
            item: value for item, value in given.items() if not (item in contact or item in helper)
        },
        contact=contact,
        helper=helper,
    )
