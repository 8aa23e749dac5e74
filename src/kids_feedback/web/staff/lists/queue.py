"""The queue, the compliments and the answers to check, the next promise to break first."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Role
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.reading import queue
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.context import Session
from kids_feedback.web.kit.translation import _
from kids_feedback.web.kit.typed.paging import page_asked_for
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.lists.outbox import stuck_words
from kids_feedback.web.staff.lists.queue_rows import row_of, summary

_MANY = 3  # from so many on, several can be read together
_SHOW = {"answer": Kind.COMPLAINT, "note": Kind.NOTE, "feel": Kind.FEELINGS}  # neutral addresses


@staff.get("/queue", endpoint="queue")
@guard.only(*guard.STAFF)
def show_queue() -> ResponseReturnValue:
    """The queue, the next promise to break first."""
    show = request.args.get("show") if request.args.get("show") in _SHOW else None
    with context.reading() as db:
        found = queue.waiting(db, page=page_asked_for(), kind=_SHOW.get(show or ""), **_whose(db))
        stuck = stuck_words(db)
    can_read_many = guard.person().role is Role.HEAD_OF_PRACTICE and len(found.lines) >= _MANY
    many = "1" if can_read_many and request.args.get("many") else None
    return render_template(
        "staff/lists/queue.html",
        found=found,
        rows=[row_of(line, context.today()) for line in found.lines],
        summary=summary(found.lines) if found.page == 1 else [],
        show=show,
        stuck=stuck,
        many=many,
        to_many=url_for("staff.queue", show=show, many="1") if can_read_many else None,
        here=url_for("staff.queue", show=show),
        tabs=[*_tabs(found.counts)],
    )


@staff.get("/praise")
@guard.only(*guard.STAFF)
def praise() -> ResponseReturnValue:
    """The compliments, each with the day by which it is passed on."""
    with context.reading() as db:
        found = queue.compliments(db, page=page_asked_for(), **_whose(db))
    return render_template(
        "staff/lists/compliments.html",
        found=found,
        rows=[row_of(line, context.today()) for line in found.lines],
        here=url_for("staff.praise"),
        tabs=[*_tabs(found.counts)],
    )


@staff.get("/to-check")
@guard.only(Role.HEAD_OF_PRACTICE)
def to_check() -> ResponseReturnValue:
    """The answers that wait for this Head of Practice."""
    with context.reading() as db:
        lines = queue.to_check(db, **_whose(db))
        counts = queue.counts_of(db, guard.person())
    return render_template(
        "staff/lists/to_check.html",
        rows=[row_of(line, context.today()) for line in lines],
        here=url_for("staff.to_check"),
        tabs=[*_tabs(counts)],
    )


def _whose(db: Session) -> dict[str, Any]:
    return {
        "person": guard.person(),
        "today": context.today(),
        "calendar": working_days.calendar_now(db),
    }


def _tabs(counts: Mapping[Kind, int]) -> Iterator[tuple[str, str]]:
    """Yield address and words of each list, with how many wait in it."""
    everything = sum(counts.values())
    yield url_for("staff.queue"), _("All cases (%(count)s)", count=everything)
    yield (
        url_for("staff.queue", show="answer"),
        _("Complaints (%(count)s)", count=counts[Kind.COMPLAINT]),
    )
    yield (
        url_for("staff.queue", show="note"),
        _("Notes (%(count)s)", count=counts[Kind.NOTE]),
    )
    if feelings := counts[Kind.FEELINGS]:
        yield url_for("staff.queue", show="feel"), _("Feelings (%(count)s)", count=feelings)
    yield url_for("staff.praise"), _("Compliments (%(count)s)", count=counts[Kind.COMPLIMENT])
    if guard.person().role is Role.HEAD_OF_PRACTICE:
        yield url_for("staff.to_check"), _("Answers to approve")
