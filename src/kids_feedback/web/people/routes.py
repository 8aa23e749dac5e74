"""Who works here. Administrators invite, change and close; they see no case."""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.people import CASE_ROLES, FEWEST_NAMED, Role
from kids_feedback.services.accounts import directory
from kids_feedback.services.accounts.directory import DirectoryFilter, PersonDetails
from kids_feedback.services.accounts.people import EmailTaken
from kids_feedback.services.case.people import colleagues
from kids_feedback.services.casework.people import duty as duty_list
from kids_feedback.services.casework.people import letting_in
from kids_feedback.services.casework.people import staffing as acts
from kids_feedback.services.errors import LastResortNeeded, NeedsSomebodyFirst
from kids_feedback.web.kit import context, csrf, guard, roles
from kids_feedback.web.kit.context import Session
from kids_feedback.web.kit.forms import not_right, shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.people import duty, staffing
from kids_feedback.web.people.blueprint import people
from kids_feedback.web.people.forms import CloseForm, PersonForm
from kids_feedback.web.visit.values import Link
from kids_feedback.web.visit.visit import Visit

__all__ = ["duty", "people"]

_PAGE = re.compile("[1-9][0-9]{0,3}")


@people.get("/", endpoint="people")
@guard.only(Role.ADMINISTRATOR)
def everybody() -> ResponseReturnValue:
    """List people, one page of one kind."""
    asked, page = request.args.get("show", ""), request.args.get("page", "")
    show = DirectoryFilter(asked) if asked in set(DirectoryFilter) else DirectoryFilter.SIGNING_IN
    number = int(page) if _PAGE.fullmatch(page) else 1
    with context.reading() as db:
        listing = directory.listed(db, guard.person(), show=show, page=number)
        named, waits = acts.named_for_last_resort(db), acts.waits_for_last_resort(db)
        somebody, not_sent = duty_list.somebody(db), letting_in.not_sent(db, guard.person())
    return render_template(
        "people/people.html",
        listing=listing,
        show=show,
        page=number,
        roles=roles.NAMES,
        named=named,
        fewest_named=FEWEST_NAMED,
        waits=waits,
        somebody=somebody,
        not_sent=not_sent,
    )


@people.get("/new")
@guard.only(Role.ADMINISTRATOR)
def new() -> ResponseReturnValue:
    return render_template("people/new.html", form=_form())


@people.post("/new")
@guard.only(Role.ADMINISTRATOR)
@guard.keeps_words
def add() -> ResponseReturnValue:
    """Add a person and, unless they never sign in, invite them."""
    form = _form()
    if not form.validate():
        return shown_again(form, lambda: render_template("people/new.html", form=form))
    by, added, link = guard.person(), form.particulars(), None
    try:
        with context.transaction() as db:
            person_id = acts.add(
                db, by, added, staffing.moment(db), key=csrf.drawn_from_form("person")
            )
            if added.role is not None:
                link = _invite(db, person_id)
    except EmailTaken:
        form.refuse_address()
        return shown_again(form, lambda: render_template("people/new.html", form=form))
    if added.role is None:
        return redirect(
            url_for("people.people", show=DirectoryFilter.PRACTITIONERS.value), code=303
        )
    return _invited(person_id, link)


@people.get("/<person_id>")
@guard.only(Role.ADMINISTRATOR)
def person(person_id: str) -> ResponseReturnValue:
    found = _details(person_id)
    return _page(found, _form(found))


@people.post("/<person_id>")
@guard.only(Role.ADMINISTRATOR)
@guard.keeps_words
def change(person_id: str) -> ResponseReturnValue:
    found = _details(person_id)
    form = _form(found)
    if not form.validate():
        return shown_again(form, lambda: _page(found, form))
    try:
        with context.transaction() as db:
            acts.change(
                db,
                guard.person(),
                person_id,
                form.particulars(),
                staffing.moment(db),
                stand_in=form.stand_in.data,
            )
    except EmailTaken:
        form.refuse_address()
        return shown_again(form, lambda: _page(found, form))
    except (NeedsSomebodyFirst, LastResortNeeded) as error:
        _say(form, error)
        return shown_again(form, lambda: _page(found, form))
    return redirect(url_for("people.people"), code=303)


@people.post("/<person_id>/invite")
@guard.only(Role.ADMINISTRATOR)
def invite(person_id: str) -> ResponseReturnValue:
    """Mail an invitation; what let this person in before ends."""
    with context.transaction() as db:
        link = _invite(db, person_id)
    return _invited(person_id, link)


@people.get("/<person_id>/link")
@guard.only(Role.ADMINISTRATOR)
def link(person_id: str) -> ResponseReturnValue:
    """The link of an invitation, where the site sends no mail. Shown once, and that is kept."""
    kept = visit().take(Visit.invitation_link)
    if kept is None or kept.person != person_id:
        return redirect(url_for("people.person", person_id=person_id), code=303)
    return render_template("people/link.html", person=_details(person_id), address=kept.address)


@people.post("/<person_id>/close")
@guard.only(Role.ADMINISTRATOR)
def close(person_id: str) -> ResponseReturnValue:
    form, by = CloseForm(), guard.person()
    try:
        with context.transaction() as db:
            acts.close(db, by, person_id, staffing.moment(db), stand_in=form.stand_in.data)
    except (NeedsSomebodyFirst, LastResortNeeded) as error:
        _say(form, error)
        found, at = _details(person_id), url_for("people.person", person_id=person_id)
        return shown_again(form, lambda: _page(found, _form(found), form), at=at)
    return redirect(url_for("people.people"), code=303)


def _details(person_id: str) -> PersonDetails:
    with context.reading() as db:
        return directory.details(db, guard.person(), person_id)


def _form(found: PersonDetails | None = None) -> PersonForm:
    """Return the form with the places and line managers there are, filled in for ``found``."""
    with context.reading() as db:
        places = colleagues.places(db)
        managers = directory.line_managers(db, of=found.id if found else None)
    return PersonForm(
        places=places, line_managers=managers, present=found.particulars if found else None
    )


def _say(form: PersonForm | CloseForm, error: NeedsSomebodyFirst | LastResortNeeded) -> None:
    """Write on ``form`` why it was refused: where somebody may stand in, beside that box."""
    if isinstance(error, NeedsSomebodyFirst):
        form.stand_in.errors = [staffing.why(error)]
    else:
        form.form_errors.append(staffing.why(error))


def _page(found: PersonDetails, form: PersonForm, closes: CloseForm | None = None) -> str:
    """Return a person's page. Where cases stand in the way, it leads to them."""
    closes = closes or CloseForm(formdata=None)
    with context.reading() as db:
        invitation = letting_in.state_of(db, guard.person(), found.id, now=context.now())
    return render_template(
        "people/person.html",
        person=found,
        invitation=invitation,
        mails=context.settings().mails,
        form=not_right(form, closes),
        changes=form,
        own=found.id == guard.person().id,
        lost=bool(form.stand_in.errors or closes.stand_in.errors),
        case_roles=CASE_ROLES,
    )


def _invite(db: Session, person_id: str) -> str | None:
    """Mail an invitation; where the site sends no mail, return its link."""
    return letting_in.invite(
        db,
        guard.person(),
        person_id,
        link_of=_link_of,
        mails=context.settings().mails,
        now=context.now(),
    )


def _link_of(token: str) -> str:
    return context.settings().base_url + url_for("account.open_invitation", token=token)


def _invited(person_id: str, link: str | None) -> ResponseReturnValue:
    """Lead to how far the invitation has got, or to its link."""
    if link is None:
        return redirect(url_for("people.person", person_id=person_id), code=303)
    visit().invitation_link = Link(person_id, link)
    return redirect(url_for("people.link", person_id=person_id), code=303)
