"""An office: its feedback tree, and how it was today."""

import re
import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.child.leaves import LeafShape, Tap
from kids_feedback.domain.errors import EditConflict
from kids_feedback.services.feedback_tree import leaves, office_days
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.current_office import office_here
from kids_feedback.web.child.office.tree_picture import hanging
from kids_feedback.web.child.start import aside
from kids_feedback.web.kit import context, csrf, guard
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.questions.forms import form_class
from kids_feedback.web.questions.leaf import PICTURE, TODAY, WHICH_OFFICE, office_visited
from kids_feedback.web.visit.values import Answers

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@child.get("/tree/<office_code>")
@guard.anyone
def tree(office_code: str) -> ResponseReturnValue:
    """The leaves of one office, for a screen on its wall, or for print."""
    with context.reading() as db:
        found = leaves.tree(db, office_code)
    shapes = [leaf.shape for leaf in found.leaves]
    return render_template(
        "child/office/tree.html",
        tree=found,
        picture=PICTURE,
        places=hanging(shapes),
        next=None if shapes else hanging([LeafShape.WILLOW])[0],
    )


@child.get("/today")
@guard.anyone
def today() -> ResponseReturnValue:
    """Ask how the office was today: three questions."""
    return _page(_form(visit().taps), secrets.token_urlsafe(16))


@child.post("/today")
@guard.anyone
@guard.keeps_words
def tap_today() -> ResponseReturnValue:
    """Keep three taps at most. A double tap counts once."""
    form, key = _form(), request.form.get("key", "")
    if form.stale or not _KEY.fullmatch(key):
        return shown_again(form, lambda: _page(form, secrets.token_urlsafe(16)), too_old=True)
    if "go" in request.form:
        visit().taps = {name: form.data[name] for name in form.data if name != csrf.FIELD}
        return aside(request.form["go"])
    if not form.validate():
        return shown_again(form, lambda: _page(form, key))
    try:
        _give(form, key)
    except EditConflict:  # the same form, sent twice at once: the other one was first
        _give(form, key)
    visit().taps = None
    return redirect(url_for("child.today_thanks"), code=303)


@child.get("/today/thanks")
@guard.anyone
def today_thanks() -> ResponseReturnValue:
    return render_template("child/office/office_day_thanks.html")


def _known() -> str | None:
    """Return the office that the screen stands in, or that a leaf was just left for."""
    leaf = visit().sent_leaf
    return office_here() or (leaf.office if leaf else None)


def _form(given: Answers | None = None) -> OurForm:
    """Return the three questions, and which office it is where nobody knows."""
    fields = [*TODAY]
    if _known() is None:
        with context.reading() as db:
            fields.append(office_visited(leaves.offices(db)))
    form: OurForm = form_class("Today", fields)(data=given)
    return form


def _give(form: OurForm, key: str) -> None:
    taps = {asked.name: Tap(form.data[asked.name]) for asked in TODAY if form.data[asked.name]}
    with context.transaction() as db:
        office_days.give(
            db,
            _known() or form.data["office"],
            key,
            friendly=taps.get("friendly"),
            greeted=taps.get("greeted"),
            on_time=taps.get("on_time"),
            today=context.today(),
        )


def _page(form: OurForm, key: str) -> str:
    return render_template(
        "child/office/office_day.html", form=form, fields=TODAY, which=WHICH_OFFICE, key=key
    )
