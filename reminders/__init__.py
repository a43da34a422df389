"""The clock: once a minute, what is due by the rules is put in the outbox."""
