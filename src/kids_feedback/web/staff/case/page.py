"""The case page, what the child said, and the safeguarding handover."""

from collections.abc import Iterator, Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.clocks import is_late_complaint
from kids_feedback.domain.case.procedure import ACCESS_STEPS, Step
from kids_feedback.domain.case.submission import Answers, Door, Kind
from kids_feedback.services.case import colleagues
from kids_feedback.services.case.events import HistoryEvent, events_of, talks_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.reading import case_file, contact_rules
from kids_feedback.services.reading.case_file import CaseFile, CaseSummary, Statement, of_case
from kids_feedback.services.site import outbox
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.translation import _
from kids_feedback.web.questions.catalogue import answered, asked_by, asked_on
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case import history
from kids_feedback.web.staff.case.clock_sentences import clocks_of, notice_of
from kids_feedback.web.staff.case.contact_rules import rules_in_words
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import act, look
from kids_feedback.web.staff.kit import forms, labels, unsent
from kids_feedback.web.staff.kit.dates import short_year

_PARTS = frozenset({"words", "name", "helper"})


class SafeguardingForm(OurForm):
    """What whoever takes over the child's safety needs to know. It needs no version."""

    note = forms.long_text(
        _l("What are you concerned about? Who have you told?"),
        hint=_l("You can leave this empty and add it later."),
    )


@staff.get("/case/<case_id>", endpoint="case")
@guard.only(*guard.STAFF)
def show_case(case_id: str) -> ResponseReturnValue:
    """The case summary: clocks, court notice, open steps, history, access log."""
    with look(case_id) as opened:
        case, lines, talks = of_case(opened), events_of(opened), talks_of(opened)
        failed = outbox.failed_for(opened.session, case_id)
        safe, names = contact_rules.safe_contact(opened), _names(opened, lines)
        at = (opened.today, opened.calendar)
    return render_template(
        "staff/case/page.html",
        case=case,
        head=heading(case),
        standing=clocks_of(case, *at),
        court=notice_of(case.court, *at) if case.summary.kind is not Kind.COMPLIMENT else None,
        safely=rules_in_words(safe),
        about=_about(case),
        talks=talks,
        history=history.newest_first(
            (line for line in lines if line.what not in ACCESS_STEPS), names
        ),
        looks=history.newest_first((line for line in lines if line.what in ACCESS_STEPS), names),
        may_correct=Step.CORRECT_TALK in case.steps,
        may_name=Step.NAME_WORKER in case.steps,
        say_way=labels.way,
        unsent=[(message.created_at, unsent.reason(message)) for message in failed],
        may_be_late=any(item.is_told for item in case.owed),
        said_late=[
            (labels.of(item.promise), item.told_on, item.told_on < context.today())
            for item in case.owed
            if item.was_said_late
        ],
    )


@staff.get("/case/<case_id>/words")
@guard.only(*guard.STAFF)
def statement(case_id: str) -> ResponseReturnValue:
    """Say that opening the statement is recorded, before it is shown."""
    with look(case_id) as opened:
        case = of_case(opened)
    return render_template("staff/case/statement.html", case=case, head=heading(case), said=None)


@staff.post("/case/<case_id>/words")
@guard.only(*guard.STAFF)
def open_statement(case_id: str) -> ResponseReturnValue:
    """Show what the child said, and keep that it was opened."""
    with act(case_id) as acting:
        found, case = case_file.open_statement(acting), of_case(acting)
    return render_template(
        "staff/case/statement.html",
        case=case,
        head=heading(case),
        wrote_in=labels.language(found.language) if found.language != "en" else "",
        drawings=found.drawings,
        **_said(found),
    )


@staff.get("/case/<case_id>/safety")
@guard.only(*guard.STAFF)
def safeguarding(case_id: str) -> ResponseReturnValue:
    """What to do once a handover was started, and who started one."""
    return _safeguarding_page(case_id, SafeguardingForm()), 200


@staff.post("/case/<case_id>/safety")
@guard.only(*guard.STAFF)
def start_safeguarding(case_id: str) -> ResponseReturnValue:
    """Start the safeguarding handover, or add to it: one press, recorded."""
    form = SafeguardingForm()
    if not form.validate():
        return _safeguarding_page(case_id, form), 422
    with act(case_id) as acting:
        case_file.start_safeguarding_handover(acting, note=form.note.data or "")
    flash(_("The handover is recorded. Now phone the duty safeguarding lead."))
    return redirect(url_for("staff.safeguarding", case_id=case_id), code=303)


def _safeguarding_page(case_id: str, form: SafeguardingForm) -> str:
    with look(case_id) as opened:
        case, started = of_case(opened), events_of(opened, Step.SAFEGUARDING)
    return render_template(
        "staff/case/safeguarding.html",
        case=case,
        head=heading(case),
        form=form,
        started=history.newest_first(started, {}),
    )


def _said(found: Statement) -> dict[str, object]:
    """Return the child's words in the order in which they were asked for."""
    return {
        "said": [*_answers(found.door, found.answers)],
        "added": [
            (addition.on, [*_answers(found.door, addition.answers)]) for addition in found.added
        ],
    }


def _answers(door: Door, answers: Answers) -> Iterator[tuple[str, list[str]]]:
    """Yield each screen's title and answers; what is not asked any more comes last."""
    given: dict[str, list[str]] = {}
    for screen, _field, texts in answered(door, answers, _PARTS):
        given.setdefault(str(screen.title), []).extend(texts)
    yield from given.items()
    asked = asked_on(asked_by(door))
    for name, value in answers.items():
        if name not in asked:
            yield (
                _("A question that we no longer ask"),
                [value] if isinstance(value, str) else [*value],
            )


def _about(case: CaseFile) -> list[tuple[str, str]]:
    """Return what it is about, without the words."""
    told_us, desk = case.summary, case.allocation
    facts = [(_("Topics"), ", ".join(labels.topics(told_us.kind, told_us.topics)))]
    if told_us.kind is Kind.COMPLIMENT:
        facts.append(
            (
                _("May the compliment be passed on?"),
                labels.of(told_us.pass_on) if told_us.pass_on else "",
            )
        )
    else:
        facts += [
            (_("What the child wants"), labels.of(told_us.wish) if told_us.wish else ""),
            (_("Wants a supporter"), labels.supporter(case.child.supporter)),
            (_("Member of staff concerned"), ", ".join(worker.name for worker in desk.about)),
        ]
    return [
        *facts,
        *_ended(told_us),
        (_("Area"), desk.area or _("Not known yet")),
        (_("Office"), desk.office or ""),
        (_("Allocated to"), desk.manager.name if desk.manager else _("Not allocated yet")),
    ]


def _ended(told_us: CaseSummary) -> Iterator[tuple[str, str]]:
    if told_us.ended_on:
        day = short_year(told_us.ended_on)
        if is_late_complaint(told_us.received_on, told_us.ended_on):
            day = _("%(day)s. This is a late complaint, and is handled like any other.", day=day)
        yield _("Our involvement ended"), day


def _names(opened: Opened, lines: list[HistoryEvent]) -> Mapping[str, str]:
    """Return the names of people by id, and of areas by code where the history speaks of one."""
    people = contact_rules.names_of(opened.session, history.people_in(lines))
    if not any(line.what == Step.ROUTE for line in lines):
        return people
    return {**people, **{area.code: area.name for area in colleagues.places(opened.session)}}
