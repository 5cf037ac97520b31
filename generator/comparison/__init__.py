"""Two schemas in, what has changed between them out. Pure, and nothing here knows of git, files or reports."""
