"""Draw it, put it together from stickers, or draw it on paper."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from kids_feedback.domain.case.submission import Door
from kids_feedback.domain.child import drawing
from kids_feedback.domain.child.drawing import MOST_STICKERS, NotADrawing
from kids_feedback.domain.child.stickers import PLACES, STICKERS, USUALLY
from kids_feedback.services.child import slips
from kids_feedback.web.child import drafts, receipts
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.sending import drawing_draft, journey, submission
from kids_feedback.web.child.start import aside
from kids_feedback.web.kit import context, guard, refused
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.questions.catalogue import BY_NUMBER, OF_DOOR, asked_on
from kids_feedback.web.questions.drawing import DRAW
from kids_feedback.web.questions.forms import form_class
from kids_feedback.web.questions.model import QuestionPage
from kids_feedback.web.visit.values import Draft

_SPOTS = (
    ("0", _l("Top left")),
    ("1", _l("Top middle")),
    ("2", _l("Top right")),
    ("3", _l("Middle left")),
    ("4", _l("In the middle")),
    ("5", _l("Middle right")),
    ("6", _l("Bottom left")),
    ("7", _l("Bottom middle")),
    ("8", _l("Bottom right")),
)
INKS = (_l("Black"), _l("Red"), _l("Orange"), _l("Green"), _l("Blue"), _l("Purple"))
PENS = (_l("Thin"), _l("Middle"), _l("Thick"))


def _can_be_drawn(form: Form, field: HiddenField) -> None:
    try:
        drawing.strokes_of(field.data or "")
    except NotADrawing as error:
        field.data = ""
        raise ValidationError(
            _l("We could not keep your drawing. Please draw it again, or pick stickers.")
        ) from error


def _not_too_many(form: Form, field: Any) -> None:
    if len(field.data or ()) > MOST_STICKERS:
        raise ValidationError(_l("That is more than 6 stickers. Please take some away."))


def _where(kind: str) -> SelectField:
    known, usual = dict(_SPOTS), str(USUALLY[kind])
    return SelectField(
        choices=[SelectChoice(code, name) for code, name in _SPOTS],
        default=usual,
        validate_choice=False,
        filters=[lambda picked: picked if picked in known else usual],
    )


_Form: type[OurForm] = type(
    "DrawForm",
    (form_class(DRAW.id, DRAW.fields),),
    {
        "strokes": HiddenField(),
        "validate_strokes": staticmethod(_can_be_drawn),
        "validate_picture_stickers": staticmethod(_not_too_many),
        **{f"at_{kind}": _where(kind) for kind in STICKERS},
    },
)


@child.get("/draw", defaults={"change": False})
@child.get("/draw/change", defaults={"change": True})
@guard.anyone
def draw(*, change: bool) -> ResponseReturnValue:
    """Show the paper to draw on, beside the question that it answers."""
    if drafts.current() is None and refused.kept() is None:
        return submission.not_shown()
    kept = drawing_draft.current()
    spots = {f"at_{kind}": str(spot) for kind, spot in kept.spots.items()}
    form = _Form(data={**spots, **kept.answers, "strokes": kept.strokes})
    return _page(form, change=change)


@child.post("/draw", defaults={"change": False})
@child.post("/draw/change", defaults={"change": True})
@guard.anyone
@guard.keeps_words
def keep_drawing(*, change: bool) -> ResponseReturnValue:
    if receipts.is_of(drafts.named()):
        return receipts.show()
    form, go = _Form(), request.form.get("go")
    good = form.validate()
    if form.stale:
        return shown_again(form, lambda: _page(form, change=change))
    draft = drafts.current() or drafts.begin(_home_door())
    if not good and go in (None, "show"):
        drafts.press(draft)
        return shown_again(form, lambda: _page(form, change=change))
    _keep(draft, form)
    return _away(go, change=change) if go else journey.onwards(_home(), change=change)


@child.get("/draw/paper", defaults={"change": False})
@child.get("/draw/paper/change", defaults={"change": True})
@guard.anyone
def paper(*, change: bool) -> ResponseReturnValue:
    """The sheet to draw on, with the code that ties it to what is sent here."""
    draft = drafts.current()
    if draft is None or not draft.drawing.paper:
        return redirect(url_for("child.draw", change=change), code=303)
    with context.reading() as db:
        code = slips.code_for(db, draft.key, words_key=context.settings().words_key)
    return render_template(
        "child/sending/draw_paper.html", code=code, change=change, form=OurForm(), key=draft.id
    )


@child.post("/draw/paper", defaults={"change": False})
@child.post("/draw/paper/change", defaults={"change": True})
@guard.anyone
def leave_paper(*, change: bool) -> ResponseReturnValue:
    """Go on from the sheet, or back to drawing here."""
    draft = drafts.current()
    if draft is None:
        return submission.not_shown()
    drafts.press(draft)
    if request.form.get("go") == "draw":
        drawing_draft.on_paper(draft, wanted=False)
        return redirect(url_for("child.draw", change=change), code=303)
    return journey.onwards(_home(), change=change)


def _keep(draft: Draft, form: OurForm) -> None:
    """Keep all that can be kept: where a child only looks something up, mistakes may wait."""
    spots = {kind: int(form[f"at_{kind}"].data) for kind in STICKERS}
    said = {name: form[name].data for name in asked_on([DRAW])}
    drawing_draft.put(draft, form["strokes"].data or "", spots, said)


def _away(to: str, *, change: bool) -> ResponseReturnValue:
    if to == "show":
        return redirect(url_for("child.draw", change=change, _anchor="picture"), code=303)
    draft = drafts.current()
    if to == "paper" and draft:
        drawing_draft.on_paper(draft, wanted=True)
        return redirect(url_for("child.paper", change=change), code=303)
    if to == "back":
        home = url_for("child.question", number=_home().number, change=change)
        return redirect(home, code=303)
    return aside(to)


def _home() -> QuestionPage:
    """Return the question beside which this drawing stands, even where the draft is gone."""
    door, number = drafts.door(), refused.said("home")
    if door is None and number.isascii() and number.isdigit() and int(number) in BY_NUMBER:
        return BY_NUMBER[int(number)]
    return journey.with_drawing(door)


def _home_door() -> Door:
    return next(door for door, screens in OF_DOOR.items() if _home() in screens)


def _page(form: OurForm, *, change: bool) -> str:
    return render_template(
        "child/sending/draw.html",
        screen=DRAW,
        form=form,
        change=change,
        key=drafts.id_of_page(),
        home=_home().number,
        drawn=drawing_draft.shown_again(),
        shapes={**PLACES, **STICKERS},
        inks=INKS,
        pens=[*zip(drawing.PENS, PENS, strict=True)],
        limits=drawing,
    )
