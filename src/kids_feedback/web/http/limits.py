"""How much one request may bring: the same in both ways that browsers write a form."""

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

LONGEST_FORM = 1024 * 1024  # bytes: whatever a person types is read, and given back
MOST_FIELDS = 200


class _Parser(FormDataParser):
    """Counts the fields of a form that is not in parts, too; Werkzeug does so of parts alone."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        sent = stream.read()
        if sent.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        # Werkzeug takes a form with one byte that is no UTF-8 for empty, and all words with it.
        readable = sent.decode(errors="replace").encode()
        return super()._parse_urlencoded(BytesIO(readable), mimetype, content_length, options)


class LimitedRequest(Request):
    """A request of which no more is read than a form of ours can bring."""

    form_data_parser_class = _Parser


def install(app: Flask) -> None:
    """Read no more than that of any request: the answer to more is 413."""
    app.request_class = LimitedRequest
    app.config.update(
        MAX_CONTENT_LENGTH=LONGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LONGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
    )
