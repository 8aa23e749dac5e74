"""The network that asks, as the proxies of ours say that stand in front. Kept nowhere as it is."""

from datetime import timedelta
from math import ceil

from flask import request

from kids_feedback.domain import brakes
from kids_feedback.web.kit import context


def asking() -> str:
    """Return the network of whoever asks.

    Each proxy adds whom it was asked by at the end. What stands before ours, anybody can write.
    """
    hops = [*request.headers.get("X-Forwarded-For", "").split(","), request.remote_addr or ""]
    ours = context.settings().proxies
    return brakes.network_of(hops[max(-1 - ours, -len(hops))].strip())


def retry_after(wait: timedelta) -> dict[str, str]:
    """Return the header that says when to ask again."""
    return {"Retry-After": str(max(1, ceil(wait.total_seconds())))}
