"""What was asked for behind the secret words, and how staff make sure of it (ruling R28)."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.requests import Asked, ThirdWay, WayFound
from kids_feedback.services.case.asked import requests
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.contact import request_decisions
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.errors import SelfApproval
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.forms import (
    StepForm,
    WithPromises,
    choices_of,
    day_field,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.contacting import request_sentences as said
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain

_OPTIONAL = _l("You can leave this empty.")


class RequestForm(WithPromises):
    """What the child said when they were asked."""

    refused_at = ("spoke_on", "way")
    needed = {
        "way": _l("Choose how you spoke with the child"),
        "spoke_on": _l("Enter the date on which you spoke with the child"),
        "note": _l("Write why it stays as it is, where nobody has spoken with the child"),
    }
    which = RadioField(
        _l("What was asked for?"),
        choices=[],
        validators=[InputRequired(_l("Choose what was asked for"))],
    )
    said = single_choice(
        _l("Is it so?"),
        {
            "yes": _l("Yes: the child asked for this"),
            "no": _l("No: the child did not ask for this, and all stays as it is"),
        },
        must=_l("Choose whether it is so"),
    )
    way = RadioField(_l("How did you speak with the child?"), choices=[], validate_choice=False)
    spoke_on = day_field(_l("On which date did you speak with the child?"))
    note = long_text(_l("Notes"), hint=_OPTIONAL)

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        way = said.get("way")
        return {
            "promises": said["promises"],
            "request_id": said["which"],
            "agreed": said["said"] == "yes",
            "way": Channel(str(way)) if way in set(Channel) else None,
            "spoke_on": said.get("spoke_on"),
            "note": said["note"],
        }


class ProposeWayForm(StepForm):
    """What another person is to decide."""

    refused_at = ("spoke_on",)
    found = single_choice(
        _l("How may we reach the child from now on?"),
        labels.WAYS_FOUND,
        must=_l("Choose how we may reach the child"),
    )
    by = single_choice(
        _l("How did you speak with the child?"),
        labels.THIRD_WAYS,
        must=_l("Choose how you spoke with the child"),
    )
    spoke_on = day_field(
        _l("On which date did you speak with the child?"),
        must=_l("Enter the date on which you spoke with the child"),
    )
    note = long_text(
        _l("Who helped, and what did the child say?"),
        must=_l("Write who helped and what the child said"),
    )

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        return {**said, "found": WayFound(self.found.data), "by": ThirdWay(self.by.data)}


class ConfirmWayForm(WithPromises):
    """What the other person decides."""

    refused_at = ("said",)
    refusals = {
        SelfApproval: _l("You proposed this. Another person has to decide: this takes two people.")
    }
    needed = {"note": _l("Write why not")}
    said = single_choice(
        _l("May we reach the child so from now on?"),
        {"yes": _l("Yes"), "no": _l("No: keep looking for a safe way")},
        must=_l("Choose yes or no"),
    )
    note = long_text(_l("If not, why?"), hint=_OPTIONAL)

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        return {
            "promises": said["promises"],
            "agreed": said["said"] == "yes",
            "note": said["note"],
        }


def _fill_request(opened: Opened, form: RequestForm) -> None:
    """Offer what waits for this person, and the ways by which the child can be asked."""
    theirs = request_decisions.may_decide(opened)
    mine = requests.entries(opened.session, opened.row) if theirs else ()
    form.which.choices = choices_of((item.id, _named(item)) for item in mine)
    if len(mine) == 1:
        form.which.data = form.which.data or mine[0].id
    if not requests.has_first_way(opened.row):
        del form.way, form.spoke_on
        form.said.description = _(
            "Nothing but the secret words leads to the child. So it is asked for on two days, and "
            "then the Head of Practice decides."
        )
        return
    ways = request_decisions.first_ways(opened)
    form.way.choices = choices_of((way, text) for way, text in labels.WAYS.items() if way in ways)


def _named(item: requests.RequestEntry) -> str:
    return said.asked_for(item.what, item.asked_on, item.asked_again_on)


def _fill_proposal(opened: Opened, form: ProposeWayForm) -> None:
    """Offer the way that is asked for only where one is, and the first one where there was one."""
    asks = any(item.what is Asked.WAY for item in requests.waiting(opened.session, opened.row))
    may = {
        WayFound.ASKED: asks,
        WayFound.FIRST: opened.row.way_not_used is not None or requests.has_first_way(opened.row),
        WayFound.HERE: True,
    }
    form.found.choices = choices_of(
        (found, text) for found, text in labels.WAYS_FOUND.items() if may[found]
    )


DECLARED = (
    StepDeclaration(step=Step.ASK_FOR_WAY, sentence=said.requested(Asked.WAY)),
    StepDeclaration(step=Step.ASK_FOR_SUPPORTER, sentence=said.requested(Asked.SUPPORTER)),
    StepDeclaration(step=Step.ASK_TO_STOP, sentence=said.requested(Asked.STOP)),
    StepDeclaration(step=Step.ASK_AGAIN, sentence=said.again),
    StepDeclaration(step=Step.TAKE_REQUEST_BACK, sentence=said.taken_back),
    StepDeclaration(
        step=Step.SAY_NOT_SAFE,
        sentence=plain(
            _l("The child ticked that the way to reach them is not safe: nobody uses it now.")
        ),
    ),
    # What was asked for is done once the answer of the page of ``DECIDE_REQUEST`` is yes.
    StepDeclaration(
        step=Step.CHANGE_CONTACT, sentence=said.contact_changed, endpoint="staff.contact"
    ),
    StepDeclaration(
        step=Step.CHANGE_SUPPORTER, sentence=said.supporter_changed, endpoint="staff.contact"
    ),
    StepDeclaration(
        step=Step.DECIDE_REQUEST,
        sentence=said.as_decided,
        label=_l("Ask the child about what was asked for"),
        slug="request",
        form=RequestForm,
        act=request_decisions.decide,
        title=_l("What was asked for behind the secret words"),
        lead=_l(
            "Whoever has the secret words asked for this, and it may not be the child. Speak with "
            "the child by the way that was safe first, and ask them. Until then that way, the "
            "clocks and the court notice go on. If the child did not ask for it, somebody else has "
            "the secret words: give the child new ones."
        ),
        shows_rules=True,
        fill=_fill_request,
    ),
    StepDeclaration(
        step=Step.PROPOSE_WAY,
        sentence=said.proposed,
        label=_l("Find another way to the child"),
        slug="another-way",
        form=ProposeWayForm,
        act=request_decisions.propose_way,
        title=_l("Find another way to the child"),
        lead=_l(
            "Where the first way is not safe, or does not reach the child any more: speak with the "
            "child through their worker, at school or in person, and never by the old way. Another "
            "person decides about what you propose. Until then nobody uses the old way."
        ),
        fill=_fill_proposal,
    ),
    StepDeclaration(
        step=Step.CONFIRM_WAY,
        sentence=said.confirmed,
        label=_l("Decide about the other way to the child"),
        slug="confirm-way",
        form=ConfirmWayForm,
        act=request_decisions.confirm_way,
        title=_l("Decide about the other way to the child"),
        lead=_l(
            "What was proposed, by whom and how the child was spoken with is in the history. The "
            "contact page shows the old way and the one that is asked for."
        ),
    ),
)
