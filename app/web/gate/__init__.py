"""The gate: who asks, and whether what they ask for was shared with them. Every request passes it."""
