"""Which language a page speaks, and how a reader finds their own."""

from dataclasses import dataclass

from flask import g, request
from flask_babel import get_locale

from kids_feedback.web.kit import context, preferences


@dataclass(frozen=True)
class Language:
    """A language by its own name."""

    code: str
    name: str
    dir: str = "ltr"
    draft: bool = False  # a machine wrote it and no person has checked it yet


_KNOWN = (
    Language("en", "English"),
    Language("cy", "Cymraeg"),
    Language("ar", "العربية", "rtl"),
    Language("eo", "[Pseudo]"),  # made by tests: every string longer and in brackets
    Language("he", "[Pseudo RTL]", "rtl"),
)


def offered() -> tuple[Language, ...]:
    """Return the languages of this site, each marked if only a machine has written it."""
    settings = context.settings()
    return tuple(
        Language(language.code, language.name, language.dir, language.code in settings.drafted)
        for language in _KNOWN
        if language.code in settings.languages
    )


def choose() -> str:
    """Return the code for this request: picked or remembered, else the browser's best, or English.

    Only codes of our own list reach Babel, which raises on anything else.
    """
    codes = [language.code for language in offered()]
    wanted = preferences.language()
    if wanted in codes:
        return wanted
    checked = [language.code for language in offered() if not language.draft]
    return request.accept_languages.best_match(checked) or "en"


def current() -> Language:
    """Return the language that this page speaks."""
    if "language" not in g:
        code = str(get_locale())
        g.language = next((language for language in offered() if language.code == code), _KNOWN[0])
    found: Language = g.language
    return found
