"""The facts behind sentences, each a small function of what is stored."""

import re
from collections.abc import Callable
from datetime import date

from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.hearings import TAKES_PLACE
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import Role
from kids_feedback.storage.tables.case import Hearing
from tests.web.promises.reading import Said
from tests.web.promises.stored import Stored, World

Fact = Callable[[World, Said], bool]
OfCase = Callable[[Stored, Said], bool]

PROMISES = {  # the column of its day, and those of which any says that it is kept
    "route": ("routed_by", ("area_code",)),
    "read": ("read_by", ("acknowledged_on",)),
    "contact": ("contact_by", ("contacted_on", "talk_on")),
    "talk": ("talk_by", ("talk_on",)),
    "answer": ("answer_by", ("delivered_on",)),
    "here": ("talk_by", ("delivered_on",)),  # of who wants no contact
    "pass_on": ("pass_on_by", ("closed_on",)),
}
OWNERS = {
    Role.CUSTOMER_SERVICE: "Our Customer Service Team",
    Role.LOCAL_MANAGER: "The manager",
    Role.HEAD_OF_PRACTICE: "The manager's boss",
}
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def a_case(holds: OfCase) -> Fact:
    """It is so of some case."""
    return lambda world, said: any(holds(case, said) for case in world.cases)


def on(*columns: str) -> Fact:
    """A column of the case says that day."""
    return a_case(lambda it, said: any(said.names(getattr(it.case, name)) for name in columns))


def has(column: str) -> Fact:
    """A column of the case says something."""
    return a_case(lambda it, said: bool(getattr(it.case, column)))


def promised(*promises: str, place: str = "day") -> Fact:
    """That day was promised."""
    return a_case(lambda it, said: any(said.names(on, place) for on in _days(it, promises)))


def owed(*promises: str) -> Fact:
    """That day is promised, and the promise is not kept yet."""
    return a_case(
        lambda it, said: any(
            said.names(day)
            for promise in promises
            if not _is_kept(it, promise)
            for day in _days(it, (promise,))
        )
    )


def broken(*promises: str) -> Fact:
    """That day was promised, is past, and the promise is not kept."""
    return a_case(
        lambda it, said: any(
            said.names(day) and day < it.today
            for promise in promises
            if not _is_kept(it, promise)
            for day in _days(it, (promise,))
        )
    )


def missed(*promises: str) -> Fact:
    """A day that was promised is past, and the promise is not kept."""
    return a_case(
        lambda it, _said: any(
            day < it.today
            for promise in promises
            if not _is_kept(it, promise)
            for day in _days(it, (promise,))
        )
    )


def was_delayed(is_over: bool = False) -> Fact:  # noqa: FBT001, FBT002
    """Staff, or another meeting, made a day of one promise another day."""
    return a_case(
        lambda it, said: (
            any(
                said.names(row.old_on, "old")
                and said.names(row.new_on, "new")
                and (not is_over or row.new_on < it.today)
                for row in it.delays
            )
            or any(
                said.names(meeting.starts_at and meeting.starts_at.date(), "new")
                and any(said.names(day, "old") for day in _days(it, ("talk",)))
                for meeting in it.meetings
            )
        )
    )


def did(*whats: FollowUp) -> Fact:
    """The child did that on that day."""
    return a_case(
        lambda it, said: any(
            row.what in whats and said.names(row.opened_on) for row in it.follow_ups
        )
    )


def waits(*whats: FollowUp) -> Fact:
    """It is still to be followed up, by that person and day."""
    return a_case(
        lambda it, said: any(
            row.what in whats
            and row.ended_on is None
            and said.names(row.due_on)
            and _owns(it, row.owner, said.values.get("who"))
            for row in it.follow_ups
        )
    )


def followed_up(*outcomes: Outcome) -> Fact:
    """It was followed up so on that day."""
    return a_case(
        lambda it, said: any(
            row.outcome in outcomes and said.names(row.ended_on) for row in it.follow_ups
        )
    )


def late_follow_up() -> Fact:
    """Something should have been followed up by that day, and was not."""
    return a_case(
        lambda it, said: any(
            row.ended_on is None and row.due_on < it.today and said.names(row.due_on)
            for row in it.follow_ups
        )
    )


def met(*states: MeetingState, place: str = "day") -> Fact:
    """There is a meeting on that day which stands so."""
    return a_case(
        lambda it, said: any(
            row.state in states and said.names(row.starts_at and row.starts_at.date(), place)
            for row in it.meetings
        )
    )


def line(*steps: Step) -> Fact:
    """The history has a line of that step, with those days."""
    return a_case(
        lambda it, said: any(
            event.what in steps
            and all(_names_any(said, place, event.facts) for place in said.days())
            for event in it.events
        )
    )


def told_court(*, again: bool | None = None, late: bool | None = None, both: bool = True) -> Fact:
    """The court was told on that day; and whether it is to be told again, or was told late."""

    def holds(it: Stored, said: Said) -> bool:
        told = [row for row in it.hearings if _told_on(row)]
        days = [_told_on(row) for row in told]
        if both and not any(said.names(day) for day in days):
            return False
        if again is not None and again is not any(_untold(it)):
            return False
        if late is None:
            return True
        was_late = any(_is_late(row, it.today) for row in it.hearings)
        return late is was_late

    return a_case(holds)


def not_told_court(*, late: bool) -> Fact:
    """The court knows nothing, or not all of it, yet."""

    def holds(it: Stored, said: Said) -> bool:
        if any(_told_on(row) for row in it.hearings):
            return False
        asked = it.case.court_by is not None and it.case.court_by < it.today
        return late is (asked or any(_is_late(row, it.today) for row in it.hearings))

    return a_case(holds)


def hearing(*, told: tuple[bool, bool] | None = None, past: bool | None = None) -> Fact:
    """A hearing is known on that day, with those parts told, over or not."""

    def holds(it: Stored, said: Said) -> bool:
        return any(
            row.state in TAKES_PLACE
            and said.names(row.hearing_on, "hearing")
            and told in (None, (bool(row.told_complaint_on), bool(row.told_doing_on)))
            and past in (None, row.hearing_on is not None and row.hearing_on <= it.today)
            for row in it.hearings
        )

    return a_case(holds)


def opened_words() -> Fact:
    """Somebody has opened the words."""
    return a_case(lambda it, _said: any(event.what == Step.OPEN_STATEMENT for event in it.events))


def both(*facts: Fact) -> Fact:
    """All of it is so."""
    return lambda world, said: all(fact(world, said) for fact in facts)


def either(*facts: Fact) -> Fact:
    """Some of it is so."""
    return lambda world, said: any(fact(world, said) for fact in facts)


def no(fact: Fact) -> Fact:
    """It is not so."""
    return lambda world, said: not fact(world, said)


def nothing_sent(world: World, _said: Said) -> bool:
    """Nothing has reached us."""
    return not world.cases


def _days(it: Stored, promises: tuple[str, ...]) -> list[date]:
    """Return the days that the child was promised, the first and what was said since."""
    first = [getattr(it.case, PROMISES[name][0]) for name in promises]
    named = {"answer" if name == "here" else name for name in promises}
    later = [row.new_on for row in it.delays if row.promise in named]
    return [day for day in (*first, *later) if day]


def _is_kept(it: Stored, promise: str) -> bool:
    return any(getattr(it.case, column) for column in PROMISES[promise][1])


def _owns(it: Stored, owner: Role, who: str | None) -> bool:
    return who in (None, OWNERS[owner]) or any(row.name == who for row in it.people)


def _names_any(said: Said, place: str, facts: object) -> bool:
    days = [date.fromisoformat(text) for text in _ISO.findall(str(facts))]
    return any(said.names(day, place) for day in days)


def _told_on(row: Hearing) -> date | None:
    first, second = row.told_complaint_on, row.told_doing_on
    return max(first, second) if first and second else None


def _untold(it: Stored) -> list[bool]:
    return [row.state in TAKES_PLACE and _told_on(row) is None for row in it.hearings]


def _is_late(row: Hearing, today: date) -> bool:
    told = _told_on(row)
    if row.state not in TAKES_PLACE or row.hearing_on is None or row.hearing_on > today:
        return False
    return told is None or told > row.hearing_on
