"""What stands above every page of a case: who it is, what comes next, and the ways to its pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kids_feedback.domain.case.court_notice import comes_first
from kids_feedback.domain.case.follow_ups import RULES, FollowUp
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Role
from kids_feedback.services.reading.case_file import CaseFile
from kids_feedback.web.kit import roles
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.case.identity import IdentityNotice, identity_of
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.lists import queue_rows
from kids_feedback.web.staff.steps.follow_ups import STANDS_IN
from kids_feedback.web.staff.steps.registry import STEPS, label

_BEFORE_WRITING = frozenset({Stage.RECEIVED, Stage.ACKNOWLEDGED})


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that the child did since, and waits to be followed up."""

    text: str
    by: str  # whose it is, and by when
    is_new: bool  # nobody has opened it
    words: str  # where it is read; empty where it is no words
    address: str  # where this person says what came of it; empty where they do not


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The identity bar and the way around."""

    name: str
    facts: tuple[str, ...]
    read_today: bool
    main: tuple[str, str] | None  # address and words of the next step, where it is this person's
    waits: str  # whose step it is otherwise; empty once there is none
    others: tuple[tuple[str, str], ...]  # the other open steps
    news: tuple[News, ...]
    identity: IdentityNotice | None  # who the child is in the case file; None of praise
    stands_in: str  # who has it because nobody else may; empty where that is not so
    pages: tuple[tuple[str, str], ...]


def heading(case: CaseFile) -> Heading:
    """Return what stands above the pages of ``case``."""
    court = court_first(case)
    step = Step.COURT_TOLD if court else case.next_step
    main = step if step in case.steps else None
    return Heading(
        name=labels.named(case.child.name),
        facts=tuple(_facts(case)),
        read_today=case.summary.read_today,
        main=_main(case, main, court=court),
        waits="" if main or step is None else _waits(case, step, court=court),
        others=tuple(_others(case, main)),
        news=tuple(_news(case)),
        identity=identity_of(case),
        stands_in=str(STANDS_IN[case.fallback]) if case.fallback else "",
        pages=tuple(_pages(case)),
    )


def _main(case: CaseFile, step: Step | None, *, court: bool) -> tuple[str, str] | None:
    """Return what this person does next: a child's safety comes before every step."""
    if case.summary.read_today:
        address = url_for("staff.statement", case_id=case.id)
        return address, _("Not safe: read it and decide")
    return (_first_place(step, case.id), _words(case, step, court=court)) if step else None


def place(step: Step, case_id: str) -> str:
    """Return the address of a step's page."""
    return STEPS[step].place(case_id)


def court_first(case: CaseFile) -> bool:
    """Say whether the court notice breaks before anything else."""
    return comes_first(case.court.flag, case.next_due_on)


def _words(case: CaseFile, step: Step, *, court: bool) -> str:
    return queue_rows.court_step(case.court.flag) if court else label(step)


def _first_place(step: Step, case_id: str) -> str:
    """Return where a step begins: getting in touch begins with how to do it safely."""
    if step is Step.LOG_ATTEMPT:
        return url_for("staff.contact", case_id=case_id)
    return place(step, case_id)


def _news(case: CaseFile) -> Iterator[News]:
    for item in case.follow_ups:
        yield News(
            text=labels.of(item.what),
            by=_("%(who)s, by %(day)s", who=_who(case, item.owner), day=short_year(item.due_on)),
            is_new=item.seen_on is None,
            words=url_for("staff.statement", case_id=case.id) if _is_read(item.what) else "",
            address=place(Step.FOLLOW_UP, case.id) if item.id in case.theirs else "",
        )


def _is_read(what: FollowUp) -> bool:
    return Step.OPEN_STATEMENT in RULES[what].opened_by


def _facts(case: CaseFile) -> Iterator[str]:
    child = case.child
    yield labels.of(child.age_band)
    yield labels.of(case.summary.kind)
    if case.withdrawn_on:
        yield _("Withdrawn on %(day)s", day=short_year(case.withdrawn_on))
    elif case.stop_asked_on:
        yield _("Said in a talk that it should stop; not confirmed yet")
    if case.summary.kind is Kind.COMPLIMENT:
        pass  # praise is passed on; nobody gets in touch
    elif child.method:
        yield _("Contact by: %(method)s", method=labels.of(child.method))
    else:
        yield _("Contact by: not said")
    if needs := labels.needs(child.needs):
        yield _("Needs: %(needs)s", needs=", ".join(needs))
    if child.language != "en":
        yield _("Language: %(language)s", language=labels.language(child.language))


def _others(case: CaseFile, main: Step | None) -> Iterator[tuple[str, str]]:
    for step in Step:
        if step in case.steps and step is not main and STEPS[step].label:
            yield place(step, case.id), _quiet(step)
    if main is Step.LOG_ATTEMPT:
        yield place(Step.LOG_ATTEMPT, case.id), _quiet(Step.LOG_ATTEMPT)


def _quiet(step: Step) -> str:
    return str(STEPS[step].quiet_label or STEPS[step].label)


def _waits(case: CaseFile, step: Step, *, court: bool) -> str:
    """Return whose step it is."""
    who = _who(case, case.owner) if case.owner else ""
    return _("Waiting for %(who)s: %(step)s", who=who, step=_words(case, step, court=court))


def _who(case: CaseFile, owner: Role) -> str:
    """Return whose it is, by name where one person has the case."""
    manager = case.allocation.manager
    return manager.name if manager and owner is Role.LOCAL_MANAGER else str(roles.NAMES[owner])


def _pages(case: CaseFile) -> Iterator[tuple[str, str]]:
    yield url_for("staff.case", case_id=case.id), _("Case summary")
    yield url_for("staff.statement", case_id=case.id), _("What the child said")
    if case.summary.kind is Kind.COMPLIMENT:
        return
    yield url_for("staff.contact", case_id=case.id), _("Contact")
    if Step.COURT_TOLD in case.steps or case.key_dates.closed_on:
        yield url_for("staff.court", case_id=case.id), _("The court")
    if case.summary.kind is Kind.COMPLAINT and case.stage not in _BEFORE_WRITING:
        yield url_for("staff.preview", case_id=case.id), _("Written answer")
