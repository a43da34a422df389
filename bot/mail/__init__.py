"""The channel e-mail: what it can do, the listener that hears, the reader of mails, the speaker that sends."""
