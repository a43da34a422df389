"""Whole processes of `giaoban run`, several at a time, killed and started again."""
