"""The desk's page, for whoever answers for units: on a listener of its own, never the public one."""
