"""Discretion: a local-first safety companion for intimate conversations with AI."""

__version__ = "0.1.0"
