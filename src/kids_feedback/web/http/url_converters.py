"""Numbers in addresses: plain digits only, which Werkzeug's own ``int`` is not strict about."""

from flask import Flask
from werkzeug.routing import BaseConverter


class Number(BaseConverter):
    """One to three digits 0-9."""

    regex = "[0-9]{1,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


def install(app: Flask) -> None:
    """Give routes ``<num:…>``."""
    app.url_map.converters["num"] = Number
