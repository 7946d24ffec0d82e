"""Reading: queries with a name, for use cases and doors."""
