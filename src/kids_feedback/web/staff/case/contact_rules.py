"""The rules for contacting a child safely, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.services.reading.contact_rules import SafeContact
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.questions.catalogue import answered
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.steps.contacting.request_sentences import asked_for

_FIRST: Mapping[Method, Text] = {
    Method.PHONE: _l("Ring the child. If somebody else answers, keep to the rules below."),
    Method.LETTER: _l("Write a letter, in a plain envelope."),
    Method.EMAIL: _l("Write an email. It says only that there is a message, unless below."),
    Method.HERE: _l("Nothing goes out: the child looks here with the secret words."),
    Method.NONE: _l("The child wants no contact. Don't ring, write or visit."),
}
_ASKED: Mapping[str, Text] = {  # for a manager; the child was asked in other words
    "method": _l("Method of contact"),
    "meet_tell": _l("How to arrange a meeting"),
    "phone": _l("Phone number"),
    "phone_whose": _l("Whose phone it is"),
    "phone_when": _l("When it is safe to ring"),
    "phone_time": _l("At what time"),
    "phone_else": _l("If somebody else answers"),
    "phone_message": _l("May we leave a message or text?"),
    "letter_where": _l("Where it goes"),
    "letter_address": _l("Address"),
    "letter_opener": _l("Might somebody else open it?"),
    "email": _l("Email address"),
    "email_shared": _l("Can somebody else read it?"),
    "email_says": _l("What an email may say"),
}
_CONTACT = frozenset({"contact"})


@dataclass(frozen=True, kw_only=True)
class ContactRules:
    """The rules that come before any number, each in the child's own choice of words."""

    first: str
    rules: tuple[tuple[str, str], ...]
    not_used: bool  # the way that the child told us first
    asked: tuple[str, ...]  # what was asked for behind the secret words, when and how


def rules_in_words(safe: SafeContact) -> ContactRules:
    """Return what to know before reaching for a phone."""
    first = [str(_FIRST[safe.tell_by])]
    if safe.method is None:
        first = [_("The child did not say how to contact them. Nothing goes out.")]
    if safe.method is Method.MEET:
        channel = labels.of(safe.tell_by)
        first.insert(0, _("The child wants to meet. Arrange it by: %(channel)s.", channel=channel))
    return ContactRules(
        first=" ".join(first),
        rules=tuple(pairs(safe.rules)),
        not_used=safe.not_used,
        asked=tuple(asked_for(item.what, item.on, item.again_on) for item in safe.asked),
    )


def pairs(answers: Answers) -> list[tuple[str, str]]:
    """Return what the child answered about contact: what it is, and the answer."""
    return [
        (str(_ASKED.get(field.name) or screen.title), ", ".join(texts))
        for screen, field, texts in answered(Door.WRONG, answers, _CONTACT)
    ]
