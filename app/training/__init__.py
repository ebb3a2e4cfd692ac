"""Trains the weights of the learned tagger. Needs the extra ``train``; nothing else in the house imports it."""
