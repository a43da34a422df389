"""What others are told of what somebody did: one class for each event, a file for each subject."""
