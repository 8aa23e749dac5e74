"""A child's replies after sending: more words, a reminder, stop, their view of the answer."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from kids_feedback.domain.board.ratings import QUESTIONS
from kids_feedback.domain.case.answer import READ
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.requests import TASKS, Asked
from kids_feedback.domain.case.safety import Look
from kids_feedback.services.child import case_status, replies, requests
from kids_feedback.services.child.replies import Stop
from kids_feedback.web.child import receipts
from kids_feedback.web.child.back.acting import act
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, shown_again, trimmed, within
from kids_feedback.web.questions import safety
from kids_feedback.web.questions.model import both

_LIMIT = 2_000  # characters
_TAPS = (
    ("yes", both(_l("Yes"))),
    ("a_bit", both(_l("A bit"), _l("Partly"))),
    ("no", both(_l("No"))),
)
_SAYS = (("yes", both(_l("You understood me"))), ("not_quite", both(_l("Not quite"))))
_ASKS = {"head": FollowUp.ASKS_FOR_HEAD, "advocate": FollowUp.ASKS_FOR_ADVOCATE}
_STOPPED = {
    Stop.STOPPED: _l("We have stopped. You can tell us again at any time."),
    Stop.MEETING_OFF: _l("We have stopped, and the meeting is off. You can tell us again."),
}
_ADDED = (FollowUp.MORE_WORDS, FollowUp.WORDS_AFTER_CLOSING)


def _words(label: Any, *, must: Any = None) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[trimmed],
        validators=[*([DataRequired(must)] if must else []), *within(_LIMIT)],
    )


def _one_of(label: Any, choices: tuple[tuple[str, Any], ...]) -> RadioField:
    known = frozenset(code for code, _ in choices)
    return RadioField(
        label,
        choices=[SelectChoice(code, text) for code, text in choices],
        validate_choice=False,
        filters=[lambda picked: picked if picked in known else None],
    )


class MoreForm(OurForm):
    """More words."""

    words = _words(both(_l("What do you want to say?")))
    answers = HiddenField()  # the message that it answers; empty: none
    not_safe = BooleanField(safety.TICK, description=safety.HINT)
    is_safe = safety.ASKED  # the tick says "Yes", so the question stands above it

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if self.words.data or self.not_safe.data or self.words.errors:
            return good
        self.words.errors = [_l("Write a few words, or go back")]
        return False


class PointsForm(OurForm):
    """Whether it is right, and where it is not: each part of it, and what was not understood."""

    right = HiddenField()  # the button that was pressed: "yes" or "not_quite"
    words = _words(both(_l("What did we not get right? You can leave this empty.")))


OF_PART = "of_"  # before its name: a part itself is what staff type
for _part in READ:
    setattr(PointsForm, OF_PART + _part, _one_of(both(_l("Did we understand you?")), _SAYS))


class HowForm(OurForm):
    """Four questions about how we did."""

    listened = _one_of(both(_l("Did we listen to you?")), _TAPS)
    kept_word = _one_of(
        both(_l("Did we do what we said?"), _l("Did we do what we said we would?")), _TAPS
    )
    easy = _one_of(
        both(_l("Was it easy to understand?"), _l("Was the answer easy to read?")), _TAPS
    )
    better = _one_of(both(_l("Do you feel better about it?"), _l("Was it fair?")), _TAPS)
    words = _words(both(_l("Anything we should do better next time?")))


@child.get("/back/more")
@guard.came_back
def more() -> ResponseReturnValue:
    return render_template("child/back/more.html", form=MoreForm())


@child.post("/back/more")
@guard.came_back
@guard.keeps_words
def send_more() -> ResponseReturnValue:
    form = MoreForm()
    if not form.validate():
        return shown_again(form, lambda: render_template("child/back/more.html", form=form))
    with act() as opened:
        look = replies.send_more(
            opened,
            form.words.data,
            not_safe=form.not_safe.data,
            watch=context.settings().watch,
            answers=form.answers.data or "",
        )
    return thank(_l("Thank you. We have got it."), *_ADDED, look=look)


@child.post("/back/nudge")
@guard.came_back
def nudge() -> ResponseReturnValue:
    """The Head of Practice hears that the child asks."""
    with act() as opened:
        told = replies.nudge(opened)
    if told:
        return thank(_l("We have told the manager's boss that you asked."), FollowUp.NUDGE)
    return thank(_l("We have written down that you asked."), FollowUp.NUDGE)


@child.get("/back/stop")
@guard.came_back
def ask_to_stop() -> ResponseReturnValue:
    return render_template("child/back/stop.html", form=OurForm())


@child.post("/back/stop")
@guard.came_back
def stop_looking() -> ResponseReturnValue:
    """Ask us to stop; what the child told a manager so, they confirm here."""
    with act() as opened:
        came_of_it = replies.stop(opened)
    if came_of_it is Stop.ASKED:
        return thank_for_asking(Asked.STOP, _l("Thank you. You asked us to stop."))
    return thank(_STOPPED[came_of_it], FollowUp.STOPPED)


@child.post("/back/resume")
@guard.came_back
def resume() -> ResponseReturnValue:
    """Take a stop back, or say that a manager heard it wrong."""
    with act() as opened:
        replies.resume(opened)
    return thank(_l("We will look into it."), FollowUp.WANTS_IT_AFTER_ALL)


@child.post("/back/look-into")
@guard.came_back
def ask_for_more() -> ResponseReturnValue:
    """Make a complaint of what was only to be known."""
    with act() as opened:
        replies.ask_for_more(opened, context.settings().reference.promises)
    return thank(_l("We will look into it."), FollowUp.WANTS_IT_AFTER_ALL)


@child.post("/back/not-right")
@guard.came_back
def reject_ending() -> ResponseReturnValue:
    """Say that it was not right to end it without an answer."""
    with act() as opened:
        replies.reject_ending(opened)
    return thank(_l("Thank you. It is open again."), FollowUp.ENDING_REJECTED)


@child.post("/back/answer/points")
@guard.came_back
@guard.keeps_words
def points() -> ResponseReturnValue:
    """Keep, part by part, whether the answer understood the child."""
    form = PointsForm()
    if not form.validate():
        return shown_again(form, lambda: answer_page(form), at=url_for("child.answer_waits"))
    said = {part: picked == "yes" for part in READ if (picked := form[OF_PART + part].data)}
    if form.right.data == "yes":  # of all of it, other than what they said part by part
        said = dict.fromkeys(READ, True) | said
    with act() as opened:
        replies.say_of_answer(opened, said, form.words.data)
    all_good = form.right.data != "not_quite" and all(said.values()) and not form.words.data
    return redirect(url_for("child.how" if all_good else "child.not_happy"), code=303)


@child.get("/back/not-happy")
@guard.came_back
def not_happy() -> ResponseReturnValue:
    """Offer help to a child who is not happy with the answer, and say who has what they said."""
    with context.reading() as db:
        followed = case_status.still_waiting(db, guard.opened_case(), (FollowUp.NOT_QUITE,))
    return render_template(
        "child/back/not_happy.html", form=OurForm(), followed=followed, today=context.today()
    )


@child.post("/back/not-happy")
@guard.came_back
def ask_for_help() -> ResponseReturnValue:
    asks_for = "advocate" if request.form.get("ask") == "advocate" else "head"
    with act() as opened:
        replies.not_happy(opened, asks_for)
    return thank(_l("We have passed it on."), _ASKS[asks_for])


@child.get("/back/how")
@guard.came_back
def how() -> ResponseReturnValue:
    """Ask how we did."""
    return render_template("child/back/rating.html", form=HowForm())


@child.post("/back/how")
@guard.came_back
@guard.keeps_words
def say_how() -> ResponseReturnValue:
    form = HowForm()
    if not form.validate():
        return shown_again(form, lambda: render_template("child/back/rating.html", form=form))
    taps = {name: form[name].data for name in QUESTIONS}
    with act() as opened:
        replies.rate(opened, taps, form.words.data)
    return thank(_l("Thank you. This helps us do better."))


def answer_page(form: PointsForm) -> str:
    """Return the page of the answer, which was opened before."""
    with context.reading() as db:
        answer = case_status.answer(db, guard.opened_case())
    return render_template("child/back/answer.html", answer=answer, form=form)


def thank_for_asking(asked: Asked, thanks: Any) -> ResponseReturnValue:
    """Say what the child asked for, that a person makes sure of it first, and by when."""
    tasks = (TASKS[asked], FollowUp.ASKED_AGAIN, FollowUp.TO_ASK_AGAIN)
    return thank(thanks, *tasks, asked=asked)


def thank(
    thanks: Any, *what: FollowUp, look: Look | None = None, asked: Asked | None = None
) -> ResponseReturnValue:
    """Say that it is there; of what is followed up now, who has it and by when."""
    with context.reading() as db:
        case_id = guard.opened_case()
        followed = case_status.still_waiting(db, case_id, what)
        waits = requests.of_case(db, case_id, today=context.today()) if asked else ()
    return render_template(
        "child/back/thanks.html",
        thanks=thanks,
        followed=followed,
        asked=[item for item in waits if item.what is asked],
        safety=look,
        receipt=receipts.shows_words(),
        today=context.today(),
    )
