"""The formats in which figures leave for portals: one file each, named in the table of `formats.py`."""
