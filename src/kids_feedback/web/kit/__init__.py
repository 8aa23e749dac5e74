"""What every page needs of the site: who asks, in which visit, on which device."""
