"""What `scripts/bundle` and `scripts/licences` work with: locks, wheels, licences, the list of what is inside."""
