"""Storage remembers: one file per thing, holding its tables, its small rules and its queries."""

from storage.db import Database, Session, Unavailable

__all__ = ["Database", "Session", "Unavailable"]
