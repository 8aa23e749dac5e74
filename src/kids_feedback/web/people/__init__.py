"""Who works here: pages for administrators."""
