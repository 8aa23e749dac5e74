"""What each step asks of staff."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from kids_feedback.web.staff import labels
from kids_feedback.web.staff.forms import SeenForm, a_day, one_of, words

_WAY = _l("Pick how you did it")


class PlainForm(SeenForm):
    """Nothing but the button."""


class RouteForm(SeenForm):
    """Where it goes."""

    place = SelectField(
        _l("Area or office"),
        description=_l("Pick the office if you know it, else the area."),
        validators=[InputRequired(_l("Pick where this goes"))],
    )


class GiveForm(SeenForm):
    """Who gets it."""

    manager = one_of(
        _l("Local manager"),
        {},
        must=_l("Pick who gets this"),
        hint=_l("Only those who may have this one are listed."),
    )


class TryForm(SeenForm):
    """A try that was not yet the talk."""

    way = one_of(_l("How did you try?"), labels.WAYS, must=_WAY)
    result = one_of(
        _l("What came of it?"),
        labels.RESULTS,
        must=_l("Pick what came of it"),
    )
    next_try_on = a_day(_l("When will you try next?"), hint=_l("You can leave this empty."))
    note = words(_l("Anything to remember"), hint=_l("You can leave this empty."))


class TalkForm(SeenForm):
    """The talk that starts the clock."""

    talk_on = a_day(_l("On which day did you talk?"), must=_l("Write the day of the talk"))
    way = one_of(_l("How did you talk?"), labels.WAYS, must=_WAY)
    present = words(_l("Who was there?"), must=_l("Write who was there"), limit=500)
    wants = words(
        _l("What does the child want, in their words?"), must=_l("Write what the child wants")
    )
    read_back = BooleanField(_l("I read this back to the child, and they said that it is right"))
    still_wants = one_of(
        _l("Does the child still want us to look into it?"),
        {
            "yes": _l("Yes: look into it, and write to them"),
            "no": _l("No: just know about it. No answer is written"),
        },
        must=_l("Pick what the child said"),
    )


class CorrectForm(SeenForm):
    """A talk on another day than was kept."""

    talk_on = a_day(_l("On which day was the talk?"), must=_l("Write the day of the talk"))
    reason = words(
        _l("Why was another day kept?"), must=_l("Write the reason: it stays in the history")
    )


class DeliverForm(SeenForm):
    """How the child gets the answer."""

    how = one_of(
        _l("How do you give it?"),
        {},
        must=_l("Pick how you give it"),
        hint=_l("Only the ways that the child called safe are listed."),
    )


class PassOnForm(SeenForm):
    """What becomes of praise."""

    told = one_of(
        _l("Have you told the person it is about?"),
        {"yes": _l("Yes, I have told them"), "no": _l("No, I have only noted it")},
        must=_l("Pick one of the two"),
    )
    note = words(_l("Anything to remember"), hint=_l("You can leave this empty."))


class EndedForm(SeenForm):
    """When the work ended; of a late complaint, what was special."""

    ended_on = a_day(
        _l("On which day did our work with the child end?"),
        hint=_l("Leave this empty while it goes on. The end of our work counts, not of the case."),
    )
    circumstances = words(
        _l("Were there exceptional circumstances?"),
        hint=_l("Needed if that was more than six months before the child told us."),
    )


class CloseForm(SeenForm):
    """The end."""

    note = words(_l("Anything to remember"), hint=_l("You can leave this empty."))
