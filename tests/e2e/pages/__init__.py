"""The pages of the site as the people who use them see them."""
