"""A child's safety: anybody with the case raises the alarm; whoever has read it decides.

Source: docs/procedure.md, paragraph 12 (rulings R16 and R19).
"""

from dataclasses import dataclass
from datetime import datetime

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.safety import Decision, Watch
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case import alarms
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.alarms import When
from kids_feedback.services.case.events import ONE_PRESS
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.site import mail_progress
from kids_feedback.services.site.mail_progress import Progress


@dataclass(frozen=True, kw_only=True)
class AlarmRecord:
    """The last alarm of a case, as its page shows it."""

    raised_at: datetime
    told: tuple[str, ...]  # names of those to whom an email went
    on_its_way: tuple[str, ...]  # … to whom one is on its way
    not_told: tuple[str, ...]  # … to whom none got through
    next_round_at: datetime | None
    decision: Decision | None  # None: nobody has decided


@dataclass(frozen=True, kw_only=True)
class Safety:
    """What is known of a child's safety, and who can be asked now."""

    alarm: AlarmRecord | None
    on_duty: tuple[str, ...]  # names; who is so for this case, now
    has_opened: bool  # this person has opened all that the child said


def safety_of(opened: Opened, watch: Watch) -> Safety:
    """Return what is known of a child's safety."""
    when = When.of(opened, watch)
    people = alarms.on_duty(opened.session, opened.row, when)
    return Safety(
        alarm=_record(opened),
        on_duty=tuple(dict.fromkeys(person.name for person in people)),
        has_opened=alarms.has_opened(opened),
    )


def start(act: Act, watch: Watch) -> None:
    """Raise the alarm: people on duty are told at once. It needs no stage, and waits for none.

    Whoever presses at the same moment as somebody else is kept, and nobody is told twice.

    Source: docs/procedure.md, paragraph 12.
    """
    act.take(Step.SAFEGUARDING)
    when = When.of(act, watch)
    if not _was_just_told(act):
        alarms.raise_for(act.session, act.row, when)
    act.record()


def decide(act: Act, *, decision: Decision, note: str, reason: str = "") -> None:
    """Record what was done for the child, which ends the alarm; or put a decision right.

    Args:
        note: to whom it was handed over, what the child said, or why no more is needed.
        reason: why an earlier decision is put right.

    Raises:
        StepNotOpen: see ``Act.take``; or there is no alarm.
        Incomplete: no note; or no reason, where there is a decision already.
        WordsNotOpened: this person has not opened what the child said.

    Source: docs/procedure.md, paragraph 12.
    """
    act.take(Step.DECIDE_SAFETY)
    alarm = alarms.newest(act.session, act.row.id)
    if alarm is None:
        raise StepNotOpen(step=Step.DECIDE_SAFETY, state=act.row.stage)
    alarms.check_opened(act)
    before = alarm.decision
    missing = [] if note else ["note"]
    missing += ["reason"] if before and not reason else []
    if missing:
        raise Incomplete(missing=tuple(missing))
    alarm.decision, alarm.note = decision, note
    alarm.decided_at, alarm.decided_by, alarm.next_round_at = act.now, act.person_id, None
    alarms.flag(act.session, act.row, undecided=False)
    facts = {"decision": decision.value, **({"before": before.value} if before else {})}
    act.record("\n\n".join(filter(None, (note, reason))), facts)


def _was_just_told(act: Act) -> bool:
    if alarms.undecided(act.session, act.row.id) is None:
        return False
    return bool(mail_progress.by_name(act.session, act.row.id, act.now - ONE_PRESS))


def _record(opened: Opened) -> AlarmRecord | None:
    alarm = alarms.newest(opened.session, opened.row.id)
    if alarm is None:
        return None
    names = alarms.told(opened.session, alarm)
    return AlarmRecord(
        raised_at=alarm.raised_at,
        told=names[Progress.SENT],
        on_its_way=names[Progress.ON_ITS_WAY],
        not_told=names[Progress.FAILED],
        next_round_at=alarm.next_round_at,
        decision=alarm.decision,
    )
