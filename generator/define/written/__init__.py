"""Pages that people write by hand: which tables are field tables (verdict.py), and whose (owner.py)."""
