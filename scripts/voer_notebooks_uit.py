"""Run every notebook and keep it with what it says: ``notebooks/NAME.py`` becomes ``notebooks/NAME.ipynb``.

    python -m scripts.voer_notebooks_uit

The same sources give the same file: no time, no path of this machine and no random names of cells stand in it.
"""

import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

FOLDER = Path(__file__).parents[1] / "notebooks"
#: What goes between notebook and kernel is encrypted where the kernel can; otherwise the kernel complains.
KERNEL = Config({"KernelManager": {"transport_encryption": "auto"}})


def sources() -> list[Path]:
    """Return the notebooks as percent scripts, in order of name."""
    return sorted(FOLDER.glob("[0-9]*.py"))


def executed(source: Path) -> Any:
    """Run a notebook in the folder where it stands and return it with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        When a cell fails.
    """
    notebook = jupytext.read(source)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cel-{number:02d}"
    place = {"metadata": {"path": str(FOLDER)}}
    client = NotebookClient(notebook, timeout=None, resources=place, record_timing=False, config=KERNEL)
    client.execute()
    notebook.metadata.pop("language_info", None)
    return notebook


def kept(notebook: Any) -> str:
    """Return a notebook as its file: with the pairing that JupyterLab follows."""
    written: Any = nbformat  # it says that it is typed, and its functions are not
    text = str(written.writes(notebook))
    return text if text.endswith("\n") else text + "\n"


def main() -> int:
    """Run and keep every notebook."""
    for source in sources():
        source.with_suffix(".ipynb").write_text(kept(executed(source)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
