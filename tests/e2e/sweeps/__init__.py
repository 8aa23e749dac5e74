"""Every page in a real browser, one promise after the other."""
