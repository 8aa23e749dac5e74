"""What says no deed and no day of a case, by the reason; each string stands once."""

from tests.web.child.grown_ups.said import SAID

ASKED = (  # a question, an answer that can be picked, or a button: nobody says yet that it is so
    "Ask us to read it to you",
    "Ask why it is late",
    "Ask why this is late",
    "Can somebody else read it?",
    "Does anyone else read your email?",
    "Has the child been told?",
    "Have you told the person who was praised?",
    "I have read it",
    "I have read the contact rules",
    "I reached the child, who asked for another time",
    "I read this back to the child, and they said that it is right",
    "I was told what was going on",
    "It is %(time)s on %(day)s now, and a child is rung from 8 in the morning to 8 in the"
    " evening. Ring anyway? Say why.",
    "Just for Cafcass to read",
    "Just say there is a message. I'll come back here to read it",
    "Nobody told me what was going on",
    "Part one, the complaint: the court was told on",
    "Part two, what we are doing about it: the court was told on",
    "Read how to contact the child safely, then tick this.",
    "Read it now",
    "Something to read",
    "Sent a letter or an email",
    "Set up",
    "Set up your account",
    "Somebody else answered and was told nothing",
    "The child asked for: %(times)s. It is %(time)s on %(day)s now. Ring anyway? Say why.",
    "The child has been told",
    "They told me what was going on",
    "Was the answer easy to read?",
    "What has the court been told?",
    "Yes, I have told them",
    "Is the way you told us first not safe now?",
    "The first way is not safe",
    "The way I told you first is not safe now",
    "Choose what the child had told us before",
    "If the child told us the same before: which is it?",
    "The child can't be reached",
    "The child told us the same before",
    "The court has not been told after all",
    "The court is to be told after all",
    "The court need not be told",
    "Why need the court not be told?",
)
NAMED = (  # the name of a field, a part or a place; its value stands beside it
    "Nothing to be sorry for (the child does not read this)",
    "Same as my screen",
    "Child told",
    "Child told that the court will know",
    "Court told of the complaint",
    "Court told what we are doing",
    "How many children told us things?",
    "Outside these hours a child can ring (they read this)",
    "Picture for the authenticator app to read",
    "Read in time: %(amount)s",
    "What children told us",
    "What the child told us",
    "What you told us",
    "When we read it",
    "Write the part “What the child told us”",
    "What the child can read now",
)
FORM_OF_A_DAY = (  # how a day or a promise is written; the sentence around it is bound
    "%(day)s, %(time)s",
    "%(day)s, %(time)s, after school",
    "%(day)s, %(time)s, before school",
    "%(day)s. This is a late complaint, and is handled like any other.",
    "%(first)s to %(last)s",
    "%(office)s, from %(first)s",
    "%(step)s: by %(day)s",
    "It is now %(time)s on %(day)s.",
    "%(day)s. %(way)s: %(result)s",
    "%(day)s. Meeting: %(result)s",
    "%(name)s, %(age)s, %(kind)s, received %(day)s",
)
OF_NO_CASE = (  # of a device, an account, a half-year or the site
    "About %(number)s children told us that something was wrong.",
    "Call %(number)s. If you can't speak, cough or tap the phone. On a mobile, press 55 when you"
    " are told to.",
    "Choose a date from %(first)s to %(last)s.",
    "It can't be read or written",
    "Let it read this picture, or type in the letters below it.",
    "No mail server is set up",
    "Nobody can be told when a child is not safe. Add a person of customer service, or somebody"
    " to the duty list.",
    "Not set up yet",
    "Promised days that moved: %(days)s. Open cases that they are in: %(cases)s. Open cases with"
    " a meeting on that day: %(meetings)s.",
    "Signed in on %(day)s at %(time)s, last used at %(last)s.",
    "We can't read some of the signs here. Please take them out.",
    "We can't open a file here. Please write it in the box.",
    "The account is set up. Sign in with its email address, its password and a code.",
    "The half-year that ended on %(day)s can be prepared.",
    "The mail server can't be reached",
    "They must be of customer service or Heads of Practice, and have set up their sign-in. Until"
    " then children are told whom to ring, and the site stays closed.",
    "An invitation could not be sent",
    "An invitation waits to be sent to their email address. Each lasts 24 hours.",
    "An invitation was sent to their email address. Each lasts 24 hours.",
    "Opened their invitation and set up a password and a phone.",
    "The areas or offices were changed from %(before)s to %(after)s.",
    "The email address was changed from %(before)s to %(after)s.",
    "The name was changed from %(before)s to %(after)s.",
    "The role was changed from %(before)s to %(after)s.",
    "Their invitation could not be sent. Check the email address, then invite them again.",
    "This account is not set up yet.",
    "Whether they are named for what nobody else may have was changed from %(before)s to"
    " %(after)s.",
    "This is a demonstration: nothing is sent. Each message is kept here instead.",
    "Nobody works on %(day)s then. Every open day moves that counted it, and children read the"
    " new days at once.",
    "They are about everything that came in from %(first)s to %(last)s.",
    "Routed to %(area)s, from %(before)s.",
)
MEANING = (  # of a hard word
    "A short message that you read on a phone.",
    "Signs that stand for something. A phone can read some of them.",
    "To point a phone at something, so that it can read it.",
    "To take it away, so that no one can read it.",
)
ALWAYS_SO = (  # what the service does, whoever asks; the rule has its own test
    "We can't read something here, so you can't see it.",
    "We can't read something that we kept, so it is missing here. The people who run this website"
    " can find out why.",
    "We have nothing to show you yet. When something changes because of what children say, you can"
    " read it here.",
    "We only read it in work hours. If you are not safe now, call %(number)s.",
    "Sorry. We can't read something that we kept",
    "Sorry. We can't read something here",
    "This line cannot be read.",
    "cannot be read",
    "Your secret words are not shown here any more, so that nobody else can read them.",
    "A complaint that comes more than six months after that is late. It is never refused for"
    " that: get in touch with the child all the same.",
    "We will tell a manager and keep a note of it. That helps us do more of what works.",
    "A manager will read this. A small team may too. They help put things right.",
    "A small team may read it too.",
    "Bank holidays are known. Here is any other day on which nobody works. When a day is closed"
    " or opened, every day moves that a child was told and that is not over.",
    "If it was moved, the court is told part two again before the new date.",
    "First name, nickname or a made-up name. You can leave it empty. But then it may be hard to"
    " find your case and put things right.",
    "If you tick it, we will read it first.",
    "If you tick this, we will read it first.",
    "In court now? We tell the court that you are not happy.",
    "Soon is best, before the court decides. But it is never too late.",
    "It may be hard to read. Each time somebody opens it, their name and the time are recorded,"
    " and shown below.",
    "It may be hard to read. Each time somebody opens it, their name and the time are recorded,"
    " and shown in the case summary.",
    "More to say? Soon is best, before the judge decides. But it is never too late.",
    "Needed if that was more than six months before the child told us.",
    "Needed unless you reached the child. The queue shows it to you on that day.",
    "Only if the child agrees. Then it is looked into and answered, and the court is told where"
    " proceedings are ongoing.",
    "Only when the child has lost theirs. Make sure first that it is this child: somebody else"
    " may want to read the answer.",
    "Some of what children say here may be hard to read, or close to home. You can skip any"
    " part, take a break or stop. Nobody will ask you why.",
    "Someone at Cafcass will read it. It won't go on the tree.",
    "Something to add? Soon is best, before the court decides. But it is never too late.",
    "Soon is best, before the judge decides. And it is never too late.",
    "The case leaves the queue. The child can still read everything.",
    "The court is not told of it: this is not a complaint.",
    "The court is told both parts before the day of the hearing. You can save one at a time.",
    "If your case is still going on, we tell the court about your complaint.",
    "The court must soon be told about %(num)d.",
    "A manager and their boss read it.",
    "The person is told only if the child said so.",
    "This is in English. We can read it to you.",
    "We keep this apart from what you told us. Nobody can see that it was you.",
    "We read it first. Then it can go on the tree.",
    "We read it first. We take off names.",
    "We will read it. It will not go on the tree.",
    "We won't show it to your parents or carers. But if the court is told, people in the case"
    " may find out.",
    "When a child ticks that they are not safe, these people get an email at once, and again"
    " every %(minutes)s minutes in duty hours, until somebody records a decision. Where nobody of"
    " the area is on duty, those for all areas are told; else customer service; else everybody on"
    " this list.",
    "You can read it now, later, or with someone you trust.",
    "You can read it now. You can read it later. You can read it with someone.",
    "You see when each came in and where, and nothing of what the child said. Whoever gets a"
    " case is told by email.",
    "Somebody else may see the screen: repeat nothing that the child told us.",
    "That the child can't be reached may be said after %(number)s attempts, and before any talk.",
    "The child can read what was decided, and say that it is not right.",
    "The child does not see this. They read, in simple words, what was decided.",
    "We think you told us this before. We keep the two together.",
)
WHAT_FOLLOWS = (  # what a press will do, or why it cannot be done
    "Tick those that are not from children, and read them together.",
    "Read each one. Take the tick away where it may be from a child. Those you leave ticked are"
    " closed without an answer, each with your reason in its history. You can open each again,"
    " and so can a child with the secret words.",
    "Read the ticked ones",
    "Tick those first that you want to read together.",
    "Another website sent you here. If you leave, what you wrote here will be gone. We won't get"
    " it.",
    "The child does not read this. Whoever approves the answer does.",
    "Before you can approve it, open what the child said: only who has read it can say that this"
    " answers it.",
    "Do this when the answer has gone out. From then on the child can read it with the secret"
    " words, too.",
    "Open what the child said first. Only who has read it can approve the answer.",
    "Saved. The child can read why with the secret words; tell them by their preferred method,"
    " too.",
    "Sent once more on %(day)s",
    "The answer then waits behind the secret words, the child is told so there, and you can"
    " record another delivery.",
    "The child did not agree that they may be told.",
    "The child is told that a promise is missed, why, and the new date. The promise stays as it"
    " was, and is counted as missed.",
    "The child then sees that you have read it, and gets an email if that is safe.",
    "The court was not told before the hearing. Tell it now; then the case can be closed.",
    "Then we won't get it.",
    "We offer you some days and places. You pick.",
    "You have not read it back to the child yet.",
    "From then on the child can read it with the secret words, too.",
    "If it was recorded by mistake, or with a wrong date. It is to be told again then, and the"
    " child reads that the court does not know yet.",
    "If there was no such talk on %(day)s, or it was with another child. The child can read that"
    " this was our mistake. If no other talk is left, no date of an answer is promised any more.",
    "Needed if nobody has reached the child, and no date is set.",
    "Open what the child said first. Only who has read it can decide.",
    "First open what the child said: only who has read it knows whom it names.",
    "Open what the child said first: only who has read it can say who it is about.",
    "Open what the child said first: only who has read it knows whether it names somebody.",
    "First check who the child is against the case file: until they are found there, nothing"
    " about the case is told.",
    "Go on with nothing about the case told",
    "It was decided already that nothing about the case is told. Only that you found the child"
    " would change that.",
    "Somebody else may have written this, or hold the child's secret words. Until the child is"
    " found in the case file, nothing about the case is told. Contact with the child,"
    " acknowledging, safety and the court do not wait for it.",
    "Saved. The talk is struck, and the child can read that.",
    "Somebody else checks it first. Then the child reads the new answer, when and why it was"
    " changed, and can still read the first one.",
)
GENERAL = {
    "asked": ASKED,
    "named": NAMED,
    "form of a day": FORM_OF_A_DAY,
    "of no case": OF_NO_CASE,
    "meaning": MEANING,
    "always so": ALWAYS_SO,
    "what follows": WHAT_FOLLOWS,
    "for grown-ups": SAID,
}
