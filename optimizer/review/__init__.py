"""The application of the municipalities: they check a proposed link and answer, and nothing is lost."""
