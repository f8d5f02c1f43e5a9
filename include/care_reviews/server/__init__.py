"""The embedded PostgreSQL server of an installation that has no server of its own."""
