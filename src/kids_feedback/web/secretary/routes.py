"""Prepare, look, release; and read what was released."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.board.half_years import HalfYear
from kids_feedback.domain.people import Role
from kids_feedback.services.board import summaries, versions
from kids_feedback.services.feedback_tree import leaves
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.rendering import figure_sentences
from kids_feedback.web.secretary import improvements, taking_back
from kids_feedback.web.secretary.blueprint import secretary

__all__ = ["improvements", "secretary", "taking_back"]


@secretary.get("/")
@guard.only(Role.BOARD_SECRETARY)
def home() -> ResponseReturnValue:
    """Every version that was released, what was taken back, and what can be prepared."""
    with context.reading() as db:
        found = versions.every(db)
        put_right = versions.put_right(db)
        waiting = summaries.waiting(db, today=context.today())
    return render_template(
        "secretary/home.html",
        versions=found,
        put_right=put_right,
        waiting=waiting,
        say_it=figure_sentences,
    )


@secretary.get("/period/<code>")
@guard.only(Role.BOARD_SECRETARY)
def preview(code: str) -> ResponseReturnValue:
    """The figures as the board would see them."""
    with context.reading() as db:
        found = summaries.prepare(
            db,
            HalfYear.from_code(code),
            today=context.today(),
            topics=figure_sentences.TOPIC_CODES,
            smallest=context.settings().smallest_count,
        )
    return render_template(
        "secretary/preview.html", preview=found, code=code, say_it=figure_sentences, form=OurForm()
    )


@secretary.post("/period/<code>")
@guard.only(Role.BOARD_SECRETARY)
def release(code: str) -> ResponseReturnValue:
    """Ask whether they are sure; then freeze what was looked at."""
    if request.form.get("go") != "release":
        return _are_you_sure(code)
    with context.transaction() as db:
        summaries.release(
            db,
            HalfYear.from_code(code),
            guard.person(),
            digest=request.form.get("digest", ""),
            now=context.now(),
            today=context.today(),
            topics=figure_sentences.TOPIC_CODES,
            smallest=context.settings().smallest_count,
        )
    return redirect(url_for("secretary.home"), code=303)


def _are_you_sure(code: str) -> str:
    with context.reading() as db:
        found = summaries.prepare(
            db,
            HalfYear.from_code(code),
            today=context.today(),
            topics=figure_sentences.TOPIC_CODES,
            smallest=context.settings().smallest_count,
        )
    return render_template(
        "secretary/sure.html",
        preview=found,
        digest=request.form.get("digest", ""),
        code=code,
        form=OurForm(),
    )


@secretary.get("/period/<code>/version/<int:number>")
@guard.only(Role.BOARD_SECRETARY)
def version(code: str, number: int) -> ResponseReturnValue:
    """One version as the board saw it, and what became of it."""
    with context.reading() as db:
        found = versions.one(db, HalfYear.from_code(code), number)
    return render_template("secretary/version.html", version=found, say_it=figure_sentences)


@secretary.get("/leaves", endpoint="leaves")
@guard.only(Role.BOARD_SECRETARY)
def leaf_numbers() -> ResponseReturnValue:
    """How many leaves children left in the whole country."""
    with context.reading() as db:
        counts = leaves.national(db, today=context.today())
    return render_template("secretary/leaves.html", counts=counts)
