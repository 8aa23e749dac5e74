"""What we ask a child: every screen as data, shared by the child's pages and the staff's."""
