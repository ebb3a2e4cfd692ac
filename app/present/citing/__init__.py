"""A quote as one cites it: in a line, as Markdown and HTML, in the styles of journals, for reference managers."""
