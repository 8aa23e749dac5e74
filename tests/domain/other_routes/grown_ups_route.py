"""The route of a grown-up who is a party to a case, written down for the tests alone.

It has stages, steps, facts and owners of its own, and the engine reads it as it is. The paragraphs
are those of Cafcass' complaints and compliments procedure (source S3 in docs/procedure.md).
"""

from collections.abc import Iterable

from kids_feedback.domain.case.engine import Condition, Route, Task, Transition
from kids_feedback.domain.case.promises import Clock, Occasion, Promise
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

_KIND = frozenset({"grown_up"})
ANSWER = Clock(  # 4.10: of the two days the earlier one
    promise=Promise.ANSWER,
    counts_from=Occasion.RECEIVED,
    working_days=15,
    before_hearing=5,
    kept_by=frozenset({Occasion.ANSWERED}),
)
_OPEN = frozenset(still_open(item) for item in Aspect)


def _when(where: Iterable[str], given: Iterable[str], unless: Iterable[str]) -> Condition:
    return Condition(
        kinds=_KIND, stages=frozenset(where), given=frozenset(given), unless=frozenset(unless)
    )


def _row(
    step: Do,
    by: Iterable[Who],
    where: Iterable[Where],
    given: Iterable[str] = (),
    unless: Iterable[str] = (),
    to: Where | None = None,
    then: tuple[Then, ...] = (),
) -> Transition:
    when = _when(where, given, unless)
    return Transition(step=step, by=frozenset(by), when=when, leads_to=to, effects=then)


def _task(
    step: Do, owner: Who, where: Where, given: Iterable[str] = (), unless: Iterable[str] = ()
) -> Task:
    return Task(step=step, owner=owner, when=_when({where}, given, unless))


_CST, _DECIDES, _PERSON = {Who.SERVICE}, {Who.SERVICE_MANAGER}, {Who.PERSON}
_TOLD = (Then.TELL_PERSON,)
_REFUSED = {Is.REASONED, Is.BY_LETTER}

_RECEIVING = (  # 2.1, 3.2, 3.4: nothing of a case is told to anybody before the check
    _row(Do.CHECK_PARTY, _CST, {Where.RECEIVED}, {Is.PARTY, Is.LATE}, to=Where.LATE, then=_TOLD),
    _row(Do.CHECK_PARTY, _CST, {Where.RECEIVED}, {Is.PARTY}, to=Where.CHECKED),
    _row(Do.SIGNPOST, _CST, {Where.RECEIVED}, unless={Is.PARTY}, to=Where.CLOSED, then=_TOLD),
    _row(Do.ASK_TO_REWORD, _CST, {Where.RECEIVED}, _REFUSED, to=Where.TO_REWORD, then=_TOLD),
    _row(Do.SAY_WHY_LATE, _PERSON, {Where.LATE}),
    _row(Do.DECIDE_LATE, _DECIDES, {Where.LATE}, {Is.REASONED, Is.ACCEPTED}, to=Where.CHECKED),
    _row(Do.DECIDE_LATE, _DECIDES, {Where.LATE}, _REFUSED, to=Where.REFUSED, then=_TOLD),
)
_LOCALLY = (  # 1.5: the person hears of it first, and it comes back where they are still unhappy
    _row(
        Do.GIVE_LOCALLY,
        _CST,
        {Where.CHECKED},
        unless={Is.TRIED_LOCALLY, Is.SAME_ISSUE},
        to=Where.LOCALLY,
        then=(Then.TELL_PERSON, Then.TELL_MANAGER),
    ),
    _row(Do.ANSWER_LOCALLY, {Who.MANAGER}, {Where.LOCALLY}, to=Where.LOCALLY_ANSWERED, then=_TOLD),
    _row(Do.SAY_IF_SETTLED, _PERSON, {Where.LOCALLY_ANSWERED}, {Is.UNHAPPY}, to=Where.CHECKED),
    _row(Do.SAY_IF_SETTLED, _PERSON, {Where.LOCALLY_ANSWERED}, to=Where.CLOSED),
)
_ASSESSING = (  # 4.1, 4.4: what has no aspect is not assessed; the same issue is not looked into
    *(
        _row(Do.ASSESS, _CST, {Where.CHECKED}, {item}, {Is.SAME_ISSUE}, Where.LOOKED_INTO)
        for item in Aspect
    ),
    _row(
        Do.SEND_EARLIER_ANSWER,
        _CST,
        {Where.CHECKED},
        {Is.SAME_ISSUE, Is.REASONED},
        to=Where.CLOSED,
        then=_TOLD,
    ),
)
_LOOKING = (  # 3.3, 4.3, 4.8
    *(
        _row(LOOKS[item], _CST, {Where.LOOKED_INTO}, {still_open(item)})
        for item in Aspect
        if item is not Aspect.CONDUCT
    ),
    _row(
        Do.LOOK_AT_CONDUCT,
        {Who.HEAD},
        {Where.LOOKED_INTO},
        {still_open(Aspect.CONDUCT), Is.SERIOUS},
    ),
    _row(
        Do.LOOK_AT_CONDUCT,
        {Who.MANAGER},
        {Where.LOOKED_INTO},
        {still_open(Aspect.CONDUCT)},
        {Is.SERIOUS},
    ),
    _row(Do.PUT_EVIDENCE_ASIDE, _CST, {Where.LOOKED_INTO}, {Is.REASONED}, then=_TOLD),
    _row(Do.WAIT_FOR_EVIDENCE, _CST, {Where.LOOKED_INTO}, {Is.REASONED}, {Is.PAST_DUE}),
    _row(
        Do.UPDATE,
        _CST,
        {Where.LOOKED_INTO},
        {Is.NEEDS_EVIDENCE},
        {Is.PAST_DUE, Is.UPDATED},
        then=_TOLD,
    ),
    _row(Do.CORRECT, _CST, {Where.LOOKED_INTO, Where.ANSWERED}, {Aspect.ERRORS}),
    _row(Do.TELL_COURT, _CST, {Where.LOOKED_INTO, Where.ANSWERED}, unless={Is.COURT_KNOWS}),
)


def _answered(given: Iterable[Is], unless: Iterable[str], counted: Then) -> Transition:
    return _row(
        Do.ANSWER,
        _CST,
        {Where.LOOKED_INTO},
        given,
        _OPEN | set(unless),
        Where.ANSWERED,
        (Then.TELL_PERSON, counted),
    )


_ANSWERING = (  # 4.10, 4.12
    _answered((), {Is.PAST_DUE}, Then.IN_TIME),
    _answered({Is.UPDATED}, {Is.PAST_UPDATE}, Then.WITH_UPDATE),
    _answered((), (), Then.LATE),
    # 4.6: of professional judgement the court always gets both the complaint and the answer.
    _row(Do.SEND_COURT_ANSWER, _CST, {Where.ANSWERED}, {Is.COURT_KNOWS}, {Is.COURT_HAS_ANSWER}),
    _row(
        Do.CLOSE,
        _CST,
        {Where.ANSWERED},
        {Is.COURT_KNOWS, Is.COURT_HAS_ANSWER},
        to=Where.CLOSED,
    ),
    # 4.7: of errors the court is told, or they are corrected.
    *(
        _row(Do.CLOSE, _CST, {Where.ANSWERED}, {put_right}, {Aspect.JUDGEMENT}, Where.CLOSED)
        for put_right in (Is.COURT_KNOWS, Is.CORRECTED)
    ),
    _row(
        Do.CLOSE, _CST, {Where.ANSWERED}, unless={Aspect.JUDGEMENT, Aspect.ERRORS}, to=Where.CLOSED
    ),
)
_NEXT = (
    _task(Do.CHECK_PARTY, Who.SERVICE, Where.RECEIVED),
    _task(Do.SAY_WHY_LATE, Who.PERSON, Where.LATE, unless={Is.SAID_WHY}),
    _task(Do.DECIDE_LATE, Who.SERVICE_MANAGER, Where.LATE),
    _task(Do.SEND_EARLIER_ANSWER, Who.SERVICE, Where.CHECKED, {Is.SAME_ISSUE}),
    _task(Do.ASSESS, Who.SERVICE, Where.CHECKED),
    _task(Do.ANSWER_LOCALLY, Who.MANAGER, Where.LOCALLY),
    _task(Do.SAY_IF_SETTLED, Who.PERSON, Where.LOCALLY_ANSWERED),
    _task(
        Do.UPDATE,
        Who.SERVICE,
        Where.LOOKED_INTO,
        {Is.NEEDS_EVIDENCE},
        {Is.UPDATED, Is.PAST_DUE},
    ),
    _task(
        Do.LOOK_AT_CONDUCT,
        Who.HEAD,
        Where.LOOKED_INTO,
        {still_open(Aspect.CONDUCT), Is.SERIOUS},
    ),
    *(
        _task(
            LOOKS[item],
            Who.MANAGER if item is Aspect.CONDUCT else Who.SERVICE,
            Where.LOOKED_INTO,
            {still_open(item)},
        )
        for item in Aspect
    ),
    _task(Do.ANSWER, Who.SERVICE, Where.LOOKED_INTO),
    _task(Do.TELL_COURT, Who.SERVICE, Where.ANSWERED, {Aspect.JUDGEMENT}, {Is.COURT_KNOWS}),
    _task(
        Do.TELL_COURT,
        Who.SERVICE,
        Where.ANSWERED,
        {Aspect.ERRORS},
        {Is.COURT_KNOWS, Is.CORRECTED},
    ),
    _task(
        Do.SEND_COURT_ANSWER,
        Who.SERVICE,
        Where.ANSWERED,
        {Aspect.JUDGEMENT},
        {Is.COURT_HAS_ANSWER},
    ),
    _task(Do.CLOSE, Who.SERVICE, Where.ANSWERED),
)

GROWN_UP = Route(
    name="grown-up",
    kinds=_KIND,
    begins=frozenset({Where.RECEIVED}),
    ends=frozenset({Where.CLOSED, Where.REFUSED, Where.TO_REWORD}),
    transitions=(*_RECEIVING, *_LOCALLY, *_ASSESSING, *_LOOKING, *_ANSWERING),
    tasks=_NEXT,
    clocks={"grown_up": (ANSWER,)},
)
