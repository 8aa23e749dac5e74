"""A form that was not right comes back by a redirect, so that the browser's own Back works.

What was typed waits in the visit, sealed, under a random token in the address of the page that
shows it again. The form's own fields and mistakes are filled in by ``forms.OurForm``.
"""

import secrets

from flask import Flask, Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from kids_feedback.web.kit import context, csrf
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.values import Refused

IN_ADDRESS = "again"
# Bytes. A longer form comes back at once, so that no visit has to keep it; the longest of ours is
# the answer, whose nine boxes may each hold too much.
LONGEST = 96 * 1024
_NOT_RIGHT, _TOO_OLD = 422, 400


def install(app: Flask) -> None:
    """Forget what came back once it is sent anew; say of a page that it shows a mistake."""
    app.before_request(_forget)
    app.after_request(_say_so)


def kept() -> Refused | None:
    """Return what this page is to show again; None where it is opened for another reason."""
    found = visit().refused
    asked = request.args.get(IN_ADDRESS, "")
    if found is None or request.method not in csrf.SAFE or found.path != request.path:
        return None
    return found if secrets.compare_digest(asked.encode(), found.token.encode()) else None


def said(name: str) -> str:
    """Return what a form says of its page, sent now or coming back; empty: nothing."""
    again = kept()
    return again.fields.get(name, [""])[0] if again else request.form.get(name, "")


def of_form(name: str) -> Refused | None:
    """Return what comes back of the form of that name; of several on a page it is only one."""
    found = kept()
    return found if found and found.form == name else None


def typed(name: str) -> MultiDict[str, str] | None:
    """Return what was sent with the form of that name, as it reads it; None: nothing comes back."""
    found = of_form(name)
    if found is None:
        return None
    g.comes_back = found
    return MultiDict(found.fields)


def can_come_back() -> bool:
    """Say whether a redirect would find again what was typed.

    It would not while the store is away, and not if it is long. And nothing is kept of what another
    site may have sent: where the token is not ours, the browser must say that the form is.
    """
    ours = csrf.is_ours() or request.headers.get("Sec-Fetch-Site") == "same-origin"
    short = (request.content_length or 0) <= LONGEST
    return ours and short and not context.store_failed()


def come_back(
    form: str,
    fields: dict[str, list[str]],
    errors: dict[str, list[str]],
    *,
    too_old: bool = False,
    at: str | None = None,
) -> Redirect:
    """Keep what was sent, and lead to the page that shows it again.

    Args:
        form: the name of the form, which that page makes anew.
        at: the address of that page; None: the one to which it was sent.
    """
    token = secrets.token_urlsafe(9)
    path, _, query = (at or request.full_path).partition("?")
    visit().refused = Refused(
        token=token,
        path=path,
        sent_to=request.path,
        form=form,
        fields=fields,
        errors=errors,
        too_old=too_old,
    )
    others = [part for part in query.split("&") if part and not part.startswith(f"{IN_ADDRESS}=")]
    return redirect(f"{path}?{'&'.join([*others, f'{IN_ADDRESS}={token}'])}", code=303)


def _forget() -> None:
    found = visit().refused
    sent = request.method not in csrf.SAFE and csrf.is_ours()
    if found and sent and request.path in (found.path, found.sent_to):
        visit().refused = None


def _say_so(response: Response) -> Response:
    found: Refused | None = g.get("comes_back")
    if found and response.status_code == 200:
        response.status_code = _TOO_OLD if found.too_old else _NOT_RIGHT
    return response
