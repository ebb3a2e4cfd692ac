"""Bytes to an :class:`~app.domain.Article` and its paragraphs."""
