"""Who works here, how they are let in, and how they sign in."""
