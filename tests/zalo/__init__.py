"""Zalo as a channel: the whole program beside a simulated Zalo."""
