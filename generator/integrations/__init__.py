"""fieldgen as a part of other tools: each module is what an entry point of pyproject.toml names, over one function of `project.py`."""
