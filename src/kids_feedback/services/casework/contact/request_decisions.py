"""What becomes of what was asked for behind the secret words: a person makes sure of it (R28)."""

from collections.abc import Mapping
from datetime import date

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import (
    Method,
    may_name_ourselves,
    method_to_tell,
    safe_email,
)
from kids_feedback.domain.case.follow_ups import Outcome
from kids_feedback.domain.case.procedure import ANSWERED, TALKED_ABOUT, Fact, Step
from kids_feedback.domain.case.requests import Asked, RequestState, ThirdWay, WayFound, WayState
from kids_feedback.domain.case.submission import Answers
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.asked import requests
from kids_feedback.services.case.contact_promises import promise_contact
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.contact.contact_log import Channel, chosen_ways
from kids_feedback.services.errors import (
    Incomplete,
    NotAskedAgain,
    SelfApproval,
    UnsafeChannel,
    check_day,
    check_said,
)
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.storage.tables.casework import Request

FACE_TO_FACE = frozenset({Channel.MEET, Channel.VIDEO})
_HERE: Answers = {"method": Method.HERE.value}


def first_ways(opened: Opened) -> frozenset[Channel]:
    """Return by which ways a child can be asked: the one that was safe first, or face to face.

    What the child picked for a meeting behind the words is no way of its own, unless they are seen.

    Source: docs/procedure.md, paragraph 20a (ruling R28).
    """
    method, details = case_state.way_of(opened.row)
    safe = {method, method_to_tell(method, details)} - {Method.HERE, Method.NONE, None}
    ways = {way for way in Channel if way.value in safe}
    return frozenset(ways | (chosen_ways(opened) & FACE_TO_FACE)) if ways else frozenset()


def may_decide(opened: Opened) -> bool:
    """Say whether this person can decide now: where no way leads to the child, the Head does."""
    return requests.has_first_way(opened.row) or Role.HEAD_OF_PRACTICE in opened.actors


def decide(
    act: Act,
    *,
    request_id: str,
    agreed: bool,
    promises: Allowances,
    way: Channel | None = None,
    spoke_on: date | None = None,
    note: str = "",
) -> Saved:
    """Say what the child said when they were asked, and do what they want.

    Where nothing but the secret words leads to the child, the Head of Practice decides, once it was
    asked for on another day as well. They may say no without either, with a reason.

    Args:
        agreed: it is so; else all stays as it is.
        way: by which the child was asked; None: they were not.
        spoke_on: on which day.

    Raises:
        StepNotOpen: the Head of Practice decides this, or see ``Act.take``.
        NotFound: it does not wait, or is another one by now.
        NotAskedAgain: it was asked for on one day only.
        UnsafeChannel: the child was not asked by the way that was safe first.
        Incomplete: it does not say when and how the child was asked, or why not.
        DayOutOfRange: it was before they asked for it, or is to come.
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraph 20a (rulings R22 and R28).
    """
    found = _waiting(act, request_id)
    has_way = requests.has_first_way(act.row)
    is_head = Role.HEAD_OF_PRACTICE in act.actors
    if Step.DECIDE_REQUEST not in act.steps or not (has_way or is_head):
        raise StepNotOpen(step=Step.DECIDE_REQUEST, state=act.row.stage)
    if way is None and is_head and not agreed:
        check_said(note=note)
    elif has_way:
        _check_asked(act, found, way, spoke_on)
    elif found.asked_again_on is None:
        raise NotAskedAgain
    facts: dict[str, object] = {**requests.facts_of(found), "agreed": agreed}
    if way and has_way and spoke_on:
        facts |= {"way": way, "spoke_on": spoke_on.isoformat()}
        _reached(act, spoke_on)
    facts |= _take(act, found, promises) if agreed else _refuse(act)
    spoke = Outcome.SPOKE if "way" in facts else Outcome.DONE
    state = RequestState.AGREED if agreed else RequestState.REFUSED
    requests.end(act, found, state, spoke)
    return act.record(note, facts)


def propose_way(act: Act, *, found: WayFound, by: ThirdWay, spoke_on: date, note: str) -> Saved:
    """Propose what is used from now on, as the child said by a third way; another person decides.

    Args:
        found: what is asked for behind the words is kept with it, as it is now: whoever changes it
            afterwards changes nothing here.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: no other way is asked for.
        Incomplete: there is no note.
        DayOutOfRange: the day is to come, or before the case came in.

    Source: docs/procedure.md, paragraph 20a (ruling R28).
    """
    check_said(note=note)
    check_day(spoke_on, earliest=act.row.received_on, latest=act.today)
    act.take(Step.PROPOSE_WAY)
    unsafe = requests.find(act.session, act.row, Asked.NOT_SAFE)
    if unsafe is None:  # nobody reaches them on the old way any more
        unsafe = requests.keep(act, Asked.NOT_SAFE)
        outbox.withdraw(act.session, act.row.id)
    asked = requests.find(act.session, act.row, Asked.WAY)
    if found is WayFound.ASKED and asked is None:
        raise NotFound
    unsafe.found, unsafe.proposed_by = found, act.person_id
    unsafe.given = asked.given if asked and found is WayFound.ASKED else None
    act.row.way_not_used = WayState.PROPOSED
    _reached(act, spoke_on)
    return act.record(note, {"found": found, "by": by, "spoke_on": spoke_on.isoformat()})


def confirm_way(act: Act, *, agreed: bool, promises: Allowances, note: str = "") -> Saved:
    """Decide about what another person proposed; until it is agreed, nobody uses the old way.

    Raises:
        StepNotOpen: see ``Act.take``.
        SelfApproval: this person proposed it.
        Incomplete: they do not agree, and say no reason.
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraph 20a (ruling R28).
    """
    unsafe = requests.find(act.session, act.row, Asked.NOT_SAFE)
    act.take(Step.CONFIRM_WAY, *((Fact.AGREED,) if agreed else ()))
    if unsafe is None or unsafe.found is None:
        raise NotFound
    if unsafe.proposed_by == act.person_id:
        raise SelfApproval
    facts: dict[str, object] = {"found": unsafe.found, "agreed": agreed}
    if not agreed:
        check_said(note=note)
        act.row.way_not_used = WayState.NOT_SAFE
        unsafe.found = unsafe.proposed_by = unsafe.given = None
        return act.record(note, facts)
    asked = requests.find(act.session, act.row, Asked.WAY)
    if unsafe.found is not WayFound.FIRST:
        same = asked is not None and asked.given == unsafe.given
        facts |= _use(act, unsafe.given or _HERE, promises)
        if asked is not None and (same or unsafe.found is WayFound.HERE):
            state = RequestState.AGREED if same else RequestState.REFUSED
            requests.end(act, asked, state, Outcome.SPOKE)
    act.row.way_not_used = None
    requests.end(act, unsafe, RequestState.AGREED, Outcome.DONE)
    return act.record(note, facts)


def _waiting(act: Act, request_id: str) -> Request:
    found = next(
        (item for item in requests.waiting(act.session, act.row) if item.id == request_id), None
    )
    if found is None:
        raise NotFound
    return found


def _check_asked(act: Act, found: Request, way: Channel | None, spoke_on: date | None) -> None:
    """Check that the child was asked, since then, by a way on which it is them."""
    said = {"way": way, "spoke_on": spoke_on}
    if missing := tuple(name for name, value in said.items() if value is None):
        raise Incomplete(missing=missing)
    if way not in first_ways(act):
        raise UnsafeChannel
    if spoke_on is not None:
        check_day(spoke_on, earliest=found.asked_on, latest=act.today)


def _reached(act: Act, on: date) -> None:
    act.row.contacted_on = min(on, act.row.contacted_on or on)


def _refuse(act: Act) -> Mapping[str, str]:
    act.take(Step.DECIDE_REQUEST)
    return {}


def _take(act: Act, found: Request, promises: Allowances) -> Mapping[str, str]:
    """Do what was asked for; return what the history says of it."""
    row, given = act.row, dict(found.given or {})
    if found.what is Asked.WAY:
        act.take(Step.CHANGE_CONTACT, Fact.AGREED)
        return _use(act, given, promises)
    if found.what is Asked.SUPPORTER:
        act.take(Step.CHANGE_SUPPORTER, Fact.AGREED)
        row.supporter, row.helper = str(given.get("supporter", "")) or None, given or None
    elif row.kind in TALKED_ABOUT and row.stage not in ANSWERED and row.stopped_on is None:
        act.take(Step.STOP, Fact.AGREED)
    else:  # the answer is out, or there was nothing to stop any more
        act.take(Step.DECIDE_REQUEST)
    return {}


def _use(act: Act, details: Answers, promises: Allowances) -> Mapping[str, str]:
    """Get in touch so from now on. Nothing more goes the old way, and no clock moves.

    What could not be sent to an address goes to the new one. Only a child who wanted no contact
    until now was never promised any: they are from today on.
    """
    row, method = act.row, Method(str(details["method"]))
    before = row.contact or {}
    old_address, old_named = safe_email(row.method, before), may_name_ourselves(before)
    wanted_before = case_state.wants_contact(row)
    row.method, row.contact = method, dict(details)
    new_days: Mapping[str, str] = {}
    if not wanted_before and case_state.wants_contact(row):
        new_days = promise_contact(act, promises)
    address = safe_email(method, details)
    if address is None or (old_named and not may_name_ourselves(details)):
        outbox.withdraw(act.session, row.id)
    elif address != old_address:
        failed = mail_progress.failed_for(act.session, row.id)
        outbox.try_again(act.session, [message.id for message in failed], act.now)
    return {"method": method.value, **new_days}
