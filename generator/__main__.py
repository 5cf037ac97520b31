"""`python -m generator` is `fieldgen`."""

from generator.cli import run

if __name__ == "__main__":
    run()
