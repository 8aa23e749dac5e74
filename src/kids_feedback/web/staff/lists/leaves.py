"""Leaves that children left: checked before anybody else sees them, and counted."""

from collections.abc import Iterator, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from kids_feedback.domain.child.leaves import LEAF_LIMIT, LeafState
from kids_feedback.domain.people import Role
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.feedback_tree import leaf_checks, leaves, office_days
from kids_feedback.services.feedback_tree.leaf_checks import LeafForStaff, NotTheWords
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import shown_again
from kids_feedback.web.kit.translation import _
from kids_feedback.web.kit.typed.paging import page_asked_for
from kids_feedback.web.questions.leaf import PICTURE, SHAPE, TODAY
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.kit import forms

_SHOW = {"tree": LeafState.SHOWN, "us": LeafState.PRIVATE}  # otherwise those that wait
_HANG, _KEEP = "hang", "keep"


class LeafCheckForm(forms.SeenForm):
    """What a checker decides."""

    decision = forms.single_choice(
        _l("What should happen to this leaf?"),
        {_HANG: _l("Show it on the tree"), _KEEP: _l("Keep it within Cafcass")},
        must=_l("Choose what should happen to this leaf"),
    )
    shown = forms.long_text(
        _l("What the tree shows"),
        hint=_l(
            "Hide names and whatever says who wrote it: put three dots in their place. "
            "Leave everything else as the child wrote it."
        ),
        limit=2 * LEAF_LIMIT,
    )
    office = SelectField(_l("On which office's tree?"), validate_choice=False)


@staff.get("/leaves", endpoint="leaves")
@guard.only(*guard.STAFF)
def show_leaves() -> ResponseReturnValue:
    """Those that wait to be checked, those on a tree, or those within Cafcass."""
    show = request.args.get("show") if request.args.get("show") in _SHOW else None
    state = _SHOW.get(show or "", LeafState.WAITING)
    with context.reading() as db:
        found = leaf_checks.listed(db, guard.person(), state, page=page_asked_for())
    return render_template(
        "staff/lists/leaves.html",
        found=found,
        show=show,
        shape=SHAPE,
        picture=PICTURE,
        tabs=[*_tabs(found.counts)],
        here=url_for("staff.leaves", show=show),
    )


@staff.get("/leaves/<leaf_id>")
@guard.only(*guard.STAFF)
def leaf(leaf_id: str) -> ResponseReturnValue:
    found = _found(leaf_id)
    return _leaf_page(found, _form(found))


@staff.post("/leaves/<leaf_id>")
@guard.only(*guard.STAFF)
@guard.keeps_words
def check_leaf(leaf_id: str) -> ResponseReturnValue:
    """Let it onto the tree, or keep it within Cafcass."""
    found = _found(leaf_id)
    form = _form(found)
    if not form.validate():
        return shown_again(form, lambda: _leaf_page(found, form))
    try:
        _decide(leaf_id, form)
    except NotTheWords:
        form.shown.errors = [_("Only hide parts. The rest stays as the child wrote it.")]
        return shown_again(form, lambda: _leaf_page(found, form))
    except Incomplete:
        form.office.errors = [_("Choose the office whose tree it goes on")]
        return shown_again(form, lambda: _leaf_page(found, form))
    flash(_("Saved. Your decision is kept with your name."))
    return redirect(url_for("staff.leaves"), code=303)


@staff.get("/leaf-numbers")
@guard.only(Role.CUSTOMER_SERVICE)
def leaf_numbers() -> ResponseReturnValue:
    """How many leaves children left in the whole country."""
    with context.reading() as db:
        counts = leaves.national(db, today=context.today())
    return render_template(
        "staff/lists/leaf_numbers.html", counts=counts, tabs=[*_tabs()], here=request.path
    )


@staff.get("/office-days", endpoint="office_days")
@guard.only(Role.LOCAL_MANAGER, Role.HEAD_OF_PRACTICE)
def show_office_days() -> ResponseReturnValue:
    """How children found one's own offices, in half-years."""
    with context.reading() as db:
        totals = office_days.totals(db, guard.person(), today=context.today())
    return render_template(
        "staff/lists/office_days.html",
        totals=totals,
        questions=TODAY,
        tabs=[*_tabs()],
        here=request.path,
    )


def _found(leaf_id: str) -> LeafForStaff:
    with context.reading() as db:
        return leaf_checks.details(db, leaf_id, guard.person())


def _form(found: LeafForStaff) -> LeafCheckForm:
    form = LeafCheckForm(data={"shown": found.shown or found.words, "seen": len(found.checks)})
    if found.office is not None:
        del form.office
        return form
    with context.reading() as db:
        offices = leaves.offices(db)
    form.office.choices = forms.choices_of([("", _("Pick an office")), *offices])
    return form


def _decide(leaf_id: str, form: LeafCheckForm) -> None:
    common = {"seen": form.seen.data, "now": context.now()}
    with context.transaction() as db:
        if form.decision.data == _KEEP:
            leaf_checks.keep_private(db, leaf_id, guard.person(), **common)
        else:
            office = form.office.data if form.office else None
            leaf_checks.hang(
                db, leaf_id, guard.person(), shown=form.shown.data, office=office, **common
            )


def _leaf_page(found: LeafForStaff, form: LeafCheckForm) -> str:
    return render_template(
        "staff/lists/leaf.html", leaf=found, form=form, shape=SHAPE, picture=PICTURE
    )


def _tabs(counts: Mapping[LeafState, int] | None = None) -> Iterator[tuple[str, str]]:
    """Yield address and words of each page about leaves that this person may see."""
    names: dict[LeafState, str] = {
        LeafState.WAITING: _("To check"),
        LeafState.SHOWN: _("On the tree"),
        LeafState.PRIVATE: _("Within Cafcass"),
    }
    for state, name in names.items():
        show = next((code for code, shown in _SHOW.items() if shown is state), None)
        words = f"{name} ({counts[state]})" if counts else name
        yield url_for("staff.leaves", show=show), words
    if guard.person().role is Role.CUSTOMER_SERVICE:
        yield url_for("staff.leaf_numbers"), _("Numbers")
    else:
        yield url_for("staff.office_days"), _("Office feedback")
