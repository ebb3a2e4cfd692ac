"""A list of quotes as a file: the same quotes in the same order as on the page, all of its pages."""
