"""Parley: bargaining teams write one living agreement together."""
