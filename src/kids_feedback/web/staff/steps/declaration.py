"""What a step is to staff: what it is called, where it is done, what it asks and leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.web.kit.text import Text
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import PlainForm, StepForm

Sentence = Callable[[EventFacts], str]
SMALL_STEP = "staff.step"  # the page of whatever has no page of its own
SAVE, SAVED = _l("Save"), _l("Saved.")


def nothing_to_fill(opened: Opened, form: Any) -> None:
    """Most forms ask nothing that depends on the case."""


def plain(text: Text) -> Sentence:
    """Return a sentence of the history that is always the same."""
    return lambda _facts: str(text)


@dataclass(frozen=True, kw_only=True)
class StepDeclaration:
    """One step. Adding one is one of these, its rows in the route, and what the service does."""

    step: Step
    sentence: Sentence  # of the history
    label: Text = ""  # what it is called where it waits to be done; empty: nothing links to it
    quiet_label: Text = ""  # … and where it is not the next one, if that is something else
    endpoint: str = SMALL_STEP  # the page on which it is done
    slug: str = ""  # of that page's address; neutral words
    form: type[StepForm] = PlainForm
    act: Callable[..., Saved] | None = None  # takes the act, and what the form says
    title: Text = ""
    lead: Text = ""
    shows_rules: bool = False  # the child's own rules of contact stand above the form
    button: Text = SAVE
    done: Text = SAVED  # what is said afterwards
    template: str = "staff/step_pages/step.html"
    fill: Callable[[Opened, Any], None] = nothing_to_fill
    leads_on: Callable[[Any], Step | None] = lambda _form: None  # to a step that is taken at once

    def place(self, case_id: str) -> str:
        """Return the address of the page on which it is done."""
        if self.endpoint != SMALL_STEP:
            return url_for(self.endpoint, case_id=case_id)
        return self.address(case_id)

    def address(self, case_id: str) -> str:
        """Return the address that its form goes to."""
        return url_for(SMALL_STEP, case_id=case_id, slug=self.slug)

    def take(self, act: Act, form: StepForm) -> Saved:
        """Do it."""
        if self.act is None:
            raise ValueError(f"nobody presses {self.step}")
        return self.act(act, **form.arguments())
