"""Text of a file in, located parts of a page out. Knows nothing of types and models."""
