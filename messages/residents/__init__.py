"""What residents are told: figures with day, coverage and source; menus, follows, flags, open data."""
