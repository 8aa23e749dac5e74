"""One thing that a visit remembers: its shape, and what it outlives."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Generic, Self, TypeVar, overload

from kids_feedback.web.visit.shapes import MISFIT, as_json, read

Value = TypeVar("Value")


class Event(Enum):
    """What a visit may outlive. After each but one it goes on under a new cookie."""

    SENT = "sent"  # a message went off; how the page looks stays, and the child gets a receipt
    LEAF_SENT = "leaf sent"  # a leaf went off, with no message being written beside it
    STOPPED = "stopped"  # a message was deleted before it was sent
    CAME_BACK = "came back"  # with the secret words
    LEFT = "left"  # by the child, or a shared screen's visit has ended
    LEFT_BESIDE = "left beside"  # by a child, where somebody is signed in, who stays so
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"


class Kept(Generic[Value]):
    """What is kept under one name; None if there is none, or none that can be read.

    Args:
        shape: see ``shapes.read``.
        name: under which it is stored; the attribute's own unless said.
        survives: what it outlives. Whatever else happens, it is erased.
        begun: a child who has it has begun something, so a shared screen is in use.
    """

    def __init__(
        self,
        shape: type[Value],
        *,
        name: str = "",
        survives: frozenset[Event] = frozenset(),
        begun: bool = True,
    ) -> None:
        self.shape, self.name, self.survives, self.begun = shape, name, survives, begun

    def __set_name__(self, owner: type, attribute: str) -> None:
        self.name = self.name or attribute

    @overload
    def __get__(self, visit: None, owner: type) -> Self: ...
    @overload
    def __get__(self, visit: "State", owner: type) -> Value | None: ...
    def __get__(self, visit: "State | None", owner: type) -> Self | Value | None:
        return self if visit is None else self.of(visit)

    def __set__(self, visit: "State", value: Value | None) -> None:
        self.put(visit, value)

    def of(self, visit: "State") -> Value | None:
        """Return what ``visit`` keeps of it."""
        try:
            found: Value = self.read(visit.state[self.name])
        except MISFIT:
            return None
        return found

    def put(self, visit: "State", value: Value | None) -> None:
        """Keep ``value``; None: nothing any longer."""
        if value is None:
            visit.state.pop(self.name, None)
        else:
            visit.state[self.name] = as_json(value)

    def read(self, stored: Any) -> Any:
        """Return the value that is ``stored``.

        Raises:
            AttributeError, LookupError, TypeError, ValueError: it cannot be read.
        """
        return read(self.shape, stored)

    def fits(self, stored: Any) -> bool:
        """Say whether what is ``stored`` can be read."""
        try:
            self.read(stored)
        except MISFIT:
            return False
        return True


class Preference(Kept[str]):
    """How somebody likes their pages. It outlives all but leaving, and says nothing of anybody.

    Args:
        known: what may be chosen, the first for whoever has not; nothing: any text may be.
    """

    LASTS = frozenset(Event) - {Event.LEFT, Event.SIGNED_OUT}

    def __init__(self, *known: str) -> None:
        super().__init__(str, survives=self.LASTS, begun=False)
        self.known = known

    @overload
    def __get__(self, visit: None, owner: type) -> Self: ...
    @overload
    def __get__(self, visit: "State", owner: type) -> str: ...
    def __get__(self, visit: "State | None", owner: type) -> Self | str:
        return self if visit is None else self.of(visit)

    @property
    def usual(self) -> str:
        """What whoever has not chosen gets."""
        return self.known[0] if self.known else ""

    def of(self, visit: "State") -> str:
        return self.chosen(visit) or self.usual

    def chosen(self, visit: "State") -> str:
        """Return what was chosen, or nothing."""
        return super().of(visit) or ""

    def read(self, stored: Any) -> Any:
        if self.known and stored not in self.known:
            raise ValueError("nobody offered that")
        return super().read(stored)


class State:
    """Some kept things over one mapping of their names to JSON."""

    def __init__(self, state: dict[str, Any] | None = None) -> None:
        self.state = {} if state is None else state

    @classmethod
    def kept(cls) -> Mapping[str, Kept[Any]]:
        """Return all that it may keep, by the name under which each is stored."""
        declared = (vars(base).values() for base in reversed(cls.__mro__))
        return {item.name: item for some in declared for item in some if isinstance(item, Kept)}

    @classmethod
    def preferences(cls) -> Iterator[Preference]:
        return (item for item in cls.kept().values() if isinstance(item, Preference))

    @classmethod
    def readable(cls, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return what can be read of ``stored``, and what only a newer version would know."""
        known = cls.kept()
        return {
            name: value
            for name, value in stored.items()
            if name not in known or known[name].fits(value)
        }

    def preferred(self) -> dict[str, Any]:
        """Return how pages look, as it is stored."""
        names = {preference.name for preference in self.preferences()}
        return {name: value for name, value in self.state.items() if name in names}

    def take(self, kept: Kept[Value]) -> Value | None:
        """Return what is kept, and keep it no longer."""
        found = kept.of(self)
        kept.put(self, None)
        return found

    def outlive(self, event: Event) -> None:
        """Erase all that does not survive ``event``, and all that nobody declared."""
        known = self.kept()
        for name in [*self.state]:
            if name not in known or event not in known[name].survives:
                del self.state[name]

    def has_begun(self) -> bool:
        """Say whether there is anything that a child began, or came back to."""
        known = self.kept()
        return any(name not in known or known[name].begun for name in self.state)
