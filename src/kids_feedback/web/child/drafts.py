"""The drafts of a visit: what children have told us so far, sealed, for a short time.

There is one for each door that somebody goes through, and a page is of one of them: it says which
in its form, and in its address where the visit keeps several. So neither two doors nor two tabs
mix. Who opens the start of the site may be somebody else than who wrote: from then on a draft is
shown to nobody unasked. See docs/adr/0020-a-visit-is-declared.md.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import g, request

from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, csrf, refused, shared_device
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions.catalogue import OF_DOOR, still_asked
from kids_feedback.web.questions.model import Choice, QuestionPage
from kids_feedback.web.visit.shapes import as_json
from kids_feedback.web.visit.values import Draft, DrawingDraft, Shown

FIELD = "key"  # of a form: which draft its page is of
IN_ADDRESS = "d"
ID = re.compile(r"[A-Za-z0-9_-]{8}")
_MOST = 4  # drafts; with one more the oldest goes
_PAGES = {"child.question", "child.check", "child.draw", "child.paper"}


@child.url_defaults
def _name(endpoint: str, values: dict[str, Any]) -> None:
    """Let the address of a draft's page say which draft, where there are several."""
    if endpoint in _PAGES and IN_ADDRESS not in values and (draft := in_addresses()):
        values[IN_ADDRESS] = draft


def every() -> list[Draft]:
    """Return all that is being written, what was pressed last at the end."""
    return visit().drafts or []


def new_id() -> str:
    """Return an id for a page that begins a draft; it tells nobody anything."""
    return secrets.token_urlsafe(6)


def named() -> str:
    """Return the id of the draft of which the page says that it is; empty: it names none."""
    in_form = refused.said(FIELD).partition(".")[0]  # that to check says besides what it has shown
    said = g.get("draft_id") or in_form or request.args.get(IN_ADDRESS, "")
    return said if ID.fullmatch(said) else ""


def id_of_page() -> str:
    """Return the id that the form of this page carries; a new one, where it begins a draft."""
    draft = current()
    return named() or (draft.id if draft else new_id())


def is_kept() -> bool:
    """Say whether the draft of this page is there, whether or not it may be shown now."""
    return current() is not None or named() in {draft.id for draft in every()}


def current() -> Draft | None:
    """Return the draft of this page; None: there is none, or none that may be shown.

    A page that is still open leads to its draft. An address does so for a while only: whoever
    opens it later may be somebody else.
    """
    found = [draft for draft in every() if named() in ("", draft.id)]
    if len(found) != 1:
        return None
    pressed = request.method not in csrf.SAFE and csrf.is_ours() and named()
    may_be_seen = found[0].shown is Shown.OPEN and is_at_hand(found[0])
    return found[0] if pressed or may_be_seen else None


def of_page(screen: QuestionPage) -> Draft | None:
    """Return the draft of this page, if ``screen`` is one of its questions."""
    draft = current()
    return draft if draft and screen in OF_DOOR[draft.door] else None


def answers() -> dict[str, Any]:
    """Return what was answered so far."""
    draft = current()
    return still_asked(draft.answers) if draft else {}


def drawing() -> DrawingDraft:
    draft = current()
    return draft.drawing if draft else DrawingDraft()


def door() -> Door | None:
    """Return the door that was taken; None when nothing is being written here."""
    draft = current()
    return draft.door if draft else None


def begin(taken: Door) -> Draft:
    """Begin a draft by this door. An earlier one is only where its page is still open."""
    known = {each.id for each in every()}
    draft = Draft(
        id=named() if named() and named() not in known else new_id(),
        key=secrets.token_urlsafe(16),
        door=taken,
        pressed_at=context.now(),
        at=request.path,
    )
    others = [_away(each) if each.door is taken else each for each in every()]
    visit().drafts = [*others, draft][-_MOST:]
    g.draft_id = draft.id  # of this request, whatever its form says
    return draft


def press(draft: Draft, **changed: Any) -> None:
    """Keep that a button of its page was pressed, and what that changed."""
    pressed = {"pressed_at": context.now(), "at": request.path, "shown": Shown.OPEN}
    others = [each for each in every() if each.id != draft.id]
    visit().drafts = [*others, replace(draft, **{**pressed, **changed})]
    g.draft_id = draft.id


def put(draft: Draft, screen: QuestionPage, given: Mapping[str, Any]) -> None:
    """Keep the answers of one screen."""
    press(draft, answers=with_answers(still_asked(draft.answers), screen, given))


def put_drawing(draft: Draft, kept: DrawingDraft) -> None:
    press(draft, drawing=kept)


def forget(draft: Draft) -> None:
    """Keep nothing of it: it was sent or deleted."""
    visit().drafts = [each for each in every() if each.id != draft.id] or None


def put_aside() -> list[Draft]:
    """Show no draft unasked any more; return those that may be gone on with, the newest first.

    On a shared screen that is none, as whoever comes is somebody else.
    """
    if any(draft.shown is Shown.OPEN for draft in every()):
        visit().drafts = [
            replace(draft, shown=Shown.ASIDE) if draft.shown is Shown.OPEN else draft
            for draft in every()
        ]
    if shared_device.current() is not None:
        return []
    return [
        draft for draft in reversed(every()) if draft.shown is Shown.ASIDE and is_at_hand(draft)
    ]


def go_on(draft_id: str) -> Draft | None:
    """Show a draft again to whoever says that it is theirs; None: it is at hand no longer."""
    draft = next((each for each in put_aside() if each.id == draft_id), None)
    if draft:
        press(draft, at=draft.at)
    return draft


def put_away() -> None:
    """Offer none of them any more: whoever is here says that they are not theirs."""
    visit().drafts = [_away(draft) for draft in every()] or None


def in_addresses() -> str | None:
    """Return the id that addresses of this draft's pages carry; None where none is needed."""
    several = len(every()) > 1
    return named() or None if several else None


def address(path: str) -> str:
    """Return the address of a page of this draft, which says which where there are several."""
    draft = in_addresses()
    return f"{path}?{IN_ADDRESS}={draft}" if draft else path


def mark(draft: Draft) -> str:
    """Return what tells whether ``draft`` is still as its page to check has shown it."""
    told = json.dumps(as_json([draft.answers, draft.drawing]), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def with_answers(before: Answers, screen: QuestionPage, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``before`` with the answers of one screen; what an option sets besides is set too."""
    kept: dict[str, Any] = dict(before)
    for asked in screen.fields:
        kept[asked.name] = given.get(asked.name)
        if isinstance(asked, Choice):
            for option in asked.options:
                if option.code == given.get(asked.name):
                    kept.update(option.sets)
    return {name: value for name, value in kept.items() if value}


def is_at_hand(draft: Draft) -> bool:
    """Say whether it was pressed so lately that whoever is here may have written it.

    A shared screen has a shorter time of its own, and clears itself after that.
    """
    return (
        shared_device.current() is not None
        or context.now() - draft.pressed_at <= context.settings().draft_at_hand
    )


def _away(draft: Draft) -> Draft:
    return replace(draft, shown=Shown.AWAY)
