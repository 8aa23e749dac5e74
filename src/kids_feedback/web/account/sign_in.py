"""Signing in and out."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.people import Person
from kids_feedback.services.accounts import account_history, accounts, signing_in
from kids_feedback.services.accounts.signing_in import FREE_TRIES, SignedIn
from kids_feedback.web.account import place
from kids_feedback.web.account.blueprint import account, enter, leave
from kids_feedback.web.account.forms import SignInForm
from kids_feedback.web.kit import context, csrf, demo_only, guard, roles, shared_device
from kids_feedback.web.kit.forms import shown_again
from kids_feedback.web.kit.sessions import visit


@account.get("/sign-in")
@guard.anyone
def sign_in() -> ResponseReturnValue:
    return render_template("account/sign_in.html", form=SignInForm())


@account.post("/sign-in")
@guard.anyone
@guard.keeps_words
def let_in() -> ResponseReturnValue:
    """Sign in. Every failure gets the same answer, and takes as long.

    So a miss is answered in place: to keep what comes back would be a second write for whoever is
    known, and the only one for everybody else.
    """
    form = SignInForm()
    if not form.validate():
        return shown_again(form, lambda: render_template("account/sign_in.html", form=form))
    turn = place.take_turn(form.email.data)
    if turn.wait:
        form.wait(turn.wait)
        return place.later(form, "account/sign_in.html")
    with context.reading() as db:
        checked = signing_in.check(
            db,
            email=form.email.data,
            password=form.password.data,
            code=form.code.data,
            now=context.now(),
        )
    with context.transaction() as db:
        outcome = signing_in.note_outcome(db, checked, now=context.now(), turn=turn)
        if outcome is not None:
            accounts.note_signed_in(db, outcome.person, now=context.now())
    if outcome is not None:
        place.keep(turn.place)
        return _welcome(outcome)
    if checked.person_id is None:
        visit().missed = True  # writes once, as a miss of somebody who is known does
    current_app.logger.info("sign-in refused: %s", checked.person_id or "nobody known")
    form.refuse()
    return render_template("account/sign_in.html", form=form), 422


@account.post("/sign-out")
@guard.anyone
@guard.keeps_words
def sign_out() -> ResponseReturnValue:
    """Sign out. The form's token shows that it is this person's own page that asks."""
    if visit().person is not None and not csrf.is_ours():
        raise guard.StaleForm
    leave()
    if shared_device.current():  # whose own cookie stays
        return shared_device.forget_visit(redirect(url_for("child.kiosk"), code=303))
    answer = redirect(url_for("account.sign_in"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@account.get("/demo/<token>")
@guard.anyone
def demo_link(token: str) -> ResponseReturnValue:
    """Ask for a press: opening the address signs nobody in."""
    demo_only.check()
    with context.reading() as db:
        person = accounts.demo_person(db, token, now=context.now())
    return render_template(
        "account/demo.html",
        token=token,
        name=person.name,
        role=roles.NAMES[person.role],
    )


@account.post("/demo/<token>")
@guard.anyone
def use_demo_link(token: str) -> ResponseReturnValue:
    demo_only.check()
    with context.transaction() as db:
        person = accounts.use_demo_link(db, token, now=context.now())
    enter(person)
    return redirect(roles.home(person.role), code=303)


def _is_news(person: Person) -> bool:
    """Say whether accounts were changed of which, as the site sends no mail, nobody told them."""
    if context.settings().mails:
        return False
    with context.reading() as db:
        return account_history.unseen(db, person) > 0


def _welcome(outcome: SignedIn) -> ResponseReturnValue:
    """Lead to work, or first to the news that somebody else may have the password."""
    person = outcome.person
    current_app.logger.info("signed in: %s", person.id)
    if outcome.wrong_codes > FREE_TRIES:
        enter(person)
        visit().news = "wrong_codes"
        return redirect(url_for("account.home"), code=303)
    if _is_news(person):
        enter(person)
        visit().news = "accounts"
        return redirect(url_for("account.home"), code=303)
    enter(person)
    return redirect(roles.home(person.role), code=303)
