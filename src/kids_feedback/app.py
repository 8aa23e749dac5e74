"""The site, wired together: the only place that opens the engine for the web."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_babel import Babel, get_locale

from kids_feedback import logs
from kids_feedback.assets import asset_dir
from kids_feedback.config import Settings, settings_from
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.encryption import Keys
from kids_feedback.web.blueprints import BLUEPRINTS
from kids_feedback.web.http import (
    errors,
    front,
    headers,
    limits,
    request_ids,
    static_files,
    url_converters,
)
from kids_feedback.web.kit import (
    context,
    csrf,
    guard,
    languages,
    pairs,
    preferences,
    refused,
    sessions,
    shared_device,
)
from kids_feedback.web.rendering import filters, hard_words, second_text


class _Site(Flask):
    def log_exception(self, exc_info: Any) -> None:
        """Log nothing: ``errors`` does, in one line, which holds no word and no address."""


def now_utc() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, now: Callable[[], datetime] = now_utc) -> Flask:
    """Return the site.

    Raises:
        guard.NoPolicy: a route does not say who may open it.
    """
    app = _Site("kids_feedback", static_folder=None, template_folder=str(asset_dir("templates")))
    app.config.update(
        WTF_CSRF_ENABLED=True,
        WTF_I18N_ENABLED=False,  # every message on a form is our own, in our own catalogues
        BABEL_TRANSLATION_DIRECTORIES=str(asset_dir("translations")),
    )
    transactions = Transactions(engine_for(settings.database_url), keys_of(settings))
    context.install(app, context.Site(settings=settings, now=now, transactions=transactions))
    app.session_interface = sessions.Visits()
    babel = Babel(app, locale_selector=languages.choose)
    babel.domain_instance = pairs.Catalogues()
    app.jinja_env.finalize = filters.in_its_place
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        get_locale=get_locale,
        say=preferences.say,
        is_remembered=preferences.is_remembered,
        facts=settings.reference.phones,
        fresh_token=csrf.token,
        meanings=hard_words.meanings,
        paired=pairs.is_paired,
        shared_device=shared_device.current,
        seconds_left=shared_device.seconds_left,
        minutes_left=shared_device.minutes_left,
        something_unreadable=context.something_unreadable,
    )
    app.context_processor(_of_every_page)
    filters.install(app)
    limits.install(app)
    headers.install(app)
    second_text.install(app)
    errors.install(app)
    request_ids.install(app)
    shared_device.install(app)
    guard.install(app)
    refused.install(app)
    url_converters.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    guard.check_every_route(app)
    static_files.install(app)
    front.install(app, settings)
    return app


def keys_of(settings: Settings) -> Keys:
    """Return the keys in the shape that storage wants."""
    return Keys(settings.keys, max(settings.keys))


def _of_every_page() -> dict[str, object]:
    return {**preferences.current(), "language": languages.current()}


def from_environment() -> Flask:
    """Return the site as the environment describes it, for the server's workers. It logs."""
    logs.begin()
    return create_app(settings_from(os.environ))
