"""The board's pages. One service, released figures, no way to a child."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.board import review
from kids_feedback.services.board.review import BeingPutRight
from kids_feedback.web.kit import context, guard
from kids_feedback.web.rendering import figure_sentences

board = Blueprint("board", __name__, url_prefix="/board")


@board.get("/")
@guard.only(Role.BOARD_REVIEWER)
def home() -> ResponseReturnValue:
    """List the half-years whose figures were released."""
    with context.reading() as db:
        periods = review.periods(db)
    return render_template(
        "board/home.html", names=[figure_sentences.period_name(period) for period in periods]
    )


@board.get("/before")
@guard.only(Role.BOARD_REVIEWER)
def before() -> ResponseReturnValue:
    """Say what the figures are, and where to get help, before any is shown."""
    return render_template("board/before.html")


@board.get("/numbers")
@guard.only(Role.BOARD_REVIEWER)
def numbers() -> ResponseReturnValue:
    """Show how many children told us something, and how that compares."""
    with context.reading() as db:
        shown = review.figures(db)
        again = review.is_put_right(db, shown)
        change = review.change_since(db, shown)
    return render_template(
        "board/numbers.html", shown=shown, say_it=figure_sentences, change=change, again=again
    )


@board.get("/about")
@guard.only(Role.BOARD_REVIEWER)
def about() -> ResponseReturnValue:
    """Show what children complained about."""
    with context.reading() as db:
        shown = review.figures(db)
        again = review.is_put_right(db, shown)
    return render_template("board/about.html", shown=shown, say_it=figure_sentences, again=again)


@board.get("/time")
@guard.only(Role.BOARD_REVIEWER)
def time() -> ResponseReturnValue:
    """Show how often promises were kept."""
    with context.reading() as db:
        shown = review.figures(db)
        again = review.is_put_right(db, shown)
    return render_template("board/time.html", shown=shown, say_it=figure_sentences, again=again)


@board.errorhandler(BeingPutRight)
def being_put_right(error: BeingPutRight) -> ResponseReturnValue:
    """The newest figures were taken back; somebody may have had them open."""
    return render_template("board/put_right.html", name=figure_sentences.period_name(error.period))


@board.errorhandler(NotFound)
def nothing_yet(error: NotFound) -> ResponseReturnValue:
    """Nothing was released yet."""
    return render_template("board/home.html", names=[])
