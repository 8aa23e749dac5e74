"""The site as tests make it, with templates that are compiled only once."""

import datetime as dt
from collections.abc import Callable

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from kids_feedback.app import create_app
from kids_feedback.config import Settings


class Compiled(BytecodeCache):
    """Remembers compiled templates for as long as the tests run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def an_app(settings: Settings, now: Callable[[], dt.datetime]) -> Flask:
    """Make a site. Compiling its templates anew would be a third of a test's time."""
    app = create_app(settings, now=now)
    app.jinja_env.bytecode_cache = COMPILED
    return app
