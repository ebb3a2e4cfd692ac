"""How much a code book may hold."""

LONGEST_LABEL = 80
LONGEST_WORD = 200
"""Characters of a term, a name or any other word of a topic."""

MOST_WORDS = 12
"""Words of a term, which are parted by blanks."""

LONGEST_LIST = 2_000
MOST_TOPICS = 500
LARGEST_FILE = 10_000_000
"""Bytes."""
