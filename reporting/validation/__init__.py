"""Validation rules: what figures of several forms, units or periods have to come to beside each other."""
