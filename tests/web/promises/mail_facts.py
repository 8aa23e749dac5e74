"""The facts behind sentences about mail: what its rows say, never what was meant."""

from collections.abc import Callable

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.site.mail_progress import OFTEN
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.safety import AlarmTold
from tests.web.promises.facts import Fact, a_case
from tests.web.promises.reading import Said
from tests.web.promises.stored import Stored


def emailed() -> Fact:
    """The email to the child that a line of the history wrote has gone."""

    def holds(it: Stored, _said: Said) -> bool:
        sent = {row.id for row in it.messages if row.to_child and row.sent_at is not None}
        return any(event.facts.get("emailed") in sent for event in it.events)

    return a_case(holds)


def alarm(*, decided: bool | None = None, told: bool | None = None) -> Fact:
    """An alarm was raised; decided or not, and somebody was told or nobody.

    Nobody was by mail alone that did not get through.
    """
    return a_case(
        lambda it, said: any(
            decided in (None, row.decided_at is not None)
            and told
            in (
                None,
                any(item.alarm_id == row.id and _alarmed(it, item, _may_come) for item in it.told),
            )
            for row in it.alarms
        )
    )


def alarm_emailed() -> Fact:
    """The mail of an alarm has gone to each that is named."""
    return a_case(
        lambda it, said: all(
            any(
                who.name == name and _alarmed(it, item, lambda row: row.sent_at is not None)
                for item in it.told
                for who in it.people
                if who.id == item.person_id
            )
            for name in said.values["names"].split(", ")
        )
    )


def given_up() -> Fact:
    """A message was given up on that day."""
    return a_case(
        lambda it, said: any(
            _not_emailed(row) and said.names(row.given_up_at and row.given_up_at.date())
            for row in it.messages
        )
    )


def child_not_emailed(*, on: bool = False) -> Fact:
    """An email to the child does not get through; it may be named of which day."""
    return a_case(
        lambda it, said: any(
            row.to_child and _not_emailed(row) and (not on or said.names(row.created_at.date()))
            for row in it.messages
        )
    )


def nudge_told() -> Fact:
    """Somebody was written to since the child asked why it takes so long."""
    return a_case(
        lambda it, _said: (
            any(event.what == Step.NUDGE and event.facts.get("told") for event in it.events)
            and any(not row.to_child for row in it.messages)
        )
    )


def _not_emailed(row: Message) -> bool:
    """Say whether a message was refused for good, or given up."""
    refused = (row.last_error or "").endswith("permanent")
    return row.sent_at is None and (refused or row.given_up_at is not None)


def _may_come(row: Message) -> bool:
    return row.sent_at is not None or not (_not_emailed(row) or row.attempts >= OFTEN)


def _alarmed(it: Stored, item: AlarmTold, how: Callable[[Message], bool]) -> bool:
    """Say whether some mail to somebody who was told has got so far; of an old one it is so."""
    rows = [row for row in it.messages if row.person_id == item.person_id and row.role is None]
    return not rows or any(map(how, rows))
