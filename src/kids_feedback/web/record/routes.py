"""The record of accounts in whole sentences: for Heads of Practice and administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.accounts import account_history as service
from kids_feedback.services.accounts.account_history import AccountLine
from kids_feedback.web.kit import context, guard, roles
from kids_feedback.web.kit.translation import _
from kids_feedback.web.kit.typed.paging import page_asked_for

record = Blueprint("record", __name__, url_prefix="/record")

SENTENCES = {
    AccountAct.SIGNED_IN: _l("Signed in."),
    AccountAct.REFUSED: _l("Somebody tried to sign in with a wrong password. Times: %(times)s."),
    AccountAct.WRONG_CODE: _l(
        "Somebody gave the right password and a wrong code. Times: %(times)s."
    ),
    AccountAct.MANY_WRONG_CODES: _l(
        "Somebody gave the right password and several wrong codes in a row. Times: %(times)s."
        " Another person may know the password."
    ),
    AccountAct.NEW_PLACE: _l("Signed in from a browser and a network that are new."),
    AccountAct.RECOVERY_CODE_USED: _l("Used a recovery code instead of the phone."),
    AccountAct.SIGNED_OUT_EVERYWHERE: _l("Signed out everywhere else."),
    AccountAct.INVITED: _l("Was invited. What let them in before stopped working."),
    AccountAct.LINK_SHOWN: _l("The link of their invitation was shown to whoever made it."),
    AccountAct.ACCEPTED: _l("Opened their invitation and set up a password and a phone."),
    AccountAct.SIGN_IN_CHANGED: _l("Changed their password."),
    AccountAct.CODES_RENEWED: _l("Got new recovery codes."),
    AccountAct.ADDED: _l("Was added."),
    AccountAct.NAME_CHANGED: _l("The name was changed from %(before)s to %(after)s."),
    AccountAct.ROLE_CHANGED: _l("The role was changed from %(before)s to %(after)s."),
    AccountAct.PLACES_CHANGED: _l(
        "The areas or offices were changed from %(before)s to %(after)s."
    ),
    AccountAct.ADDRESS_CHANGED: _l("The email address was changed from %(before)s to %(after)s."),
    AccountAct.CLOSED: _l("The account was closed."),
    AccountAct.REOPENED: _l("The closed account was opened again."),
    AccountAct.LAST_RESORT_CHANGED: _l(
        "Whether they are named for what nobody else may have was changed from %(before)s to"
        " %(after)s."
    ),
    AccountAct.AWAY: _l("Is away. %(deputy)s stands in."),
    AccountAct.BACK: _l("Is back."),
    AccountAct.DUTY_ADDED: _l("Was put on the duty list."),
    AccountAct.DUTY_REMOVED: _l("Was taken off the duty list."),
    AccountAct.KIOSK_MADE: _l("The device “%(device)s” in %(office)s was made a kiosk."),
    AccountAct.KIOSK_CLOSED: _l("The kiosk “%(device)s” in %(office)s was closed."),
    AccountAct.SCREEN_LENT: _l("A device in %(office)s was handed to a child."),
    AccountAct.SCREEN_RETURNED: _l("A device in %(office)s was taken back from a child."),
    AccountAct.LOOKED: _l("Somebody looked at this record."),
}
_FALLBACKS = {
    Fallback.LAST_RESORT.value: _l("named"),
    Fallback.OUTSIDE.value: _l("named as the person outside the list"),
}


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """A line as the page shows it."""

    at: datetime
    person_id: str | None
    name: str | None
    text: str
    by: str | None


@record.get("/", endpoint="accounts")
@guard.only(Role.ADMINISTRATOR, Role.HEAD_OF_PRACTICE)
def accounts() -> ResponseReturnValue:
    """What happened to accounts, the newest first; the look itself is kept."""
    me, of, page = guard.person(), request.args.get("person") or None, page_asked_for()
    with context.transaction() as db:
        service.note_look(db, me, of=of, now=context.now())
    with context.reading() as db:
        found = service.look(db, me, of=of, page=page)
    return render_template(
        "record/record.html", found=found, rows=[_row(line) for line in found.lines], of=of
    )


def _row(line: AccountLine) -> RecordRow:
    return RecordRow(
        at=line.at,
        person_id=line.person_id,
        name=line.name,
        text=sentence(line.what, line.facts),
        by=line.by,
    )


def sentence(what: AccountAct, facts: Mapping[str, str]) -> str:
    """Return what a line says; what it said before cannot be read says so in its place."""
    missing = _("cannot be read")
    return str(SENTENCES[what]) % {
        "before": _value(what, facts.get("from", missing)),
        "after": _value(what, facts.get("to", missing)),
        "times": facts.get("times", missing),
        "deputy": facts.get("deputy", missing),
        "office": facts.get("office", missing),
        "device": facts.get("name", missing),
    }


def _value(what: AccountAct, code: str) -> str:
    if what is AccountAct.ROLE_CHANGED:
        return str(roles.NAMES[Role(code)]) if code in set(Role) else code or _("practitioner")
    if what is AccountAct.LAST_RESORT_CHANGED and code:
        return str(_FALLBACKS.get(code, code))
    return code or _("nothing")
