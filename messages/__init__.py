"""What is said to people: sentences, keyboards and content, by audience."""
