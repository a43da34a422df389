"""The running program: settings, the command line, the ear, the clerk and the speaker."""
