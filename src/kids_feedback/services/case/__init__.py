"""One case: who may know of it, how an act on it is kept, who is notified."""
