"""Dialects: how a kind of docs writes its field tables. Words are data in generator/dialects; this room reads, checks and detects them."""
