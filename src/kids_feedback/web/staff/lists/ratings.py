"""What children say about how we did: totals for who answers for it, and what to do better."""

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.board.disclosure import LEAST_TOTAL
from kids_feedback.domain.people import Role
from kids_feedback.services.board import ratings
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.text import Text
from kids_feedback.web.staff.blueprint import staff

_QUESTIONS: Mapping[str, Text] = {  # as the child was asked
    "listened": _l("Did we listen to you?"),
    "kept_word": _l("Did we do what we said we would?"),
    "easy": _l("Was the answer easy to read?"),
    "better": _l("Was it fair?"),
}
_ANSWERS: Mapping[str, Text] = {"yes": _l("Yes"), "a_bit": _l("Partly"), "no": _l("No")}


@staff.get("/how-we-did")
@guard.only(Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE)
def how_we_did() -> ResponseReturnValue:
    """The ratings after the answer, as totals; customer service reads what to do better."""
    with context.reading() as db:
        found = ratings.how_we_did(db, today=context.today())
    return render_template(
        "staff/lists/ratings.html",
        found=found,
        least=LEAST_TOTAL,
        questions=_QUESTIONS,
        answers=_ANSWERS,
        may_read_words=guard.person().role is Role.CUSTOMER_SERVICE,
    )
