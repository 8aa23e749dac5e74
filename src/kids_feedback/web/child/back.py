"""The way back: R1, R1x, R2 and R6."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from kids_feedback.services import tracking
from kids_feedback.web import context, guard, slow
from kids_feedback.web.child import meeting, saying
from kids_feedback.web.child.acting import act
from kids_feedback.web.child.face import child
from kids_feedback.web.forms import OurForm, trimmed
from kids_feedback.web.sessions import visit

_STAYS = ("language", "look", "theme", "size", "space")


class WordsForm(OurForm):
    """One field, forgiving."""

    words = StringField(filters=[trimmed])


@child.get("/back")
@guard.anyone
def back() -> ResponseReturnValue:
    """R1."""
    return render_template("child/back.html", form=WordsForm())


@child.post("/back")
@guard.anyone
@guard.keeps_words
def come_back() -> ResponseReturnValue:
    form = WordsForm()
    if form.stale:
        return render_template("child/back.html", form=form), 400
    slow.down(request.remote_addr or "")
    with context.reading() as db:
        found = tracking.find(db, form.words.data, words_key=context.settings().words_key)
    if found is None:
        form.words.errors = [_l("Those words don't match. Check the spelling and try again.")]
        return render_template("child/back.html", form=form), 422
    stays = {name: session[name] for name in _STAYS if name in session}
    session.clear()
    visit().rotate()
    session.update(stays, mine=found)
    return redirect(url_for("child.where_things_are"), code=303)


@child.get("/back/lost")
@guard.anyone
def lost() -> ResponseReturnValue:
    """R1x."""
    return render_template("child/lost.html")


@child.get("/back/now")
@guard.anyone
def where_things_are() -> ResponseReturnValue:
    """R2. The child's own words are never shown here: a found slip gives little away."""
    if "mine" not in session:
        return redirect(url_for("child.back"), code=303)
    with context.reading() as db:
        status = tracking.status(db, session["mine"], today=context.today())
    return render_template(
        "child/now.html", status=status, today=context.today(), meet=meeting.arranged()
    )


@child.get("/back/answer")
@guard.anyone
def answer_waits() -> ResponseReturnValue:
    """R6 opens softly: the answer itself is one more press away."""
    if "mine" not in session:
        return redirect(url_for("child.back"), code=303)
    with context.reading() as db:
        tracking.answer(db, session["mine"])
    return render_template("child/answer_waits.html", form=OurForm())


@child.post("/back/answer")
@guard.anyone
def read_answer() -> ResponseReturnValue:
    """R6, part by part."""
    if "mine" not in session:
        return redirect(url_for("child.back"), code=303)
    with act(session["mine"]) as opened:
        answer = tracking.read_answer(opened)
    return render_template(
        "child/answer.html", answer=answer, form=saying.PointsForm(formdata=None)
    )
