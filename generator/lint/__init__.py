"""Docs against themselves: what tables, references and examples say of one thing must agree."""
