"""What the desk does from the command line: units, forms, invitations, figures, standings, copies."""
