"""The case page, and what the child said."""

from collections.abc import Iterator, Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.clocks import is_late_complaint
from kids_feedback.domain.case.procedure import ACCESS_STEPS, Step
from kids_feedback.domain.case.submission import Answers, Door, Kind
from kids_feedback.services.case.events import HistoryEvent, events_of, talks_of
from kids_feedback.services.case.letters import letters_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import colleagues
from kids_feedback.services.casework.contact import contact_log, supporters
from kids_feedback.services.casework.contact.contact_log import Tries
from kids_feedback.services.casework.contact.supporters import CheckedSupporter
from kids_feedback.services.reading import contact_rules, opened_words
from kids_feedback.services.reading.case_file import (
    CaseFile,
    CaseSummary,
    NamedWorker,
    of_case,
)
from kids_feedback.services.site import mail_progress
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.translation import _, ngettext
from kids_feedback.web.questions.catalogue import answered
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case import history
from kids_feedback.web.staff.case.clock_sentences import clocks_of
from kids_feedback.web.staff.case.contact_rules import rules_in_words
from kids_feedback.web.staff.case.court_sentences import notice_of
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import act, look
from kids_feedback.web.staff.case.words import OF_WORDS, words_of
from kids_feedback.web.staff.kit import labels, unsent
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.lists.queue_rows import meeting_words
from kids_feedback.web.staff.steps import acknowledging


@staff.get("/case/<case_id>", endpoint="case")
@guard.only(*guard.STAFF)
def show_case(case_id: str) -> ResponseReturnValue:
    """The case summary: clocks, court notice, open steps, history, access log."""
    with look(case_id) as opened:
        case, lines = of_case(opened), events_of(opened)
        talks = talks_of(opened, with_struck=True)
        found = contact_log.tries(lines)
        feelings, supporter = contact_rules.ticked_feelings(opened), supporters.standing(lines)
        failed = mail_progress.failed_for(opened.session, case_id)
        safe, names = contact_rules.safe_contact(opened), _names(opened, lines)
        letters = letters_of(opened, lines)
        at = (opened.today, opened.calendar)
    head = heading(case)
    return render_template(
        "staff/case/page.html",
        case=case,
        head=head,
        standing=clocks_of(case, *at),
        court=notice_of(case.court, *at) if case.summary.kind is not Kind.COMPLIMENT else None,
        safely=rules_in_words(safe),
        about=_about(case, feelings, supporter, head.identity.text if head.identity else ""),
        talks=talks,
        letters=letters,
        history=history.newest_first(
            (line for line in lines if line.what not in ACCESS_STEPS), names
        ),
        looks=history.newest_first((line for line in lines if line.what in ACCESS_STEPS), names),
        planned=[*_planned(case, found)],
        may_correct=bool(case.steps & {Step.CORRECT_TALK, Step.STRIKE_TALK}),
        correct_try=_correct_try(case, lines),
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
    return render_template("staff/case/statement.html", case=case, head=heading(case), words=None)


@staff.post("/case/<case_id>/words")
@guard.only(*guard.STAFF)
def open_statement(case_id: str) -> ResponseReturnValue:
    """Show what the child said, and keep that it was opened: here is the button that says so."""
    with act(case_id) as acting:
        words, case = words_of(opened_words.open_statement(acting)), of_case(acting)
    return render_template(
        "staff/case/statement.html",
        case=case,
        head=heading(case),
        words=words,
        acknowledge=acknowledging.ACKNOWLEDGE if Step.ACKNOWLEDGE in case.steps else None,
    )


def _correct_try(case: CaseFile, lines: list[HistoryEvent]) -> str:
    """Return where a try is put right; empty where there is none, or it is not theirs to do."""
    if Step.CORRECT_ATTEMPT not in case.steps or not any(contact_log.put_right(lines).values()):
        return ""
    return place(Step.CORRECT_ATTEMPT, case.id)


def _planned(case: CaseFile, found: Tries) -> Iterator[str]:
    """Yield what is arranged and planned, which is no promise."""
    if case.meeting_at:
        yield _("%(what)s.", what=meeting_words(case.meeting_at, context.today()))
    if found.count and found.last_on:
        yield ngettext(
            "Tried once to reach the child, on %(day)s.",
            "Tried %(num)d times to reach the child, last on %(day)s.",
            found.count,
            day=short_year(found.last_on),
        )
    if case.next_attempt_on:
        yield _("The next attempt is on %(day)s.", day=short_year(case.next_attempt_on))


def _about(
    case: CaseFile, feelings: Answers, supporter: CheckedSupporter | None, identity: str
) -> list[tuple[str, str]]:
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
            *_felt(told_us.door, feelings),
            (_("Wants a supporter"), labels.supporter(case.child.supporter)),
            *_checked(supporter),
            (_("Who it is, against the case file"), identity),
            (_("Member of staff concerned"), ", ".join(map(_concerned, desk.about))),
        ]
    return [
        *facts,
        (_("May the board see the words, without names?"), _("Yes") if told_us.share else _("No")),
        (_("Pages that the child chose"), labels.look(case.child.look)),
        *_stopped(case),
        *_ended(told_us),
        (_("Area"), desk.area or _("Not known yet")),
        (_("Office"), desk.office or ""),
        (_("Allocated to"), desk.manager.name if desk.manager else _("Not allocated yet")),
    ]


def _concerned(worker: NamedWorker) -> str:
    return worker.name if worker.certain else _("perhaps %(name)s", name=worker.name)


def _felt(door: Door, feelings: Answers) -> Iterator[tuple[str, str]]:
    """Yield what the child ticked about how they feel, under the question that asked for it."""
    for screen, _field, texts in answered(door, feelings, OF_WORDS):
        yield str(screen.title), ", ".join(texts)


def _checked(supporter: CheckedSupporter | None) -> Iterator[tuple[str, str]]:
    if supporter:
        yield _("Supporter checked"), labels.of(supporter.result)


def _stopped(case: CaseFile) -> Iterator[tuple[str, str]]:
    if case.withdrawn_on:
        yield _("The child asked us to stop"), short_year(case.withdrawn_on)


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
