"""What staff and children do in a story, each act through the service that really does it."""

from datetime import date

from kids_feedback.domain.contact import Method
from kids_feedback.domain.court import CaseOngoing
from kids_feedback.services import (
    answers,
    casefile,
    casework,
    conflicts,
    court,
    delays,
    talks,
    tracking,
)
from kids_feedback.services.conflicts import Named
from kids_feedback.services.delays import Promise
from kids_feedback.services.demonstration.story import Act, Scene
from kids_feedback.services.talks import Result, Way


def acknowledge(scene: Scene) -> None:
    """The Head of Practice reads it, and says so."""
    head = scene.head
    casefile.open_words(scene.session, scene.case_id, head, now=scene.now)
    casework.acknowledge(scene.session, scene.case_id, head, wording=scene.wording, **scene.moment)


def route(by: str, area: str, office: str | None = None) -> Act:
    """Somebody sends it to the area that answers for it."""
    return lambda scene: casework.route(
        scene.session,
        scene.case_id,
        scene.cast.person(by),
        area=area,
        office=office,
        **scene.moment,
    )


def give(to: str) -> Act:
    """The Head of Practice gives it to a local manager."""
    return lambda scene: casework.give(
        scene.session, scene.case_id, scene.head, manager_id=scene.cast.ids[to], **scene.moment
    )


def attempt(way: Way, result: Result, *, next_in: int | None = None, note: str = "") -> Act:
    """The manager tries to reach the child, and will again in ``next_in`` working days."""

    def act(scene: Scene) -> None:
        manager = scene.manager
        casefile.open_contact(scene.session, scene.case_id, manager, now=scene.now)
        talks.log_try(
            scene.session,
            scene.case_id,
            manager,
            way=way,
            result=result,
            next_try_on=scene.calendar.add(scene.today, next_in) if next_in else None,
            note=note,
            **scene.moment,
        )

    return act


def about(*names: str) -> Act:
    """The Head of Practice says who it is about, which takes it out of their sight."""
    return lambda scene: conflicts.name_worker(
        scene.session,
        scene.case_id,
        scene.head,
        workers=[Named(person_id=scene.cast.ids[name]) for name in names],
        **scene.moment,
    )


def talk(way: Way, *, present: str, wants: str, still_wants: bool = True) -> Act:
    """The manager and the child talk, which starts the clock if the child still wants an answer."""
    return lambda scene: talks.log_talk(
        scene.session,
        scene.case_id,
        scene.manager,
        talk_on=scene.today,
        way=way,
        present=present,
        wants=wants,
        still_wants=still_wants,
        **scene.moment,
    )


def write(**parts: str) -> Act:
    """The manager writes some of the answer. A part is one paragraph of plain words."""
    return lambda scene: answers.save(
        scene.session, scene.case_id, scene.manager, parts=_paragraphs(parts), **scene.moment
    )


def submit(**parts: str) -> Act:
    """The manager gives the answer to be checked."""
    return lambda scene: answers.submit(
        scene.session, scene.case_id, scene.manager, parts=_paragraphs(parts), **scene.moment
    )


def approve(scene: Scene) -> None:
    """The Head of Practice lets the answer go out."""
    answers.approve(scene.session, scene.case_id, scene.head, **scene.moment)


def send_back(note: str) -> Act:
    """The Head of Practice asks for a better answer."""
    return lambda scene: answers.send_back(
        scene.session, scene.case_id, scene.head, note=note, **scene.moment
    )


def deliver(how: Method) -> Act:
    """The manager gives the child the answer."""
    return lambda scene: answers.deliver(
        scene.session, scene.case_id, scene.manager, how=how, wording=scene.wording, **scene.moment
    )


def read_answer(scene: Scene) -> None:
    """The child opens the answer with the secret words."""
    tracking.read_answer(scene.session, scene.case_id, now=scene.now)


def say_late(promise: Promise, *, ahead: int, why: str) -> Act:
    """The manager tells the child of a new day, so many working days ahead, and why."""
    return lambda scene: delays.say_late(
        scene.session,
        scene.case_id,
        scene.manager,
        promise=promise,
        new_on=_ahead(scene, ahead),
        reason=why,
        wording=scene.wording,
        **scene.moment,
    )


def close(scene: Scene) -> None:
    """The Head of Practice ends it."""
    casework.close(scene.session, scene.case_id, scene.head, **scene.moment)


def pass_on(*, told: bool, note: str = "") -> Act:
    """The Head of Practice deals with a compliment, which ends it."""
    return lambda scene: casework.pass_on(
        scene.session, scene.case_id, scene.head, told=told, note=note, **scene.moment
    )


def no_case(scene: Scene) -> None:
    """The Head of Practice finds that no case goes on in court."""
    court.set_ongoing(
        scene.session, scene.case_id, scene.head, ongoing=CaseOngoing.NO, **scene.moment
    )


def hearing(ahead: int) -> Act:
    """The Head of Practice notes a hearing, so many working days after that day."""
    return lambda scene: court.set_hearing(
        scene.session, scene.case_id, scene.head, hearing_on=_ahead(scene, ahead), **scene.moment
    )


def tell_court(scene: Scene) -> None:
    """The manager tells the court of the complaint, and of what is being done."""
    court.tell_court(
        scene.session,
        scene.case_id,
        scene.manager,
        complaint_on=scene.today,
        doing_on=scene.today,
        **scene.moment,
    )


def tell_child(scene: Scene) -> None:
    """The manager tells the child that the court will know."""
    court.tell_child(scene.session, scene.case_id, scene.manager, **scene.moment)


def _ahead(scene: Scene, working_days: int) -> date:
    return scene.calendar.add(scene.today, working_days)


def _paragraphs(parts: dict[str, str]) -> dict[str, str]:
    return {name: f"<p>{words}</p>" for name, words in parts.items()}
