"""The doctor: what of the program, its surroundings and its people is well, and what is to be done about the rest."""
