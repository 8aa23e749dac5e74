"""The pages about one case, and the sentences that they are made of."""
