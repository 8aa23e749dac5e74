"""A demonstration: an invented service with invented children, played through the real services.

``stories`` and ``past`` say what happens, ``acts`` what staff can do, ``playing`` makes it happen.
Nobody here exists; the children have names out of story books.
"""
