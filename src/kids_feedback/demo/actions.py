"""What staff and children do in a story, each act through the service that really does it."""

from datetime import date

from kids_feedback.demo.story import Scene, Turn
from kids_feedback.domain.case.answer import to_keep
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.case.people import complained_about
from kids_feedback.services.casework import conflicts, delay_notices, identity, workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.casework.contact import contact_log, letters
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.court import court_notice, hearings
from kids_feedback.services.child import case_status
from kids_feedback.services.child import letters as child_letters
from kids_feedback.services.reading import opened_words


def acknowledge(scene: Scene) -> None:
    """The Head of Practice reads it, and says so."""
    opened_words.open_statement(scene.act(scene.head))
    workflow.acknowledge(scene.act(scene.head))


def route(by: str, area: str, office: str | None = None) -> Turn:
    """Somebody sends it to the area that answers for it."""
    return lambda scene: workflow.route(scene.act(scene.cast.person(by)), area=area, office=office)


def allocate(to: str) -> Turn:
    """The Head of Practice gives it to a local manager, once it is said who it is about."""

    def act(scene: Scene) -> None:
        named = complained_about.of_case(scene.act(scene.head))
        if not named.is_settled:
            about(*(item.worker.name for item in named.people if item.certain))(scene)
        workflow.allocate(scene.act(scene.head), manager_id=scene.cast.ids[to])

    return act


def attempt(
    way: Channel, result: AttemptResult, *, next_in: int | None = None, note: str = ""
) -> Turn:
    """The manager tries to reach the child, and will again in ``next_in`` working days."""

    def act(scene: Scene) -> None:
        opened_words.open_contact(scene.act(scene.manager))
        contact_log.log_attempt(
            scene.act(scene.manager),
            why_way=_why(scene, way),
            way=way,
            result=result,
            next_attempt_on=scene.calendar.add(scene.today, next_in) if next_in else None,
            note=note,
        )

    return act


def write_to_child(text: str) -> Turn:
    """The manager writes to the child behind the secret words."""

    def act(scene: Scene) -> None:
        opened_words.open_contact(scene.act(scene.manager))
        letters.write(scene.act(scene.manager), text=text, nothing_of_case=True)

    return act


def read_letter(scene: Scene) -> None:
    """The child opens what was written to them."""
    child_letters.read(scene.act_of_child())


def _why(scene: Scene, way: Channel) -> str:
    """Return why it was another way than the child chose, where it was."""
    chosen = contact_log.chosen_ways(scene.act(scene.manager))
    return "" if way in chosen else "The child asked for it when we wrote."


def about(*names: str) -> Turn:
    """The Head of Practice says who it is about, which takes it out of their sight."""
    return lambda scene: conflicts.name_worker(
        scene.act(scene.head),
        workers=[NamedPerson(person_id=scene.cast.ids[name]) for name in names],
        none_of_them=not names,
    )


def talk(way: Channel, *, present: str, wants: str, still_wants: bool = True) -> Turn:
    """The manager and the child talk, which starts the clock if the child still wants an answer."""
    return lambda scene: contact_log.log_talk(
        scene.act(scene.manager),
        talk_on=scene.today,
        way=way,
        present=present,
        wants=wants,
        still_wants=still_wants,
        why_way=_why(scene, way),
    )


def find_in_case_file(scene: Scene) -> None:
    """The manager finds the child in the case file."""
    identity.record_check(
        scene.act(scene.manager),
        result=Identity.FOUND,
        who="The name, the age and the office are those of the child in the case file.",
    )


def not_in_case_file(note: str) -> Turn:
    """The manager looks for the child in the case file, and does not find them."""
    return lambda scene: identity.record_check(
        scene.act(scene.manager), result=Identity.NOT_FOUND, note=note
    )


def write(**parts: str) -> Turn:
    """The manager writes some of the answer. A part is one paragraph of plain words."""
    return lambda scene: answers.save(scene.act(scene.manager), parts=_kept(parts))


def submit(**parts: str) -> Turn:
    """The manager gives the answer to be checked, once it is known whose it is."""

    def act(scene: Scene) -> None:
        if scene.row.identity is None:
            find_in_case_file(scene)
        answers.submit(scene.act(scene.manager), parts=_kept(parts))

    return act


def approve(scene: Scene) -> None:
    """The Head of Practice lets the answer go out."""
    opened_words.open_statement(scene.act(scene.head))
    answers.approve(scene.act(scene.head))


def send_back(note: str) -> Turn:
    """The Head of Practice asks for a better answer."""
    return lambda scene: answers.send_back(scene.act(scene.head), note=note)


def deliver(how: Method) -> Turn:
    """The manager gives the child the answer."""
    return lambda scene: answers.deliver(scene.act(scene.manager), how=how)


def read_answer(scene: Scene) -> None:
    """The child opens the answer with the secret words."""
    case_status.read_answer(scene.act_of_child())


def delay_notice(promise: Promise, *, ahead: int, why: str) -> Turn:
    """The manager tells the child of a new day, so many working days ahead, and why."""
    return lambda scene: delay_notices.send_delay_notice(
        scene.act(scene.manager),
        promise=promise,
        new_on=_ahead(scene, ahead),
        reason=why,
        nothing_of_case=True,
    )


def close(scene: Scene) -> None:
    """The Head of Practice ends it."""
    workflow.close(scene.act(scene.head))


def pass_on(*, told: bool, note: str = "") -> Turn:
    """The Head of Practice deals with a compliment, which ends it."""
    return lambda scene: workflow.pass_on(scene.act(scene.head), told=told, note=note)


def no_case(scene: Scene) -> None:
    """The Head of Practice finds that no case goes on in court."""
    court_notice.set_ongoing(scene.act(scene.head), ongoing=CaseOngoing.NO, promises=scene.promises)


def hearing(ahead: int) -> Turn:
    """The Head of Practice notes a hearing, so many working days after that day."""
    return lambda scene: hearings.set_hearing(
        scene.act(scene.head), hearing_on=_ahead(scene, ahead), promises=scene.promises
    )


def tell_court(scene: Scene) -> None:
    """The manager tells the court of the complaint, and of what is being done."""
    court_notice.tell_court(
        scene.act(scene.manager),
        complaint_on=scene.today,
        doing_on=scene.today,
        promises=scene.promises,
    )


def tell_child(scene: Scene) -> None:
    """The manager tells the child that the court will know."""
    court_notice.tell_child(scene.act(scene.manager))


def _ahead(scene: Scene, working_days: int) -> date:
    return scene.calendar.add(scene.today, working_days)


def _kept(parts: dict[str, str]) -> dict[str, str]:
    return {name: to_keep(words) for name, words in parts.items()}
