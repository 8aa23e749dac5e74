"""The working days, for administrators."""
