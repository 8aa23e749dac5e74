"""The pages on which steps are taken: each a form and the act behind it."""
