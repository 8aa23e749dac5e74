"""What children read, and the fact behind each sentence."""

from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.meetings import MeetingState
from tests.web.promises.facts import (
    Fact,
    a_case,
    both,
    broken,
    did,
    either,
    followed_up,
    has,
    late_follow_up,
    met,
    no,
    not_told_court,
    nothing_sent,
    on,
    opened_words,
    owed,
    promised,
    told_court,
    waits,
    was_delayed,
)
from tests.web.promises.mail_facts import alarm, child_not_emailed, nudge_told
from tests.web.promises.reading import Said
from tests.web.promises.stored import World

_READS = (FollowUp.MORE_WORDS, FollowUp.WORDS_AFTER_CLOSING, FollowUp.NOT_QUITE)
_ANSWERS = (FollowUp.ASKS_FOR_HEAD, FollowUp.ASKS_FOR_ADVOCATE)
_LOOKS = tuple(set(FollowUp) - set(_READS) - set(_ANSWERS))
_PASSED_ON = either(promised("pass_on"))


def _is_today(world: World, said: Said) -> bool:
    return said.names(world.today, "today")


STATUS: dict[str, Fact] = {
    "Done: You told us on %(day)s.": on("received_on"),
    "Done: We read it on %(day)s.": both(on("acknowledged_on"), opened_words()),
    "Now: We will read it by %(day)s.": owed("read"),
    "Now: We will talk on %(when)s.": met(MeetingState.AGREED, place="when"),
    "Now: We will talk by %(day)s. You choose when and where.": owed("talk"),
    "Next: We will talk by %(day)s. You choose when and where.": owed("talk"),
    "Done: We talked on %(day)s.": on("talk_on"),
    "Now: We will write to you by %(day)s.": owed("answer"),
    "Now: You will get your written answer by %(day)s.": owed("answer"),
    "Now: Your answer will be here by %(day)s.": owed("here"),
    "Next: Your answer will be here by %(day)s.": owed("here"),
    "Done: Your answer came on %(day)s.": on("delivered_on"),
    "Done: We posted your answer on %(day)s. You can read it here too.": both(
        on("posted_on"), has("delivered_on")
    ),
    "We posted it on %(day)s, but it came back. It waits here for you.": both(
        on("posted_on"), has("not_arrived")
    ),
    "We posted it on %(day)s, but to a wrong address. Sorry. It waits here for you.": both(
        on("posted_on"), has("not_arrived")
    ),
    "Done: You asked us to stop on %(day)s. We have stopped.": on("stopped_on"),
    "Now: We will pass it on by %(day)s.": owed("pass_on"),
    "Now: A manager will keep a note of it by %(day)s. We won't tell them.": owed("pass_on"),
    "Done: We passed it on by %(day)s.": on("closed_on"),
    "Your answer is late. We said %(day)s.": broken("answer", "here"),
    "We did not get in touch by %(day)s.": broken("contact", "talk"),
    "We will get in touch by %(day)s.": owed("contact"),
    "We will talk with you by %(day)s.": owed("talk"),
    "We are late. We said %(day)s. Sorry.": broken("read", "contact", "talk", "answer", "pass_on"),
    "We are late. We said %(day)s. Sorry. You can ring us and ask why.": broken(
        "read", "contact", "talk", "answer", "here", "pass_on"
    ),
    "We talked on %(day)s. Starting the next day, we count 20 days that we work on.": on("talk_on"),
    "We are late again. We said %(old)s, then %(new)s. Sorry. You can ring us and ask why.": (
        was_delayed(is_over=True)
    ),
    "We are late. We said %(old)s. It will now be %(new)s. Sorry. This is why:": was_delayed(),
    "We are late. We said %(old)s. It will now be %(new)s. Sorry.": was_delayed(),
    "We said we would talk by %(day)s. It will be later, because you picked this day.": promised(
        "talk"
    ),
    "Your meeting on %(day)s will not happen. Sorry. This is why:": met(MeetingState.CANCELLED),
    "It is set. We will talk on %(when)s.": met(MeetingState.AGREED, place="when"),
    "You told us what would be better. %(manager)s will say here if that works.": a_case(
        lambda it, _said: any(row.state is MeetingState.SUGGESTED for row in it.meetings)
    ),
}
COURT: dict[str, Fact] = {
    "You stopped this, so we do not have to tell the court.": a_case(
        lambda it, _said: bool(it.case.stopped_on and it.case.court_duty_ended_on)
    ),
    "We have not told the court yet. Sorry.": not_told_court(late=True),
    "We have not told the court yet.": either(
        not_told_court(late=False), not_told_court(late=True)
    ),
    "We told the court on %(day)s. We have not told it again yet. Sorry.": told_court(
        again=True, late=True
    ),
    "We told the court on %(day)s. We will tell it again.": told_court(again=True, late=False),
    "We told the court on %(day)s. That was late. Sorry.": told_court(again=False, late=True),
    "We told the court on %(day)s.": told_court(),
}
FOLLOWED: dict[str, Fact] = {
    "You sent us more on %(day)s.": did(FollowUp.MORE_WORDS, FollowUp.WORDS_AFTER_CLOSING),
    "You asked on %(day)s why it is late.": did(FollowUp.NUDGE),
    "You changed how we reach you on %(day)s.": did(FollowUp.CONTACT_CHANGED),
    "You changed who helps you on %(day)s.": did(FollowUp.SUPPORTER_CHANGED),
    "You picked a time on %(day)s.": did(FollowUp.MEETING_PICKED),
    "You asked on %(day)s for another time.": did(FollowUp.MEETING_SUGGESTED),
    "You said on %(day)s that you do not want to meet now.": did(FollowUp.MEETING_DECLINED),
    "You said on %(day)s that we should look into it.": did(FollowUp.WANTS_IT_AFTER_ALL),
    "You told us on %(day)s that we understood you.": did(FollowUp.UNDERSTOOD),
    "You told us on %(day)s what we did not get right.": did(FollowUp.NOT_QUITE),
    "You asked on %(day)s to talk to the manager's boss.": did(FollowUp.ASKS_FOR_HEAD),
    "You asked on %(day)s for help to find somebody who speaks up for you.": did(
        FollowUp.ASKS_FOR_ADVOCATE
    ),
    "We said we would look at it by %(day)s. We are late. Sorry.": late_follow_up(),
    "%(who)s will answer you by %(day)s.": waits(*_ANSWERS),
    "%(who)s is going to read it by %(day)s.": waits(*_READS),
    "%(who)s will look at it by %(day)s.": waits(*_LOOKS),
    "We talked with you about it on %(day)s.": followed_up(Outcome.SPOKE),
    "We wrote to you about it on %(day)s.": followed_up(Outcome.WROTE),
    "We read it on %(day)s.": both(
        followed_up(Outcome.SEEN, Outcome.DONE, Outcome.NOTHING_NEW), opened_words()
    ),
    "We looked at it on %(day)s.": followed_up(Outcome.SEEN, Outcome.DONE, Outcome.NOTHING_NEW),
    "We have told the manager's boss that you asked.": nudge_told(),
}
SENDING: dict[str, Fact] = {
    "You told us.": a_case(lambda it, _said: it.case.received_on is not None),
    "Today is %(today)s.": _is_today,
    "We will read it by %(day)s.": owed("read"),
    "A manager will write to you here by %(day)s.": owed("contact"),
    "A manager will write to you here by %(day)s. Use your secret words to read it.": owed(
        "contact"
    ),
    "A manager will ring you by %(day)s.": owed("contact"),
    "A manager will send you a letter by %(day)s.": owed("contact"),
    "A manager will email you by %(day)s.": owed("contact"),
    "A manager will ask you by %(day)s when you want to meet.": owed("contact"),
    "A manager will get in touch by %(day)s.": owed("contact"),
    "Your answer will be here by %(day)s. Use your secret words.": owed("here"),
    "Your answer will be here by %(day)s. Use your secret words to read it.": owed("here"),
    "A manager will keep a note of it by %(day)s. We won't tell them.": _PASSED_ON,
    "We will pass it on by %(day)s. We won't say it was you.": _PASSED_ON,
    "We will pass it on by %(day)s.": _PASSED_ON,
    "You can change or delete anything. Nothing has been sent yet.": nothing_sent,
    "We did not send it. Nobody has read it.": nothing_sent,
    "Your words are gone. We did not send them, and nobody has read them.": nothing_sent,
    "It was not sent. Nobody has read it.": nothing_sent,
    "It was not sent.": nothing_sent,
    "Someone was telling us something here. It was not sent.": nothing_sent,
    "Someone was telling us something here and stopped for a while. It was not sent.": nothing_sent,
    "What you told us on the pages before is gone. It was not sent.": nothing_sent,
    "What you told us on the pages before this one has been deleted. It was not sent."
    " You can tell us again when you check it all.": nothing_sent,
}
SAFETY: dict[str, Fact] = {
    "Somebody has read what you told us.": both(alarm(), opened_words()),
    "We have told somebody. They will look at it today.": both(
        alarm(decided=False, told=True), no(alarm(told=False))
    ),
    "Somebody will look at it today.": alarm(decided=False, told=True),
    "Somebody will look at it on %(day)s.": alarm(decided=False, told=True),
    "Today is %(today)s. Somebody will look at it on %(day)s.": both(
        alarm(decided=False, told=True), _is_today
    ),
}
MAIL: dict[str, Fact] = {
    "You have a new message. Go to %(address)s and use your words.": a_case(
        lambda it, _said: any(event.facts.get("emailed") for event in it.events)
    ),
    "We could not email you. The address may be wrong.": child_not_emailed(),
}
FOR_CHILDREN = STATUS | COURT | FOLLOWED | SENDING | SAFETY | MAIL
