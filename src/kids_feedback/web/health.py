"""Is it alive, and can it do its work: for whoever runs the site."""

from datetime import timedelta

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.services import readiness
from kids_feedback.web.kit import context, guard

health = Blueprint("health", __name__)


@health.get("/healthz")
@guard.anyone
@guard.without_visit
def alive() -> ResponseReturnValue:
    """Say that the process answers, and nothing else."""
    return jsonify(alive=True)


@health.get("/readyz")
@guard.anyone
@guard.without_visit
def ready() -> ResponseReturnValue:
    """Say yes or no to each thing the site needs; no versions, names or numbers.

    Reading goes on where nothing can be written, so that is tried, too.
    """
    try:
        with context.reading() as db:
            found = readiness.checked(
                db, now=context.now(), today=context.today(), longest_wait=timedelta(minutes=15)
            )
    except DatabaseUnavailable:
        found = {"database": False}
    transactions = context.site().transactions
    found["writing"] = found["database"] and readiness.can_write(transactions)
    found["space"] = readiness.has_space(transactions.engine)
    return jsonify(found), 200 if all(found.values()) else 503
