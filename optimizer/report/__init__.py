"""What a run leaves behind: tables, workbook, page and receipt, in one folder."""

from optimizer.report.writing import Continued, Priced, Style, write_comparison, write_run, write_tradeoff

__all__ = ["Continued", "Priced", "Style", "write_comparison", "write_run", "write_tradeoff"]
