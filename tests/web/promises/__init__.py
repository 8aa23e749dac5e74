"""The checker of promises: every sentence that says what was done, or names a day, has its fact."""
