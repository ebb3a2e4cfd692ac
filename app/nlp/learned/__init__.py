"""The learned tagger: what it sees, what it answers, and how its answers become attributions."""
