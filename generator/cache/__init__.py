"""What an earlier run read and found, so that the next one does only what is new. Deleting it costs time and nothing else."""
