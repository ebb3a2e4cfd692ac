"""The library: SQLAlchemy Core over SQLite or PostgreSQL."""
