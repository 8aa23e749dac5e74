"""What a form costs that is full of marks, which take long to put in order if nobody cuts them."""

import tempfile
import time
from collections.abc import Iterator

from benchmarks import reading, site
from benchmarks.figures import Figure, Size

_MARKS = "a" + "\u0316\u0301" * 60_000  # 240 kB
_BOXES = (  # a box of each kind of form that anybody can send
    ("/back", "words"),
    ("/account/sign-in", "email"),
    ("/account/sign-in", "code"),
    ("/leaf", "words"),
)


def marks(size: Size) -> Iterator[Figure]:
    """Measure the slowest of some boxes with 240 kB of marks in them."""
    with tempfile.TemporaryDirectory() as folder:
        app = site.made(f"sqlite:///{folder}/site.sqlite3")
        costs = []
        for path, name in _BOXES:
            for _ in range(size.rounds):
                client = app.test_client()
                token = reading.token(client.get(path).text, path)
                fields = {"csrf_token": token, name: _MARKS}
                started = time.process_time()
                client.post(path, data=fields, content_type="multipart/form-data")
                costs.append(time.process_time() - started)
    yield Figure(
        what="CPU of one form with 240 kB of marks in a box, the slowest",
        value=1000 * max(costs),
        unit="ms",
        most=500,
    )
