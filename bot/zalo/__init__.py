"""The channel Zalo: what it can do, the ear that hears, the decoder, the speaker that says."""
