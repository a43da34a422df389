"""The types of questions: how an answer is read, shown, stored and checked."""
