"""One's own account."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.services.accounts import accounts, passwords, signing_in
from kids_feedback.services.organisation import places
from kids_feedback.web.account import place
from kids_feedback.web.account.blueprint import account, enter
from kids_feedback.web.account.forms import PasswordForm, ProofForm
from kids_feedback.web.kit import context, guard, roles, sessions
from kids_feedback.web.kit.forms import shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.visit.visit import Visit


@account.get("/")
@guard.only(*guard.EVERY_ROLE)
def home() -> ResponseReturnValue:
    person = guard.person()
    with context.reading() as db:
        own = accounts.summary_of(db, person)
    return render_template(
        "account/home.html",
        own=own,
        role=roles.NAMES[person.role],
        news=visit().take(Visit.news),
    )


@account.get("/password")
@guard.only(*guard.EVERY_ROLE)
def password() -> ResponseReturnValue:
    return render_template("account/password.html", form=_password_form())


@account.post("/password")
@guard.only(*guard.EVERY_ROLE)
@guard.keeps_words
def change_password() -> ResponseReturnValue:
    form = _password_form()
    if not form.validate() or not _proved(form):
        return _again(form, "account/password.html")
    person, kept = guard.person(), passwords.hashed(form.password.data)
    with context.transaction() as db:
        accounts.set_password(db, person, kept, now=context.now())
        place.stay_known(db, person)
    enter(person)
    visit().news = "password"
    return redirect(url_for("account.home"), code=303)


@account.get("/new-codes")
@guard.only(*guard.EVERY_ROLE)
def new_codes() -> ResponseReturnValue:
    return render_template("account/new_codes.html", form=ProofForm())


@account.post("/new-codes")
@guard.only(*guard.EVERY_ROLE)
@guard.keeps_words
def renew_codes() -> ResponseReturnValue:
    form = ProofForm()
    if not form.validate() or not _proved(form):
        return _again(form, "account/new_codes.html")
    with context.transaction() as db:
        codes = accounts.give_new_codes(db, guard.person(), now=context.now())
        visit().recovery_codes = codes
    return redirect(url_for("account.recovery_codes"), code=303)


@account.get("/visits")
@guard.only(*guard.EVERY_ROLE)
def visits() -> ResponseReturnValue:
    with context.reading() as db:
        found = accounts.open_visits(db, guard.person(), label=visit().label, now=context.now())
    return render_template("account/visits.html", visits=found)


@account.post("/visits")
@guard.only(*guard.EVERY_ROLE)
def end_other_visits() -> ResponseReturnValue:
    """End them all, and go on here under a new cookie."""
    with context.transaction() as db:
        accounts.end_own_visits(db, guard.person(), now=context.now())
    sessions.current().rotate()
    return redirect(url_for("account.visits"), code=303)


def _again(form: ProofForm, page: str) -> ResponseReturnValue:
    if form.later:
        return place.later(form, page)
    return shown_again(form, lambda: render_template(page, form=form))


def _password_form() -> PasswordForm:
    with context.reading() as db:
        own, where = accounts.summary_of(db, guard.person()), places.names(db)
    return PasswordForm(name=own.name, email=own.email, places=where)


def _proved(form: ProofForm) -> bool:
    """Say whether it is really the person who is signed in. If not, the form says so."""
    with context.reading() as db:
        email = accounts.summary_of(db, guard.person()).email
    turn = place.take_turn(email)
    if turn.wait:
        form.wait(turn.wait)
        return False
    with context.reading() as db:
        checked = signing_in.check_again(
            db,
            guard.person().id,
            password=form.current.data,
            code=form.code.data,
            now=context.now(),
        )
    with context.transaction() as db:
        outcome = signing_in.note_outcome(db, checked, now=context.now(), turn=turn)
    if outcome is None:
        form.refuse()
    return outcome is not None
