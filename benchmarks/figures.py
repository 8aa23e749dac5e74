"""A figure beside its bar, and how large a run is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


class Unreadable(Exception):
    """A page does not have what a benchmark looks for, so nothing can be said of the site."""

    def __init__(self, what: str, page: str) -> None:
        super().__init__(what, page)  # both, so that it comes back whole from another process

    def __str__(self) -> str:
        what, page = self.args
        return f"no {what} on {page}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured number. ``counted`` ones are the same on every machine, times are not."""

    what: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None
    counted: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is within its bar."""
        low = self.least is not None and self.value < self.least
        return not low and (self.most is None or self.value <= self.most)

    @property
    def measured(self) -> str:
        """The number as people read it."""
        places = 0 if self.counted or self.value >= 100 else 2 if self.value >= 1 else 3
        return f"{self.value:,.{places}f} {self.unit}".rstrip()

    @property
    def bar(self) -> str:
        """The bar as people read it; empty where the number stands for itself."""
        if self.most is not None:
            return f"at most {self.most:,g} {self.unit}".rstrip()
        return f"at least {self.least:,g} {self.unit}".rstrip() if self.least is not None else ""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is done."""

    rounds: int  # of what costs CPU
    visits: int  # of each page in a browser
    pages: int | None  # so many of them; None: all
    crowds: tuple[int, ...]  # clients at once
    seconds: float  # of each crowd; everybody sends once at least
    taps: int  # of one button
    forms: int
    submits: int  # of each client
    rows: tuple[int, ...]  # complaints, growing


WHOLE = Size(
    rounds=60,
    visits=5,
    pages=None,
    crowds=(8, 32, 64),
    seconds=60,
    taps=20,
    forms=20,
    submits=100,
    rows=(10_000, 100_000, 1_000_000),
)
SMALLEST = Size(
    rounds=1,
    visits=1,
    pages=1,
    crowds=(2,),
    seconds=0,
    taps=3,
    forms=1,
    submits=2,
    rows=(300, 400),
)
Benchmark = Callable[[Size], Iterator[Figure]]
