"""How we did: what children are asked once they have their answer, and what they can tap."""

QUESTIONS = ("listened", "kept_word", "easy", "better")  # each a column of a rating
ANSWERS = ("yes", "a_bit", "no")
