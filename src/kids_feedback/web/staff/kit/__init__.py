"""What staff pages share: forms, labels, dates, translation."""
