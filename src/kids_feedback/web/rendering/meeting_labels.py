"""When and where people meet, in words and not in codes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import flask_babel
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.meetings import PartOfDay, UsualPlace
from kids_feedback.services.child.meeting_replies import Slot
from kids_feedback.web.kit import context, pairs
from kids_feedback.web.kit.preferences import say
from kids_feedback.web.rendering import filters

_PICTURES: Mapping[str, Any] = {
    UsualPlace.SCHOOL: _l("At my school"),
    UsualPlace.PHONE: _l("On the phone"),
    UsualPlace.VIDEO: _l("On a video call"),
}
_WORDS: Mapping[str, Any] = {
    UsualPlace.SCHOOL: _l("My school or college"),
    UsualPlace.PHONE: _l("By phone"),
    UsualPlace.VIDEO: _l("By video"),
}


def when(slot: Slot) -> str:
    """Return "Thursday 4 December, 4 o'clock, after school"."""
    facts = {"day": filters.day(slot.at), "time": time_of_day(slot.at)}
    if slot.part is PartOfDay.AFTER_SCHOOL:
        return _("%(day)s, %(time)s, after school", **facts)
    if slot.part is PartOfDay.BEFORE_SCHOOL:
        return _("%(day)s, %(time)s, before school", **facts)
    return _("%(day)s, %(time)s", **facts)


def day_and_hour(slot: Slot) -> tuple[str, str]:
    """Return the day with its comma, and the rest; all in the first where the day is not first."""
    said = filters.day(slot.at)
    days = (pairs.first_of(said), pairs.second_of(said))

    def after_day(text: str) -> int:
        return next((len(day) + 1 for day in days if text.startswith((f"{day}, ", f"{day}، "))), 0)

    return pairs.cut(when(slot), after_day)


def time_of_day(at: datetime) -> str:
    """Return "half past 4". Nobody meets at night, so it needs no morning or afternoon."""
    local = at.astimezone(context.settings().timezone)
    hour = local.hour % 12 or 12
    if local.minute == 0:
        return _("%(hour)s o'clock", hour=hour)
    if local.minute == 30:
        return _("half past %(hour)s", hour=hour)
    return f"{hour}:{local.minute:02}"


def half_of_day(slot: Slot) -> str:
    """Return "morning" or "afternoon", which is also the name of its picture."""
    local = slot.at.astimezone(context.settings().timezone)
    return "morning" if local.hour < 12 else "afternoon"


def where(place: str) -> str:
    """Return a place: a manager's words as they are, and what may always be picked translated."""
    if place not in _WORDS:
        return place
    return say(str(_PICTURES[place]), str(_WORDS[place]))


def how_long(minutes: int) -> str:
    """Return "45 minutes"."""
    return str(flask_babel.ngettext("%(num)d minute", "%(num)d minutes", minutes))


def _(text: str, **facts: Any) -> str:
    return str(flask_babel.gettext(text, **facts))
