"""Ferries and ports."""
