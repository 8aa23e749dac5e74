"""A child sends what they told us."""

import hmac
import json
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case import clocks, contact
from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.safety import USUAL, Watch
from kids_feedback.domain.case.submission import Kind, Receipt, Submission, age_band
from kids_feedback.domain.child import secret_words
from kids_feedback.domain.people import Role
from kids_feedback.domain.visible import is_visible
from kids_feedback.services.case import alarms, case_state, drawings, notifications
from kids_feedback.services.case.act import by_child
from kids_feedback.services.case.alarms import When
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework import conflicts, routing
from kids_feedback.services.child import slips
from kids_feedback.services.errors import DayInFuture
from kids_feedback.storage.tables.case import Case

_TRIES = 8  # two children drawing the same words is a chance of one in 17 million millions


def send(
    session: Session,
    draft: Submission,
    key: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    promises: Allowances,
    words_key: bytes,
    received_on: date | None = None,
    watch: Watch = USUAL,
) -> Receipt:
    """Keep what a child sent, once, and give it to whoever answers for it.

    The same ``key`` again is the same message: a double tap or a repeated send gets the same
    receipt. If its words differ, both texts are kept.

    Args:
        key: random, of the form that sends; known to nobody but that visit.
        watch: when somebody looks, where the child ticked that they may not be safe.
        received_on: the local day on which the child told anybody in Cafcass (ruling R24); None:
            today.

    Raises:
        DayInFuture: that day is still to come.
        CalendarGap: no date can be promised, so nothing is kept.

    Source: docs/procedure.md, paragraphs 8, 12, 16, 17, 23 and 29.
    """
    when = When(now=now, calendar=calendar, watch=watch)
    kept = session.scalar(select(Case).where(Case.key == key))
    if kept is not None:
        told, before = _told(draft), _told_before(kept)
        if told != before:
            today = now.astimezone(zone).date()
            act = by_child(session, kept.id, Moment(now=now, today=today, calendar=calendar))
            act.take(Step.ADD)
            act.record(json.dumps(told, ensure_ascii=False))
            if told.get("worker") != before.get("worker"):
                conflicts.bar(act, draft)
            if draft.read_today:
                alarms.raise_for(session, kept, when)
        _keep_drawn(session, kept, draft, words_key)
        return receipt_of(session, kept, _words_of(kept, words_key), when)
    today = now.astimezone(zone).date()
    received_on = received_on or today
    if received_on > today:
        raise DayInFuture
    row, words = _new(session, draft, key, words_key)
    row.received_on = received_on
    row.court_asked_on = received_on
    case_state.keep_days(row, clocks.promised(received_on, promises, calendar))
    session.add(row)
    session.flush()
    routing.place(session, row, draft, now=now)
    case_state.restate(row, today=today, calendar=calendar)
    holders.stand_in(session, row)
    _keep_drawn(session, row, draft, words_key)
    notifications.notify(session, row, Role.HEAD_OF_PRACTICE, now=now)
    if draft.read_today:
        alarms.raise_for(session, row, when)
    return receipt_of(session, row, words, when)


def _new(
    session: Session, draft: Submission, key: str, words_key: bytes
) -> tuple[Case, tuple[str, ...]]:
    words, fingerprint = next(
        (words, mark)
        for words in (_drawn(key, words_key, turn) for turn in range(_TRIES))
        for mark in [_fingerprint(words, words_key)]
        if session.scalar(select(Case.id).where(Case.fingerprint == mark)) is None
    )
    row = Case(
        key=key,
        fingerprint=fingerprint,
        door=draft.door,
        kind=draft.kind,
        wish=draft.wish,
        pass_on=draft.pass_on,
        topics=list(draft.topics),
        primary_topic=draft.topics[0] if draft.topics else "",
        age_band=age_band(draft.age),
        method=Method(draft.method) if draft.method else None,
        needs=list(draft.needs),
        supporter=draft.supporter,
        share=draft.share,
        language=draft.language,
        look=draft.look,
        name=draft.name if is_visible(draft.name) else None,
        statement=dict(draft.statement),
        contact=dict(draft.contact) or None,
        helper=dict(draft.helper) or None,
    )
    return row, words


def _keep_drawn(session: Session, row: Case, draft: Submission, words_key: bytes) -> None:
    if draft.paper and row.slip is None:
        row.slip = slips.code_for(session, row.key, words_key=words_key)
    if draft.drawing:
        drawings.keep(session, row, draft.drawing)
    session.flush()


def _told(draft: Submission) -> dict[str, object]:
    """Return the child's telling; how to reach them stays behind its own rules."""
    return {"name": draft.name, **draft.statement}


def _told_before(row: Case) -> dict[str, object]:
    return {"name": row.name or "", **(row.statement or {})}


def receipt_of(session: Session, row: Case, words: tuple[str, ...], when: When) -> Receipt:
    """Return what a child takes away from what they sent, as it stands now."""
    wanted = case_state.wants_contact(row)
    method, details = case_state.way_of(row)
    return Receipt(
        words=words,
        kind=row.kind,
        read_by=row.read_by,
        contact_by=row.contact_by,
        pass_on_by=row.pass_on_by,
        wants_contact=wanted,
        slip=row.slip,
        look=alarms.look_for_child(session, row, when),
        method=method,
        lacks=contact.lacks(method, details) if wanted else None,
        answer_by=row.talk_by if row.kind is Kind.COMPLAINT and not wanted else None,
        pass_on=row.pass_on,
    )


def _words_of(row: Case, words_key: bytes) -> tuple[str, ...]:
    """Draw the words again: they are kept nowhere, but the same form draws the same ones.

    What was sent before there were five has four of the old ones.
    """
    drawn = (
        _drawn(row.key, words_key, turn, of)
        for of in (secret_words.GIVEN, secret_words.OLD)
        for turn in range(_TRIES)
    )
    return next(words for words in drawn if _fingerprint(words, words_key) == row.fingerprint)


def _drawn(
    key: str, words_key: bytes, turn: int, of: secret_words.WordList = secret_words.GIVEN
) -> tuple[str, ...]:
    stream = iter(hmac.digest(words_key, f"draw {turn} {key}".encode(), "sha512"))

    def choose(words: Sequence[str]) -> str:
        return words[(next(stream) << 8 | next(stream)) % len(words)]

    return secret_words.make(choose, of)


def _fingerprint(words: tuple[str, ...], words_key: bytes) -> bytes:
    return secret_words.fingerprint(" ".join(words), words_key)
