"""What the pages are in JSON, and what programs send: types held to what is built by mypy."""
