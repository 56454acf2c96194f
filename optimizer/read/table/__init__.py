"""Rows of text to typed columns: headings, cells, and the schema of what comes out."""
