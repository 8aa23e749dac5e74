"""A mail server that takes its time: how long before each answer, and whether it ever ends one."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Event, Thread
from typing import BinaryIO

Slowness = Callable[[str], float | None]
_ANSWERS = {"": "220 here", "DATA": "354 go on", ".": "250 taken", "QUIT": "221 bye"}


class Talker:
    """Answers every command as if all were well, when it pleases.

    ``slow`` says the seconds before an answer ("" is the greeting, "." that to the text); None: it
    never comes. Where it ``dribbles``, what is slow is said in bytes so far apart, and never ends.
    """

    def __init__(self, slow: Slowness, *, dribbles: bool) -> None:
        self.slow, self.dribbles = slow, dribbles
        self.taken: list[bytes] = []
        self.over = Event()

    def listen(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = server.accept()
                Thread(target=self.talk, args=(caller,), daemon=True).start()

    def talk(self, caller: socket.socket) -> None:
        with caller, suppress(OSError), caller.makefile("rb") as lines:
            self.answer(caller, "")
            for line in lines:
                said = line.split()[0].decode().upper().partition(":")[0]
                self.answer(caller, said)
                if said == "DATA":
                    self.hear(lines, caller)

    def hear(self, lines: BinaryIO, caller: socket.socket) -> None:
        text: list[bytes] = []
        for line in lines:
            if line == b".\r\n":
                self.taken.append(b"".join(text))
                self.answer(caller, ".")
                return
            text.append(line)

    def answer(self, caller: socket.socket, said: str) -> None:
        pause = self.slow(said)
        while self.dribbles and pause:
            caller.sendall(b"2")
            if self.over.wait(pause):
                return
        if pause is None or pause:
            self.over.wait(pause)
        caller.sendall(f"{_ANSWERS.get(said, '250 ok')}\r\n".encode())


@contextmanager
def a_talker(slow: Slowness, *, dribbles: bool = False) -> Iterator[tuple[int, list[bytes]]]:
    """Run one on a free port; yield the port, and what it has taken so far."""
    talker = Talker(slow, dribbles=dribbles)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        Thread(target=talker.listen, args=(server,), daemon=True).start()
        try:
            yield server.getsockname()[1], talker.taken
        finally:
            talker.over.set()
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
