"""One thing of each kind that can be added, with what CONTRIBUTING says is to be touched: `test_one_place_each.py` adds it to a copy.

A module for each kind: `ADDITION` says what is put where, and its tests, which run in the copy only, use what was added.
"""
