"""What a run leaves behind: tables, workbook, page and receipt, in one folder."""
