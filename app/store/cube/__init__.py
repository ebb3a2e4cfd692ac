"""All quotes as columns in memory, for what no table of counts knows; ``docs/decisions/0021`` says why."""
