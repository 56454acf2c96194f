"""What a run leaves behind: tables, workbook, page and receipt, in one folder."""

from optimizer.publish import check_free, publish
from optimizer.report.writing import Style, write_comparison, write_run

__all__ = ["Style", "check_free", "publish", "write_comparison", "write_run"]
