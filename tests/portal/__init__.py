"""Figures leave for portals: the sender against a stand-in for DHIS2."""
