"""What the young people's board may be shown: half-years, figures, small numbers."""
