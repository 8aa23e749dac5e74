"""A poster for an office: a short address that people can read, and the same as a code."""

from flask import Flask
from flask_babel import force_locale

from kids_feedback.web.kit import context, languages
from kids_feedback.web.rendering import qr


class NoSuchLanguage(Exception):
    """This site does not speak it."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no language {code}")
        self.known = known


def is_draft(app: Flask, code: str) -> bool:
    """Say whether no person has checked the words of this language yet.

    Raises:
        NoSuchLanguage: the site does not speak it.
    """
    with app.app_context():
        return _language(code).draft


def poster(app: Flask, *, address: str, language: str) -> str:
    """Return two A4 pages, in Pictures and in Words: HTML that needs nothing else.

    Args:
        address: where the code leads; people read it without ``https://``.

    Raises:
        NoSuchLanguage: the site does not speak it.
    """
    with app.app_context():
        spoken = _language(language)
        with force_locale(spoken.code):
            return app.jinja_env.get_template("poster/poster.html").render(
                language=spoken,
                address=address.partition("://")[2],
                code=qr.code_of(address),
                phones=context.settings().reference.phones,
            )


def _language(code: str) -> languages.Language:
    offered = {language.code: language for language in languages.offered()}
    if code not in offered:
        raise NoSuchLanguage(code, tuple(offered))
    return offered[code]
