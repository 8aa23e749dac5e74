"""What we ask a child: every question page as data, for the child's pages and the staff's."""
