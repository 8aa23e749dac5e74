"""The way in for who cannot spell: pick the picture beside a word, then the word, five times.

What was picked is kept in the visit, sealed as all of it, until it opens something or another page
is opened, as whoever comes later may be somebody else. No address says any of it. It counts as
words that were typed.
"""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kids_feedback.domain.child.secret_words import GIVEN, KIND_OF, KINDS
from kids_feedback.web.child import receipts
from kids_feedback.web.child.back.case_status import let_in, too_many, tried
from kids_feedback.web.child.back.word_kinds import NAMES
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import guard, network
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.kit.sessions import visit
from kids_feedback.web.kit.translation import _
from kids_feedback.web.visit.values import PickedWords

_PICTURES = list(KINDS)
_HALF = len(_PICTURES) // 2  # on a page: all of them would weigh too much on a slow line


class PickedWordsForm(OurForm):
    """Only buttons: the words are in the visit."""


@child.get("/back/pictures")
@guard.anyone
def word_pictures() -> ResponseReturnValue:
    """Show the pictures, then the words of one of them, then all that was picked."""
    return _page(PickedWordsForm())


@child.post("/back/pictures")
@guard.anyone
def pick_word() -> ResponseReturnValue:
    """Keep what was pressed; after the last word, see whether they open something.

    Source: docs/procedure.md, paragraph 20b.
    """
    if "go" in request.form:
        return _go(PickedWordsForm())
    visit().picked_words = _after(_kept())
    return redirect(url_for("child.word_pictures"), code=303)


@child.after_request
def _forget_with_the_next_page(answer: Response) -> Response:
    if receipts.is_over(answer, "child.word_pictures") and visit().picked_words:
        visit().picked_words = None
    return answer


def _after(kept: PickedWords) -> PickedWords | None:
    """Return what is kept after a press. One that does not fit changes nothing."""
    kind, word = request.form.get("kind", ""), request.form.get("word", "")
    if "again" in request.form:
        return None
    if "back" in request.form:
        return _one_step_back(kept)
    if "more" in request.form:
        return replace(kept, kind="", more=True)
    if kind in KINDS:
        return replace(kept, kind=kind)
    if kept.kind and KIND_OF.get(word) == kept.kind and len(kept.words) < GIVEN.how_many:
        return PickedWords(words=(*kept.words, word))
    return kept


def _one_step_back(kept: PickedWords) -> PickedWords:
    """Return to the pictures, or from the first to the words among which the last was picked."""
    if kept.kind:
        return replace(kept, kind="")
    if kept.more or not kept.words:
        return replace(kept, more=False)
    return PickedWords(words=kept.words[:-1], kind=KIND_OF.get(kept.words[-1], ""))


def _go(form: OurForm) -> ResponseReturnValue:
    words = _kept().words
    if len(words) < GIVEN.how_many:
        return redirect(url_for("child.word_pictures"), code=303)
    found = tried(" ".join(words))
    if found.wait:
        form.form_errors.append(too_many())
        return _page(form), 429, network.retry_after(found.wait)
    if found.case_id is None:
        form.form_errors.append(
            _("These words do not match. Look at each one, then go back or start again.")
        )
        return shown_again(form, lambda: _page(form))
    return let_in(found.case_id)


def _kept() -> PickedWords:
    return visit().picked_words or PickedWords()


def _page(form: OurForm) -> str:
    kept = _kept()
    return render_template(
        "child/words/pick.html",
        form=form,
        kept=kept,
        pictures=_PICTURES[_HALF:] if kept.more else _PICTURES[:_HALF],
        words=KINDS.get(kept.kind, ()),
        names=NAMES,
        many=GIVEN.how_many,
    )
