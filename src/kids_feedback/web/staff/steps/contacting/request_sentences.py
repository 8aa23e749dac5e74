"""What the history says of what was asked for behind the secret words."""

from collections.abc import Callable, Iterator
from datetime import date

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.requests import Asked, ThirdWay, WayFound
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.event_facts import EventFacts


def requested(what: Asked) -> Callable[[EventFacts], str]:
    """Return what is said of having asked for that."""
    return lambda _facts: _(
        "%(what)s, on the page behind the secret words. Nothing changes before a person has "
        "asked the child.",
        what=labels.of(what),
    )


def asked_for(what: Asked, on: date, again_on: date | None) -> str:
    """Return what was asked for, when and how: by whoever has the secret words."""
    said = {"what": labels.of(what), "day": short_year(on)}
    if again_on:
        return _(
            "%(what)s: asked for on %(day)s, and again on %(again)s, on the page behind the secret "
            "words.",
            again=short_year(again_on),
            **said,
        )
    return _("%(what)s: asked for on %(day)s on the page behind the secret words.", **said)


def _of_what(facts: EventFacts) -> str:
    return labels.of(Asked(facts["what"]))


def _talk(facts: EventFacts) -> Iterator[str]:
    """Yield how the child was asked."""
    if "way" in facts and "spoke_on" in facts:
        yield _(
            "The child was asked on %(day)s. %(way)s.",
            day=facts.day("spoke_on"),
            way=labels.way(facts["way"]),
        )


def decided(facts: EventFacts) -> Iterator[str]:
    """Yield what was decided about a request, and how."""
    said = {"what": _of_what(facts), "day": facts.day("asked_on")}
    if "agreed" in facts:
        yield _("%(what)s, as was asked for on %(day)s: yes, it is so.", **said)
    else:
        yield _("%(what)s, as was asked for on %(day)s: no, it stays as it is.", **said)
    yield from _talk(facts)


def as_decided(facts: EventFacts) -> str:
    return " ".join(decided(facts))


def again(facts: EventFacts) -> str:
    return _("Asked for again, on another day: %(what)s.", what=_of_what(facts))


def taken_back(facts: EventFacts) -> str:
    return _("Taken back on the page behind the secret words: %(what)s.", what=_of_what(facts))


def proposed(facts: EventFacts) -> str:
    return _(
        "Spoke with the child on %(day)s. %(by)s. Proposed: %(found)s.",
        day=facts.day("spoke_on"),
        by=labels.of(ThirdWay(facts["by"])),
        found=labels.of(WayFound(facts["found"])),
    )


def confirmed(facts: EventFacts) -> str:
    found = labels.of(WayFound(facts["found"]))
    if "agreed" in facts:
        return _("Agreed to what was proposed: %(found)s.", found=found)
    return _("Not agreed to what was proposed: %(found)s.", found=found)


def contact_changed(facts: EventFacts) -> str:
    method = labels.of(Method(facts["method"]))
    if "what" in facts:
        said = [*decided(facts), _("Contact from now on: %(method)s.", method=method)]
    else:  # at once: what was left out, and anything before requests were made sure of
        said = [_("The child changed their preferred contact method: %(method)s.", method=method)]
    if "contact_by" in facts:
        said.append(_("First contact is due by %(day)s.", day=facts.day("contact_by")))
    return " ".join(said)


def supporter_changed(facts: EventFacts) -> str:
    return as_decided(facts) if "what" in facts else _("The child changed their supporter.")
