"""Routes that the service does not have yet, as tables: the engine runs them as it is."""

from collections.abc import Iterable

import pytest

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.people import Role
from tests.domain.other_routes.board_route import TO_THE_BOARD, Board, Says
from tests.domain.other_routes.grown_ups_route import GROWN_UP
from tests.domain.other_routes.grown_ups_words import (
    LOOKS,
    Aspect,
    Do,
    Is,
    Then,
    Where,
    Who,
    still_open,
)
from tests.domain.other_routes.matter import Matter


def received(*facts: str) -> Matter:
    return Matter(route=GROWN_UP, stage=Where.RECEIVED, facts=set(facts))


def checked(*also: str) -> Matter:
    matter = received(*also)
    matter.take(Do.CHECK_PARTY, Who.SERVICE, Is.PARTY)
    return matter


def assessed(*aspects: Aspect, also: Iterable[str] = ()) -> Matter:
    """Return a matter that is split into its aspects, each still to be looked into."""
    matter = checked(*also)
    matter.take(Do.ASSESS, Who.SERVICE, *aspects)
    matter.facts |= {*aspects, *(still_open(aspect) for aspect in aspects)}
    return matter


def looked_into(*aspects: Aspect, also: Iterable[str] = ()) -> Matter:
    matter = assessed(*aspects, also=also)
    while (turn := matter.turn()) and turn[0] in LOOKS.values():
        matter.take(*turn)
    return matter


def test_nothing_is_done_before_it_is_known_who_asks() -> None:
    matter = received()
    assert matter.turn() == (Do.CHECK_PARTY, Who.SERVICE)
    matter.refuses(Do.CHECK_PARTY, Who.SERVICE)
    assert matter.open_to(Who.SERVICE) == {Do.SIGNPOST}
    for who in (Who.MANAGER, Who.HEAD, Who.PERSON, Who.SERVICE_MANAGER):
        assert matter.open_to(who) == frozenset()
    assert matter.take(Do.SIGNPOST, Who.SERVICE) == (Then.TELL_PERSON,)
    assert (matter.stage, matter.turn()) == (Where.CLOSED, None)


def test_a_party_in_time_is_assessed_aspect_by_aspect_and_answered() -> None:
    matter = checked()
    assert matter.turn() == (Do.ASSESS, Who.SERVICE)
    matter.refuses(Do.ASSESS, Who.SERVICE)
    matter = assessed(Aspect.MANAGEMENT, Aspect.CONDUCT, Aspect.PROVIDER)
    turns = []
    while turn := matter.turn():
        turns.append(turn)
        if turn[0] in LOOKS.values():
            matter.refuses(Do.ANSWER, Who.SERVICE)
        matter.take(*turn)
    assert turns == [
        (Do.LOOK_AT_MANAGEMENT, Who.SERVICE),
        (Do.LOOK_AT_CONDUCT, Who.MANAGER),
        (Do.LOOK_AT_PROVIDER, Who.SERVICE),
        (Do.ANSWER, Who.SERVICE),
        (Do.CLOSE, Who.SERVICE),
    ]
    assert matter.stage == Where.CLOSED


@pytest.mark.parametrize("aspect", Aspect, ids=str)
def test_each_aspect_is_looked_into_once_before_the_answer(aspect: Aspect) -> None:
    matter = assessed(aspect)
    matter.refuses(Do.ANSWER, Who.SERVICE)
    step, owner = matter.turn() or ("", "")
    assert step == LOOKS[aspect]
    matter.take(step, owner)
    matter.refuses(step, owner)
    assert matter.turn() == (Do.ANSWER, Who.SERVICE)


def test_serious_conduct_is_the_heads_alone() -> None:
    matter = assessed(Aspect.CONDUCT, also={Is.SERIOUS})
    assert matter.turn() == (Do.LOOK_AT_CONDUCT, Who.HEAD)
    for who in (Who.MANAGER, Who.SERVICE):
        matter.refuses(Do.LOOK_AT_CONDUCT, who)


def late() -> Matter:
    matter = received(Is.LATE)
    assert matter.take(Do.CHECK_PARTY, Who.SERVICE, Is.PARTY) == (Then.TELL_PERSON,)
    assert (matter.stage, matter.turn()) == (Where.LATE, (Do.SAY_WHY_LATE, Who.PERSON))
    matter.take(Do.SAY_WHY_LATE, Who.PERSON)
    assert matter.turn() == (Do.DECIDE_LATE, Who.SERVICE_MANAGER)
    return matter


def test_a_late_one_is_accepted_with_a_reason_by_a_manager_of_customer_service() -> None:
    matter = late()
    matter.refuses(Do.DECIDE_LATE, Who.SERVICE_MANAGER, Is.ACCEPTED)
    matter.refuses(Do.DECIDE_LATE, Who.SERVICE, Is.ACCEPTED, Is.REASONED)
    matter.take(Do.DECIDE_LATE, Who.SERVICE_MANAGER, Is.ACCEPTED, Is.REASONED)
    assert matter.turn() == (Do.ASSESS, Who.SERVICE)


def test_a_late_one_is_refused_only_with_a_letter() -> None:
    matter = late()
    matter.refuses(Do.DECIDE_LATE, Who.SERVICE_MANAGER, Is.REASONED)
    effects = matter.take(Do.DECIDE_LATE, Who.SERVICE_MANAGER, Is.REASONED, Is.BY_LETTER)
    assert (matter.stage, effects, matter.turn()) == (Where.REFUSED, (Then.TELL_PERSON,), None)


def test_wording_is_refused_by_a_person_with_a_letter_and_may_be_sent_again() -> None:
    matter = received()
    matter.refuses(Do.ASK_TO_REWORD, Who.SERVICE, Is.REASONED)
    matter.take(Do.ASK_TO_REWORD, Who.SERVICE, Is.REASONED, Is.BY_LETTER)
    assert (matter.stage, matter.turn()) == (Where.TO_REWORD, None)


def test_what_a_local_manager_can_put_right_comes_back_where_it_was_not() -> None:
    matter = checked()
    effects = matter.take(Do.GIVE_LOCALLY, Who.SERVICE)
    assert effects == (Then.TELL_PERSON, Then.TELL_MANAGER)
    assert matter.turn() == (Do.ANSWER_LOCALLY, Who.MANAGER)
    matter.take(Do.ANSWER_LOCALLY, Who.MANAGER)
    assert matter.turn() == (Do.SAY_IF_SETTLED, Who.PERSON)
    matter.take(Do.SAY_IF_SETTLED, Who.PERSON, Is.UNHAPPY)
    assert (matter.stage, matter.turn()) == (Where.CHECKED, (Do.ASSESS, Who.SERVICE))
    matter.refuses(Do.GIVE_LOCALLY, Who.SERVICE)


def test_what_was_put_right_locally_is_over() -> None:
    matter = checked()
    for step, who in (
        (Do.GIVE_LOCALLY, Who.SERVICE),
        (Do.ANSWER_LOCALLY, Who.MANAGER),
        (Do.SAY_IF_SETTLED, Who.PERSON),
    ):
        matter.take(step, who)
    assert (matter.stage, matter.turn()) == (Where.CLOSED, None)


def test_the_same_issue_is_not_looked_into_again() -> None:
    matter = checked(Is.SAME_ISSUE)
    matter.refuses(Do.ASSESS, Who.SERVICE, Aspect.CONDUCT)
    matter.refuses(Do.GIVE_LOCALLY, Who.SERVICE)
    assert matter.turn() == (Do.SEND_EARLIER_ANSWER, Who.SERVICE)
    matter.take(Do.SEND_EARLIER_ANSWER, Who.SERVICE, Is.REASONED)
    assert matter.stage == Where.CLOSED


def test_of_professional_judgement_the_court_always_gets_complaint_and_answer() -> None:
    matter = looked_into(Aspect.JUDGEMENT, Aspect.ERRORS)
    matter.take(Do.CORRECT, Who.SERVICE)
    matter.take(Do.ANSWER, Who.SERVICE)
    for step in (Do.TELL_COURT, Do.SEND_COURT_ANSWER):
        matter.refuses(Do.CLOSE, Who.SERVICE)
        assert matter.turn() == (step, Who.SERVICE)
        matter.take(step, Who.SERVICE)
    matter.take(Do.CLOSE, Who.SERVICE)
    assert matter.stage == Where.CLOSED


@pytest.mark.parametrize("put_right", [Do.TELL_COURT, Do.CORRECT])
def test_of_errors_the_court_is_told_or_they_are_corrected(put_right: Do) -> None:
    matter = looked_into(Aspect.ERRORS)
    matter.take(Do.ANSWER, Who.SERVICE)
    matter.refuses(Do.CLOSE, Who.SERVICE)
    assert matter.turn() == (Do.TELL_COURT, Who.SERVICE)
    matter.take(put_right, Who.SERVICE)
    assert matter.turn() == (Do.CLOSE, Who.SERVICE)


def test_of_anything_else_the_court_may_be_told() -> None:
    matter = looked_into(Aspect.CONDUCT)
    assert Do.TELL_COURT in matter.open_to(Who.SERVICE)
    matter.take(Do.ANSWER, Who.SERVICE)
    assert matter.turn() == (Do.CLOSE, Who.SERVICE)


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        pytest.param({Is.NEEDS_EVIDENCE}, Then.IN_TIME, id="sooner than was feared"),
        pytest.param({Is.UPDATED}, Then.IN_TIME, id="in time, in spite of the update"),
        pytest.param({Is.PAST_DUE, Is.UPDATED}, Then.WITH_UPDATE, id="with an update"),
        pytest.param({Is.PAST_DUE}, Then.LATE, id="late"),
        pytest.param({Is.PAST_DUE, Is.UPDATED, Is.PAST_UPDATE}, Then.LATE, id="late all the same"),
    ],
)
def test_answers_in_time_with_an_update_and_late_are_counted_apart(
    facts: set[str], counted: Then
) -> None:
    matter = looked_into(Aspect.CONDUCT)
    matter.facts |= facts
    assert matter.take(Do.ANSWER, Who.SERVICE) == (Then.TELL_PERSON, counted)


def test_longer_is_only_for_evidence_with_an_update_before_the_due_day() -> None:
    matter = assessed(Aspect.CONDUCT)
    matter.refuses(Do.UPDATE, Who.SERVICE)
    matter.refuses(Do.WAIT_FOR_EVIDENCE, Who.SERVICE)
    matter.take(Do.WAIT_FOR_EVIDENCE, Who.SERVICE, Is.REASONED)
    assert matter.turn() == (Do.UPDATE, Who.SERVICE)
    matter.refuses(Do.UPDATE, Who.SERVICE, Is.PAST_DUE)
    assert matter.take(Do.UPDATE, Who.SERVICE) == (Then.TELL_PERSON,)
    assert matter.turn() == (Do.LOOK_AT_CONDUCT, Who.MANAGER)
    overdue = assessed(Aspect.CONDUCT, also={Is.PAST_DUE})
    overdue.refuses(Do.WAIT_FOR_EVIDENCE, Who.SERVICE, Is.REASONED)


def test_evidence_is_put_aside_with_a_reason_and_a_word_to_who_sent_it() -> None:
    matter = assessed(Aspect.CONDUCT)
    matter.refuses(Do.PUT_EVIDENCE_ASIDE, Who.SERVICE)
    assert matter.take(Do.PUT_EVIDENCE_ASIDE, Who.SERVICE, Is.REASONED) == (Then.TELL_PERSON,)
    assert matter.stage == Where.LOOKED_INTO


def test_every_step_of_the_grown_ups_route_is_somebodys() -> None:
    assert {line.step for line in GROWN_UP.transitions} == set(Do)
    assert GROWN_UP.stages == set(Where)


def shared() -> Matter:
    return Matter(route=TO_THE_BOARD, stage=Board.SHARED, facts={Says.SHARES})


def test_the_board_sees_a_childs_words_once_two_people_have_read_them() -> None:
    words = shared()
    words.refuses("check", Role.BOARD_SECRETARY, Says.SECOND)
    assert words.turn() == ("no_names", Role.BOARD_SECRETARY)
    words.take("no_names", Role.BOARD_SECRETARY)
    words.refuses("check", Role.BOARD_SECRETARY)
    words.take("send_back", Role.BOARD_SECRETARY, Says.SECOND)
    words.take("no_names", Role.BOARD_SECRETARY)
    assert words.turn() == ("check", Role.BOARD_SECRETARY)
    words.take("check", Role.BOARD_SECRETARY, Says.SECOND)
    assert (words.stage, words.turn()) == (Board.SHOWN, None)


@pytest.mark.parametrize("who", [Role.BOARD_SECRETARY, Role.BOARD_REVIEWER, Actor.CHILD], ids=str)
@pytest.mark.parametrize("stage", Board, ids=str)
def test_anybody_hides_it_at_once_and_it_begins_anew(stage: Board, who: str) -> None:
    words = Matter(route=TO_THE_BOARD, stage=stage, facts={Says.SHARES})
    words.take("hide", who)
    assert words.stage == Board.HIDDEN
    words.refuses("check", Role.BOARD_SECRETARY, Says.SECOND)
    words.take("no_names", Role.BOARD_SECRETARY)
    assert words.stage == Board.NAMELESS


def test_what_a_child_shares_no_more_is_not_shown_again() -> None:
    words = shared()
    words.facts.clear()
    assert words.turn() is None
    for step in ("no_names", "check"):
        words.refuses(step, Role.BOARD_SECRETARY, Says.SECOND)
