"""The way back: the secret words, the status of the case, and the answer."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from kids_feedback.domain.child import secret_words
from kids_feedback.services.child import case_status, mended, way_back
from kids_feedback.services.child.way_back import Try
from kids_feedback.web.child.back import meeting, replies
from kids_feedback.web.child.back.acting import act, at
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard, network, sessions, shared_device
from kids_feedback.web.kit.forms import OurForm, shown_again, trimmed
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.kit.translation import _, ngettext
from kids_feedback.web.questions.catalogue import BY_ID, METHOD, SUPPORTER
from kids_feedback.web.visit.kept import Event

_LONGEST_NAMED = 30  # letters: what is longer is no slip of the keyboard


class SecretWordsForm(OurForm):
    """One field, forgiving."""

    words = StringField(filters=[trimmed])


@child.get("/back")
@guard.anyone
def back() -> ResponseReturnValue:
    """Ask for the secret words."""
    return _words_page(SecretWordsForm())


@child.post("/back")
@guard.anyone
@guard.keeps_words
def come_back() -> ResponseReturnValue:
    form = SecretWordsForm()
    if not form.validate():
        return shown_again(form, lambda: _words_page(form))
    found = tried(form.words.data)
    if found.wait:
        form.words.errors = [too_many()]
        return _words_page(form), 429, network.retry_after(found.wait)
    if found.case_id is None:
        form.words.errors = [_mismatch(form.words.data)]
        return shown_again(form, lambda: _words_page(form))
    return let_in(found.case_id)


def let_in(case_id: str) -> ResponseReturnValue:
    """Open what was sent under the words, and forget whatever else was begun."""
    sessions.outlive(Event.CAME_BACK)
    visit().opened_case = case_id
    return redirect(url_for("child.where_things_are"), code=303)


def too_many() -> str:
    """Return what is said to whoever has to wait."""
    current_app.logger.warning("secret words were not looked at: too many miss there")
    return _("Too many tries at once. Try again in a minute.")


def tried(typed: str) -> Try:
    """Look for a case by words, and count a miss."""
    screen = shared_device.current()
    with context.transaction() as db:
        return way_back.try_words(
            db,
            typed,
            words_key=context.settings().words_key,
            network=network.asking(),
            screen=screen.id if screen else None,
            now=context.now(),
        )


def _mismatch(typed: str) -> str:
    """Return why typed words do not match, so far as the public lists of words tell.

    Source: docs/procedure.md, paragraph 20b.
    """
    seen = secret_words.look_at(typed)
    if not seen.count:
        return _("Type your secret words in order.")
    if seen.count == 1:
        return _("You typed one word. There are %(of)s. Put a space between them.", of=seen.of)
    if seen.count != seen.of:
        return _("You typed %(count)s words. There are %(of)s.", count=seen.count, of=seen.of)
    if seen.unlisted and all(len(word) <= _LONGEST_NAMED for word in seen.unlisted):
        return ngettext(
            "“%(words)s” is not one of our words. Check the spelling.",
            "These are not our words: %(words)s. Check the spelling.",
            len(seen.unlisted),
            words=", ".join(seen.unlisted),
        )
    return _(
        "Those words don't match. "
        "Check that all of them are there, in order, and how you spell them."
    )


@child.get("/back/lost")
@guard.anyone
def lost() -> ResponseReturnValue:
    """Say what to do when the secret words are lost."""
    return render_template("child/back/lost.html")


@child.get("/back/now")
@guard.came_back
def where_things_are() -> ResponseReturnValue:
    """Show the status of the case, never the statement: a found slip gives little away."""
    with context.reading() as db:
        status = case_status.status(db, guard.opened_case(), today=context.today())
        safety = case_status.look(db, guard.opened_case(), at(db))
        put_right = mended.of_case(db, guard.opened_case())
    return render_template(
        "child/back/status.html",
        status=status,
        form=OurForm(),
        safety=safety,
        mended=put_right,
        today=context.today(),
        meet=meeting.arranged(),
        contact_question=BY_ID[METHOD].number,
        supporter_question=BY_ID[SUPPORTER].number,
    )


@child.get("/back/answer")
@guard.came_back
def answer_waits() -> ResponseReturnValue:
    """Say that the answer is there. The answer itself is one more press away.

    Whoever has said something of it that comes back sees it at once.
    """
    points = replies.PointsForm()
    if points.comes_back:
        return replies.answer_page(points)
    with context.reading() as db:
        answer = case_status.answer(db, guard.opened_case())
    return render_template("child/back/answer_waits.html", answer=answer, form=OurForm())


@child.post("/back/answer")
@guard.came_back
def read_answer() -> ResponseReturnValue:
    """Show the answer part by part, each with the question whether it understood the child."""
    with act() as opened:
        answer = case_status.read_answer(opened)
    return render_template(
        "child/back/answer.html", answer=answer, form=replies.PointsForm(formdata=None)
    )


def _words_page(form: OurForm) -> str:
    return render_template("child/words/secret_words.html", form=form)
