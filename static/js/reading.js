// Filters and steps through the quotes of a text that is read in parts.
