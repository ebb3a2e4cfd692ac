"""What stands behind the network's one door, ``app.text.fetch``; nothing else opens a connection."""
