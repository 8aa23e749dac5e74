"""Coming in for the first time: a password, a phone, and codes on paper."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kids_feedback.domain.errors import NotFound
from kids_feedback.services.accounts import invitations, second_factor
from kids_feedback.services.accounts.invitations import InvitationUsed, Invited
from kids_feedback.services.organisation import places
from kids_feedback.web.account import place
from kids_feedback.web.account.blueprint import account, enter
from kids_feedback.web.account.forms import InvitationForm
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.rendering import qr
from kids_feedback.web.visit.values import Invitation
from kids_feedback.web.visit.visit import Visit


@account.get("/invitation/<token>")
@guard.anyone
def open_invitation(token: str) -> ResponseReturnValue:
    """Take the token out of the address, into the visit. The link stays unused."""
    with context.reading() as db:
        invitations.invited(db, token, now=context.now())
    visit().invitation = Invitation(token, second_factor.new_secret())
    return redirect(url_for("account.invitation"), code=303)


@account.get("/invitation")
@guard.anyone
def invitation() -> ResponseReturnValue:
    kept = _kept()
    return _page(kept, _form(kept))


@account.post("/invitation")
@guard.anyone
@guard.keeps_words
def accept() -> ResponseReturnValue:
    """Set up whoever this visit was invited as: nothing in the form says who that is."""
    kept = _kept()
    form = _form(kept)
    if not form.validate():
        return shown_again(form, lambda: _page(kept, form))
    new = invitations.set_up(form.password.data, kept.secret, form.code.data, now=context.now())
    if new is None:
        form.refuse()
        return shown_again(form, lambda: _page(kept, form))
    with context.transaction() as db:
        done = invitations.accept(db, kept.token, new, now=context.now())
        place.stay_known(db, done.person)
    enter(done.person)
    visit().recovery_codes = done.recovery_codes
    return redirect(url_for("account.recovery_codes"), code=303)


@account.errorhandler(InvitationUsed)
def used(error: InvitationUsed) -> ResponseReturnValue:
    """Lead to where whoever has set up an account comes in."""
    return render_template("account/invitation_used.html"), 410


@account.get("/recovery-codes")
@guard.only(*guard.EVERY_ROLE)
def recovery_codes() -> ResponseReturnValue:
    """Shown once: nothing that can be read back is kept."""
    codes = visit().take(Visit.recovery_codes)
    if codes is None:
        return redirect(url_for("account.home"), code=303)
    return render_template("account/recovery_codes.html", codes=codes)


@dataclass(frozen=True)
class _Kept:
    """What the visit keeps of an invitation."""

    token: str
    secret: str
    invited: Invited


def _kept() -> _Kept:
    """Return the invitation of this visit.

    Raises:
        NotFound: none was opened here, or it is over.
    """
    opened = visit().invitation
    if opened is None:
        raise NotFound
    with context.reading() as db:
        invited = invitations.invited(db, opened.token, now=context.now())
    return _Kept(opened.token, opened.secret, invited)


def _form(kept: _Kept) -> InvitationForm:
    with context.reading() as db:
        where = places.names(db)
    return InvitationForm(name=kept.invited.name, email=kept.invited.email, places=where)


def _page(kept: _Kept, form: InvitationForm) -> str:
    address = second_factor.setup_address(kept.secret, email=kept.invited.email)
    return render_template(
        "account/invitation.html",
        form=form,
        invited=kept.invited,
        secret=[kept.secret[start : start + 4] for start in range(0, len(kept.secret), 4)],
        address=address,
        picture=qr.code_of(address, title=_("Picture for the authenticator app to read")),
    )
