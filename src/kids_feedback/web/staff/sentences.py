"""What each line of a case's history says: a code to a whole sentence."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.contact import Method
from kids_feedback.domain.court import CaseOngoing
from kids_feedback.domain.procedure import Step
from kids_feedback.services.cases import Mark
from kids_feedback.services.delays import Promise
from kids_feedback.services.talks import Result
from kids_feedback.web.staff import labels
from kids_feedback.web.staff.facts import Facts
from kids_feedback.web.staff.wording import _

_PROMISES: Mapping[str, Any] = {
    "routed_by": _l("the area is found by %(day)s, not %(before)s"),
    "read_by": _l("it is read by %(day)s, not %(before)s"),
    "contact_by": _l("the child is contacted by %(day)s, not %(before)s"),
    "talk_by": _l("a talk is offered by %(day)s, not %(before)s"),
    "answer_by": _l("the answer is due by %(day)s, not %(before)s"),
    "pass_on_by": _l("it is passed on by %(day)s, not %(before)s"),
}


def _route(facts: Facts) -> str:
    place = facts.name("area")
    return _("Sent to %(area)s.", area=place) if place else _("Sent to another area.")


def _acknowledge(facts: Facts) -> str:
    if "emailed" in facts:
        return _("Read. An email told the child that there is a message.")
    return _("Read. The child sees it with the secret words.")


def _give(facts: Facts) -> str:
    return _("Given to %(name)s.", name=facts.name("manager", _("a local manager")))


def _log_try(facts: Facts) -> str:
    tried = {"way": labels.way(facts["way"]), "result": labels.of(Result(facts["result"]))}
    if "next_try_on" in facts:
        return _(
            "Tried to reach the child. %(way)s: %(result)s. Next try on %(day)s.",
            day=facts.day("next_try_on"),
            **tried,
        )
    return _("Tried to reach the child. %(way)s: %(result)s.", **tried)


def _log_talk(facts: Facts) -> str:
    talk = {"day": facts.day("talk_on"), "way": labels.way(facts["way"])}
    if "still_wants" not in facts:
        return _(
            "Talked on %(day)s. %(way)s. The child does not want it looked into: it is now a note.",
            **talk,
        )
    return " ".join([_("Talked on %(day)s. %(way)s.", **talk), *_answer_clock(facts)])


def _talk_corrected(facts: Facts) -> str:
    moved = _(
        "The talk was on %(day)s, not on %(before)s.",
        day=facts.day("talk_on"),
        before=facts.day("from"),
    )
    return " ".join([moved, *_answer_clock(facts)])


def _answer_clock(facts: Facts) -> Iterator[str]:
    if "answer_by_before" in facts:
        yield _(
            "The answer is now due by %(day)s, not by %(before)s.",
            day=facts.day("answer_by"),
            before=facts.day("answer_by_before"),
        )
    elif "answer_by" in facts:
        yield _("The answer clock started: due by %(day)s.", day=facts.day("answer_by"))


def _deliver(facts: Facts) -> str:
    how = labels.of(Method(facts["how"]))
    if "emailed" in facts:
        return _("Gave the child the answer: %(how)s. An email said that it is there.", how=how)
    return _("Gave the child the answer: %(how)s.", how=how)


def _pass_on(facts: Facts) -> str:
    if "told" in facts:
        return _("Passed on to the person it is about, and closed.")
    return _("Noted and closed. The person it is about was not told.")


def _name_worker(facts: Facts) -> str:
    names = facts.all_names("people")
    if not names:
        return _("It is about nobody in particular.")
    if "line_manager_may" in facts:
        return _(
            "It is about %(names)s. Decided that a line manager may have it (%(whose)s).",
            names=names,
            whose=facts.all_names("line_manager_may"),
        )
    return _("It is about %(names)s. They and their line managers can't see it.", names=names)


def _say_ended(facts: Facts) -> str:
    if "ended_on" not in facts:
        return _("Our work with the child goes on.")
    if "late" in facts:
        return _(
            "Our work with the child ended on %(day)s. It came late, and goes on like any other.",
            day=facts.day("ended_on"),
        )
    return _("Our work with the child ended on %(day)s.", day=facts.day("ended_on"))


def _taken_back(facts: Facts) -> str:
    if facts["from"] == "area":
        return _("Nobody in the area may have it, so it went back to customer service.")
    return _("The local manager may not have it any more, so it waits to be given again.")


def _court_ongoing(facts: Facts) -> str:
    return {
        CaseOngoing.YES.value: _("A case goes on in court."),
        CaseOngoing.NO.value: _("No case goes on in court."),
        CaseOngoing.UNKNOWN.value: _("It is not known whether a case goes on in court."),
    }[facts["ongoing"]]


def _court_hearing(facts: Facts) -> str:
    if "hearing_on" not in facts:
        return _("No hearing is listed.")
    day = facts.day("hearing_on")
    if "moved_from" in facts:
        return _(
            "The hearing is on %(day)s, not on %(before)s.", day=day, before=facts.day("moved_from")
        )
    return _("The next hearing is on %(day)s.", day=day)


def _court_told(facts: Facts) -> str:
    parts = []
    if "complaint_on" in facts:
        parts.append(
            _("The court was told of the complaint on %(day)s.", day=facts.day("complaint_on"))
        )
    if "doing_on" in facts:
        parts.append(
            _(
                "The court was told what we are doing about it on %(day)s.",
                day=facts.day("doing_on"),
            )
        )
    return " ".join(parts)


def _meeting_picked(facts: Facts) -> str:
    if "starts_at" in facts:
        return _("The child picked a time to meet: %(when)s.", when=facts.moment("starts_at"))
    return _("The child picked a time to meet.")


def _meeting_suggested(facts: Facts) -> str:
    if "starts_at" in facts:
        return _("The child would rather meet on %(when)s.", when=facts.moment("starts_at"))
    return _("The child would rather meet at another time or place.")


def _meeting_cancelled(facts: Facts) -> str:
    if "starts_at" in facts:
        return _("Cancelled the meeting on %(when)s.", when=facts.moment("starts_at"))
    return _("Took back the times that were offered.")


def _redated(facts: Facts) -> str:
    moved = [
        said % {"day": facts.day(name), "before": facts.day(f"{name}_before")}
        for name, said in _PROMISES.items()
        if name in facts
    ]
    return _(
        "%(day)s was made a day on which nobody works, so %(moved)s.",
        day=facts.day("closed_day"),
        moved="; ".join(str(each) for each in moved),
    )


def _contact_changed(facts: Facts) -> str:
    said = [_("The child changed how we get in touch: %(method)s.", method=_way_in(facts))]
    if "contact_by" in facts:
        said.append(_("Get in touch by %(day)s.", day=facts.day("contact_by")))
    return " ".join(said)


def _way_in(facts: Facts) -> str:
    return labels.of(Method(facts["method"]))


def _delayed(facts: Facts) -> str:
    return _(
        "Told the child that it is late (%(what)s): now by %(day)s, not by %(before)s.",
        what=labels.of(Promise(facts["promise"])),
        day=facts.day("new_on"),
        before=facts.day("old_on"),
    )


def _points(facts: Facts) -> str:
    if "not_quite" in facts:
        return _("The child said of the answer: not quite right. Please look at it with them.")
    return _("The child said that the answer understood them.")


def _not_happy(facts: Facts) -> str:
    if facts["asks_for"] == "advocate":
        return _("The child is not happy with the answer, and wants help to find an advocate.")
    return _("The child is not happy with the answer, and wants to talk to the Head of Practice.")


def _plain(text: Any) -> Callable[[Facts], str]:
    return lambda facts: str(text)


SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    Step.ROUTE.value: _route,
    Step.ACKNOWLEDGE.value: _acknowledge,
    Step.GIVE.value: _give,
    Step.OFFER.value: _plain(_l("Offered times to meet.")),
    Step.LOG_TRY.value: _log_try,
    Step.LOG_TALK.value: _log_talk,
    Step.WRITE.value: _plain(_l("Saved the answer.")),
    Step.SUBMIT.value: _plain(_l("Sent the answer to be checked.")),
    Step.APPROVE.value: _plain(_l("Checked the answer: it can go out.")),
    Step.SEND_BACK.value: _plain(_l("Sent the answer back to be written better.")),
    Step.DELIVER.value: _deliver,
    Step.PASS_ON.value: _pass_on,
    Step.NAME_WORKER.value: _name_worker,
    Step.SAY_ENDED.value: _say_ended,
    Step.CLOSE.value: _plain(_l("Closed.")),
    Mark.NEW_WORDS.value: _plain(_l("Gave the child new secret words.")),
    Mark.NUDGED.value: _plain(_l("The child asked why it takes so long.")),
    Mark.CONTACT_CHANGED.value: _contact_changed,
    Mark.SUPPORTER_CHANGED.value: _plain(_l("The child changed who comes along.")),
    Mark.STOPPED.value: _plain(_l("The child asked us to stop.")),
    Mark.POINTS.value: _points,
    Mark.NOT_HAPPY.value: _not_happy,
    Mark.RATED.value: _plain(_l("The child said how we did. That is not kept with the case.")),
    Mark.ADDED.value: _plain(_l("The child sent more.")),
    Mark.ANSWER_READ.value: _plain(_l("The child opened the answer.")),
    Mark.OPENED_WORDS.value: _plain(_l("Opened what the child said.")),
    Mark.OPENED_CONTACT.value: _plain(_l("Opened how to reach the child.")),
    Mark.HANDOVER.value: _plain(_l("Started the safeguarding handover.")),
    Mark.TALK_CORRECTED.value: _talk_corrected,
    "meeting_picked": _meeting_picked,
    "meeting_suggested": _meeting_suggested,
    "meeting_declined": _plain(_l("The child does not want to meet.")),
    "meeting_agreed": lambda facts: _(
        "Agreed to meet on %(when)s.", when=facts.moment("starts_at")
    ),
    "meeting_cancelled": _meeting_cancelled,
    Mark.TAKEN_BACK.value: _taken_back,
    Mark.COURT_ONGOING.value: _court_ongoing,
    Mark.COURT_HEARING.value: _court_hearing,
    Mark.COURT_TOLD.value: _court_told,
    Mark.COURT_CHILD_TOLD.value: _plain(_l("Told the child that the court will know.")),
    Mark.REDATED.value: _redated,
    Mark.DELAYED.value: _delayed,
}
