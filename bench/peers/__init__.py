"""ODK's engines, to compare our expressions with."""
