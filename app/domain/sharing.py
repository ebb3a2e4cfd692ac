"""What may be shared with whom."""

from __future__ import annotations

from enum import Enum, IntEnum


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    ANYONE = 0
    """Who has shown nothing: the way in, what browsers need for the locked page, and health."""
    READER = 1
    CORRECTOR = 2
    OWNER = 3


class Part(Enum):
    """How much of the library is shared, and of how much a page tells."""

    LIBRARY = "library"
    """All of it, or more than one quote, list or article."""
    LIST = "list"
    """The quotes that a filter leaves, and nothing else."""
    QUOTE = "quote"
    """One quote and its surroundings."""
    ARTICLE = "article"
    """One article and its quotes."""
