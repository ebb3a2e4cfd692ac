"""The command line: one file a command. Each imports what is heavy inside, so that ``--help`` is quick."""
