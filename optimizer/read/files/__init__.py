"""Files to rows of text: which files, workbooks and CSV; nobody knows yet what the columns mean."""
