"""What the words mean: typed tables and small frozen values; no files, no solver, no geometry."""
