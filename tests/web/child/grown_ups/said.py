"""What the page for grown-ups says of their complaints, and where the procedure says so."""

SAID = {
    "Tell the Cafcass worker or their manager first. That is the quickest way to put things"
    " right.": 'S4 "What to do if you have a concern"',
    "Do it while the case is still going on. The court can then hear of it before it decides.": (
        "S3 3.1"
    ),
    "When the court has decided, it is much harder.": '"How can I make a complaint?"',
    "You can, if you are one of the people whom the court case is between.": "S3 2.1",
    "You have until %(months)s months after our work on the case has ended.": "3.2",
    "Is it later than that? Then something big must have kept you from it: tell us what. If we"
    " can't take it, we write to you and say why.": "3.2",
    "A child whom a case is or was about always can.": 'S4 "Who can complain?"',
    "The Customer Service Team gets in touch. They ask what went wrong, and what you want us to"
    " do.": "S3 4.3",
    "They ask the worker too, if they can. They look at the papers of the case.": "S3 4.3",
    "They write to you %(answer)s working days after your complaint came, or sooner.": "4.10",
    "Is a hearing near? Then they write %(before)s working days before it or sooner, if they"
    " can.": "4.10",
    "The letter says how we understood you. It says what we decided and why, and what we will"
    " do.": "4.10",
    "Now and then we need more time to find out. Then we tell you how far we are.": "4.12",
    "A manager near you may put it right fast, and write to you. Not happy with that? Go on to"
    " the team.": "S3 1.5",
    "Is it about what the worker thinks is best? Then the court gets your complaint and our"
    " answer.": "S3 4.6",
    "Other complaints may go to the court too, if they matter for the case.": "S3 4.6",
    "Is there a mistake in a report? We mend it or tell the court, before the next hearing if we"
    " can.": "4.7",
    "Do you need help to tell us? Say what would help you.": "1.4",
    "We don't take words that try to scare or hurt people. You can send it again in other"
    " words.": "3.4",
    "We don't use what was taped in secret.": "3.3",
    "Only a court can change what a court decided. We can't.": (
        'S4 "What will the complaints team do?"'
    ),
    "You may be able to ask another court to look again: an appeal. A lawyer can tell you more.": (
        'S4 "What will the complaints team do?"'
    ),
    "You can also tell the court about our work, if the judge agrees.": (
        'S4 "What will the complaints team do?"'
    ),
    "We look into the same thing once.": "4.1",
    "After that, you can ask your MP to send it to the Ombudsman.": "4.11",
    "Tell anyone at Cafcass. The Customer Service Team writes back, in %(answer)s working days if"
    " they can.": "2.2",
    "The steps and days above are for people in a case.": "2.2",
    "Talk to the Cafcass office that you work with. They write it down and answer you.": (
        "footnote 2"
    ),
    "Their manager writes to you, in %(answer)s working days if they can.": "2.3",
    "They must have their own way to complain. Ask them for it.": "4.9",
    "Is it about them and us? Then tell us. You get one answer, or one from each.": "4.9",
}
