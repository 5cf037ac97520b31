"""A page and a dialect in, the definitions that the page documents out, their references as written."""
