"""Which table gives the municipalities their room on the peildatum, and whether it is there."""

from optimizer.domain.batch import Batch
from optimizer.errors import Defect
from optimizer.read.files.workbook import SUFFIXES, sheet_file
from optimizer.rules.parameters import Parameters

REGIMES = ("taakstelling", "capaciteit")


def room_defects(batch: Batch, parameters: Parameters) -> tuple[Defect, ...]:
    """Say what is wrong with the table of room that the regime asks for, and that another table does not count."""
    regime = str(parameters["taakstelling/regime"])
    found = []
    for name in REGIMES:
        rows = len(getattr(batch, name))
        if name == regime and not rows:
            found.append(Defect("regime_zonder_bestand", _file(batch, name), value=regime))
        if name != regime and rows:
            found.append(Defect("bestand_geldt_niet", _file(batch, name), value=regime, warning=True))
    return tuple(found)


def _file(batch: Batch, name: str) -> str:
    """Return how people know a table: its file, or the sheet of a workbook."""
    books = [b.naam for b in batch.bronnen if b.naam.casefold().endswith(tuple(SUFFIXES))]
    return sheet_file(books[0], name) if books else f"{name}.csv"
