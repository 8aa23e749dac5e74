"""A draft in the shape in which it is sent."""

from kids_feedback.domain.case.submission import Answers, Door, PassOn, Submission, Wish
from kids_feedback.web.child.current_office import office_here
from kids_feedback.web.child.sending import drawing_draft
from kids_feedback.web.kit import languages, preferences
from kids_feedback.web.questions.catalogue import asked_on, way


def as_submission(taken: Door, given: Answers) -> Submission:
    """Return the draft in the shape that is sent.

    Only what lies on the way counts: a phone number typed before the child chose another way to
    be reached stays behind.
    """
    asked = asked_on(way(taken, given))
    given = {name: value for name, value in given.items() if name in asked}
    wish, pass_on = _wish(given), _text(given, "pass_on")

    def part(wanted: str) -> Answers:
        return {name: value for name, value in given.items() if asked[name].part == wanted}

    return Submission(
        door=taken,
        wish=Wish(wish) if wish else None,
        pass_on=PassOn(pass_on) if pass_on else None,
        topics=tuple(given.get("topics", ())),
        feelings=tuple(given.get("feelings", ())),
        reasons=(*given.get("reasons", ()), *given.get("not_safe", ())),
        age=_text(given, "age") or None,
        worker=_text(given, "worker"),
        town=_text(given, "town"),
        office=office_here(),
        method=_text(given, "method") or None,
        needs=tuple(given.get("needs", ())),
        share=given.get("share") == "yes",
        supporter=_text(given, "supporter") or None,
        language=languages.current().code,
        look=preferences.look(),
        name=_text(given, "name"),
        statement={**part("words"), **drawing_draft.answers()},
        contact=part("contact"),
        helper=part("helper"),
        drawing=drawing_draft.png(),
        paper=drawing_draft.current().paper,
    )


def _text(given: Answers, name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""


def _wish(given: Answers) -> str:
    """Return the wish; at the feelings door it is whether somebody is to talk to the child."""
    talk = _text(given, "talk")
    if "feelings" in given or "reasons" in given or talk:
        return Wish.ASK if talk in ("yes", "not_sure") else Wish.JUST_KNOW
    return _text(given, "wish")
