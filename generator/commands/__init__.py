"""The commands: each module has a function `run(argv)` that returns the exit code."""
