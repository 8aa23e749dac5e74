"""A limit for a whole conversation with a server, however slowly it talks.

A socket's own timeout is for one wait: a server that says a byte a minute never meets it.
"""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LOOK_AGAIN = 0.1  # seconds: a connection may be made after the time was over


class TimeLimit:
    """Hangs up when the time is over, whatever is being waited for."""

    def __init__(self, server: smtplib.SMTP, seconds: float) -> None:
        self._server = server
        self._ends = time.monotonic() + seconds
        self._done = threading.Event()
        self.is_over = False  # we have hung up: what came last may be half of an answer

    @property
    def left(self) -> float:
        """Seconds that are left, never none: a socket would take that for no waiting at all."""
        return max(self._ends - time.monotonic(), 0.001)

    def keep(self) -> None:
        """Wait, and hang up if it takes too long; and again, should it be opened after that."""
        wait = self.left
        while not self._done.wait(wait):
            wait, self.is_over = _LOOK_AGAIN, True
            if self._server.sock is not None:
                with suppress(OSError):
                    self._server.sock.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Stop waiting: the conversation is over."""
        self._done.set()


@contextmanager
def limited(server: smtplib.SMTP, seconds: float) -> Iterator[TimeLimit]:
    """Let a conversation with a server, opened in here, last so long and no longer."""
    limit = TimeLimit(server, seconds)
    keeper = threading.Thread(target=limit.keep, daemon=True)
    keeper.start()
    try:
        yield limit
    finally:
        limit.end()
        keeper.join()
