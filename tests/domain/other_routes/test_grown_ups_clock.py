"""A grown-up's answer is owed by a clock of their own route: the promises run it as it is."""

from datetime import date, timedelta

from kids_feedback.domain.case.clocks import due
from kids_feedback.domain.case.promises import (
    Because,
    MovedPromise,
    Occasion,
    Promise,
    PromiseFacts,
    kept_in_time,
    owed,
)
from kids_feedback.gateways.bank_holidays import calendar_of
from tests.domain.other_routes.grown_ups_route import ANSWER, GROWN_UP

ENGLAND = calendar_of({})
CLOCKS = GROWN_UP.clocks["grown_up"]
RECEIVED, HEARING = date(2026, 3, 2), date(2026, 3, 27)
BY, BEFORE_COURT, WITH_EVIDENCE = date(2026, 3, 23), date(2026, 3, 20), date(2026, 4, 10)


def facts(
    by: date, *, answered_on: date | None = None, update: MovedPromise | None = None
) -> PromiseFacts:
    happened: dict[Occasion, date | None] = {Occasion.RECEIVED: RECEIVED}
    if answered_on:
        happened[Occasion.ANSWERED] = answered_on
    return PromiseFacts(
        wants_contact=True,
        happened=happened,
        days={Promise.ANSWER: by},
        moves=[update] if update else [],
    )


def an_update(by: date) -> MovedPromise:
    """Return what the person was told before the day: evidence is needed, and by when it comes."""
    return MovedPromise(
        promise=Promise.ANSWER,
        old_on=by,
        new_on=WITH_EVIDENCE,
        because=Because.SAID,
        reason="We wait for the transcript.",
    )


def test_the_answer_is_owed_from_receipt_by_the_earlier_of_the_two_days() -> None:
    for hearing_on, by in ((None, BY), (HEARING, BEFORE_COURT)):
        on = due(ANSWER, RECEIVED, ENGLAND, hearing_on=hearing_on).on
        (answer,) = owed(facts(on), CLOCKS)
        assert (answer.since, answer.by, answer.told_on) == (RECEIVED, by, by)


def test_an_update_moves_the_day_that_was_told_and_not_the_one_that_is_due() -> None:
    (answer,) = owed(facts(BY, update=an_update(BY)), CLOCKS)
    assert (answer.by, answer.told_on) == (BY, WITH_EVIDENCE)


def counted_as(answered_on: date, update: MovedPromise | None) -> str:
    """Return how an answer is counted: in time, with an update that was kept, or late."""
    known = facts(BY, answered_on=answered_on, update=update)
    if kept_in_time(Promise.ANSWER, known, CLOCKS, today=answered_on):
        return "in time"
    return "with update" if update and answered_on <= update.new_on else "late"


def test_answers_in_time_with_an_update_and_late_are_told_apart() -> None:
    a_day = timedelta(days=1)
    assert counted_as(BY, None) == counted_as(BY, an_update(BY)) == "in time"
    assert counted_as(BY + a_day, an_update(BY)) == "with update"
    assert counted_as(WITH_EVIDENCE + a_day, an_update(BY)) == "late"
    assert counted_as(BY + a_day, None) == "late"
