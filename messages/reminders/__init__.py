"""What is said by the clock: reminders and their buttons."""
