"""How staff take a step with a browser: where its form stands, and what is filled in.

Where nothing is said of a step, its form is found on its own page, and each of its boxes is filled:
so that a new step or a new box is tried without a word here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bs4 import Tag
from flask import Flask

from kids_feedback.domain.case.procedure import Step
from kids_feedback.web.staff.steps.registry import STEPS
from tests.web.page import Value, Visitor, follow, get, submit

Filled = dict[str, Value]
_BOXES = "textarea[name], input[type=text][name], input:not([type])[name]"
WORDS = "Wagtail told us of {}"


@dataclass(frozen=True)
class ByHand:
    """What is not as with most steps."""

    to: str = ""  # where its form goes, behind the address of the case; empty: see the declaration
    page: str = ""  # where its form stands, if that is somewhere else
    filled: Filled = field(default_factory=dict)  # instead of what is found on the form
    whole: bool = False  # ``filled`` is all
    opens: bool = False  # its form stands below what a press on that page opens


NO_TRY: Filled = {"result": "none", "next_attempt_on": "+3"}
AGREED = ByHand("/step/request", "/step/request", {"said": "yes", "spoke_on": "+0"})
SPECIAL: dict[Step, ByHand] = {
    Step.ROUTE: ByHand(filled={"place": "east/eastham", "reason": ""}),
    Step.ALLOCATE: ByHand(filled={"reason": ""}),
    Step.NAME_WORKER: ByHand("/who", "/who", {"none": "y", "people": [], "may": [], "name": ""}),
    Step.OPEN_STATEMENT: ByHand("/words", "/words"),
    Step.ACKNOWLEDGE: ByHand("/step/read", "/words", opens=True),
    Step.CHECK_IDENTITY: ByHand(filled={"result": "not_found"}),
    Step.OPEN_CONTACT: ByHand("/contact", "/contact", {"read": "y"}),
    Step.RING_ANYWAY: ByHand("/contact/now", "/contact", {"reason": "He asked."}, whole=True),
    Step.SAFEGUARDING: ByHand("/safety", "/safety"),
    Step.DECIDE_SAFETY: ByHand("/safety/decision", "/safety", {"reason": ""}),
    Step.LOG_ATTEMPT: ByHand(
        filled={"way": "letter", "result": "sent", "next_attempt_on": "+1", "child_agreed": []}
    ),
    Step.CORRECT_ATTEMPT: ByHand(filled=NO_TRY),
    Step.WRITE_TO_CHILD: ByHand("/message", "/message", {"go": "send"}),
    Step.REPLACE_WORDS: ByHand("/new-words", "/new-words"),
    Step.SAY_ENDED: ByHand(filled={"ended_on": "+0"}),
    Step.SEND_DELAY_NOTICE: ByHand(
        "/late", "/late", {"promise": "talk", "new_on": "+21", "go": "tell"}
    ),
    Step.OFFER: ByHand(
        "/meeting",
        "/meeting",
        {
            "time_1": "+1 16:00",
            "time_2": "+2 16:00",
            "time_3": "+3 16:00",
            "time_4": "",
            "time_5": "",
            "not_on_case": "y",
            "go": "offer",
        },
    ),
    Step.CANCEL_MEETING: ByHand("/meeting/cancel", "/meeting"),
    Step.AGREE_MEETING: ByHand("/meeting/agree", "/meeting", {"start": "+1 16:00"}),
    Step.SAY_MET: ByHand(filled={"outcome": "came", "next_attempt_on": ""}),
    Step.LOG_TALK: ByHand(filled={"talk_on": "+0", "way": "meet", "still_wants": "yes"}),
    Step.CORRECT_TALK: ByHand("/talk/{talk}", "/talk/{talk}", {"talk_on": "+0", "present": "Jo"}),
    Step.STRIKE_TALK: ByHand("/talk/{talk}/strike", "/talk/{talk}"),
    Step.WRITE: ByHand("/answer", "/answer", {"go": "save", "none_because": ""}),
    Step.SUBMIT: ByHand("/answer", "/answer", {"go": "check"}),
    Step.APPROVE: ByHand("/answer/preview", "/answer/preview", {"go": "approve", "note": ""}),
    Step.SEND_BACK: ByHand("/answer/preview", "/answer/preview", {"go": "back"}),
    Step.DELIVER: ByHand(filled={"on": "+0"}),
    Step.COURT_ONGOING: ByHand("/court/ongoing", "/court", {"ongoing": "yes"}),
    Step.COURT_HEARING: ByHand(
        "/court/hearing", "/court", {"hearing_on": "+30", "hearing_at": "10:00"}
    ),
    Step.COURT_TOLD: ByHand("/court/told", "/court", {"complaint_on": "+0", "doing_on": "+0"}),
    Step.COURT_CHILD_TOLD: ByHand("/court/child", "/court"),
    Step.CHANGE_HEARING: ByHand(
        "/court/change", "/court", {"state": "mistyped", "moved_to": "", "moved_to_at": ""}
    ),
    Step.CHANGE_ANSWER: ByHand(filled={"outcome": "Another outcome."}),
    Step.OPEN_FOLLOW_UP: ByHand("/news", ""),
    Step.FOLLOW_UP: ByHand(filled={"outcome": "nothing_new"}),
    Step.STOP: AGREED,
    Step.CHANGE_CONTACT: AGREED,
    Step.CHANGE_SUPPORTER: AGREED,
    Step.DECIDE_REQUEST: ByHand(filled={"said": "no", "spoke_on": "+0"}),
    Step.PROPOSE_WAY: ByHand(filled={"found": "here", "spoke_on": "+0"}),
    Step.CONFIRM_WAY: ByHand(filled={"said": "no"}),
    Step.PROPOSE_ENDING: ByHand(filled={"ending": "not_ours", "same_as": ""}),
    Step.END_OTHERWISE: ByHand(filled={"ending": "not_ours", "same_as": ""}),
    Step.OPEN_FROM_OUTSIDE: ByHand("/why", "/why"),
}
AGAIN: dict[Step, Filled] = {  # … the second time
    Step.CHECK_IDENTITY: {"result": "found"},
    Step.CONFIRM_WAY: {"said": "yes"},
    Step.COURT_ONGOING: {"ongoing": "no"},
}


@dataclass(frozen=True)
class Form:
    """A form that is ready to be sent."""

    to: str
    fields: Filled


def fill(
    app: Flask, desk: Visitor, case_id: str, step: Step, today: date, *, again: bool, talk: str
) -> Form:
    """Open the page of a step and fill in its form."""
    special, base = SPECIAL.get(step, ByHand()), f"/staff/case/{case_id}"
    with app.test_request_context():
        address = STEPS[step].address(case_id) if STEPS[step].slug else ""
    to = base + special.to.format(talk=talk) if special.to else address
    page = get(desk, base + special.page.format(talk=talk) if special.to else address)
    page = follow(desk, page) if page.location else page  # its form stands below another one
    assert page.status == 200, (step, page.path, page.status, page.text)
    if special.opens:
        page = submit(desk, page, to=page.path)
    forms = page.soup.select(f"form[method=post][action='{to}'], main form:not([action])")
    found = dict(_boxes(forms[0])) if forms and not special.whole else {}
    token = str(page.found("input[name=csrf_token]")["value"])
    filled = {name: _on(value, today) for name, value in special.filled.items()}
    other = AGAIN.get(step, {}) if again else {}
    return Form(to, {**found, "csrf_token": token, **filled, **other})


def _boxes(form: Tag) -> Iterator[tuple[str, Value]]:
    """Yield each control with what it holds; a box that is empty is filled, a choice made."""
    chosen: dict[str, list[str]] = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(box["name"]), str(box.get("type", box.name))
        if kind == "radio":
            chosen.setdefault(name, [])
            if box.has_attr("checked") or not chosen[name]:
                chosen[name] = [str(box["value"])]
        elif kind == "checkbox":
            chosen.setdefault(name, []).extend(
                [str(box["value"])] if box.has_attr("checked") else []
            )
        elif kind == "select":
            options = [str(option["value"]) for option in box.select("option")]
            picked = box.select_one("option[selected]")
            held = str(picked["value"]) if picked else ""
            yield name, held or next(filter(None, options), "")
        elif kind == "hidden":
            yield name, str(box.get("value", ""))
        elif kind != "submit":
            held = (
                box.get_text().removeprefix("\n")
                if kind == "textarea"
                else str(box.get("value", ""))
            )
            yield name, held or WORDS.format(name)
    yield from chosen.items()


def _on(value: Value, today: date) -> Value:
    """Return a value whose "+3 16:00" is that many days from now."""
    if not isinstance(value, str) or not value.startswith("+"):
        return value
    after, _, at = value[1:].partition(" ")
    day = (today + timedelta(days=int(after))).isoformat()
    return f"{day}T{at}" if at else day
