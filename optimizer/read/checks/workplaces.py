"""Where in its municipality a job is: names of places made uniform, and every one that cannot be right named."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pandas as pd

from geodata.errors import WerkplaatsElders, WerkplaatsOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.workplace import by_place, locate
from optimizer.domain.batch import Batch
from optimizer.errors import Defect
from optimizer.read.table.typed import TypedTable

PLACE, POSTCODE = "werk_plaats", "werk_postcode4"
PASSED_BY = "plaats_telt_niet"
UNPLACED = "werkplaats_zonder_ligging"


def settle_places(werk: TypedTable, day: datetime.date | None) -> tuple[TypedTable, list[Defect]]:
    """Bring ``werk_plaats`` to the name in our own list of places, and say what is wrong with it.

    A place whose location is not known here is emptied with a warning: distances are then to the centre.
    """
    names, defects = _places(werk, day)
    return replace(werk, frame=werk.frame.assign(**{PLACE: names})), defects


def _places(werk: TypedTable, day: datetime.date | None) -> tuple[pd.Series, list[Defect]]:
    """Return the uniform names ("" where none or not known) and what is wrong with the names as written."""
    frame = werk.frame
    named = np.flatnonzero((frame[PLACE] != "") & (frame["werk_gemeente"] != ""))
    pairs = {i: (str(frame[PLACE].iat[i]), str(frame["werk_gemeente"].iat[i])) for i in named.tolist()}
    answers = {pair: _look_up(*pair, day) for pair in pairs.values()}
    rows = {pair: [i for i, p in pairs.items() if p == pair] for pair in answers}
    names, defects = [""] * len(frame), []
    for (naam, code), (found, problem, details) in answers.items():
        here = rows[naam, code]
        told = {**details, "gemeente": _label(code), "aantal": str(len(here))}
        if problem == UNPLACED:
            defects.append(Defect(UNPLACED, werk.file, int(werk.rows[here[0]]), PLACE, naam, told, warning=True))
        elif problem:
            mask = np.isin(np.arange(len(frame)), here)
            defects += werk.defects(problem, mask, PLACE, dict.fromkeys(here, told))
        for i in here:
            names[i] = found
    return pd.Series(names, index=frame.index, dtype="str"), defects


def _look_up(naam: str, code: str, day: datetime.date | None) -> tuple[str, str, dict[str, str]]:
    """Return the uniform name of a place, or the code of what is wrong with it and the words for that."""
    try:
        plek = locate(naam, code, day)
    except WerkplaatsElders as error:
        return "", "werkplaats_elders", {"elders": _joined(f"{n} ({c})" for c, n in error.elders)}
    except WerkplaatsOnbekend as error:
        return "", "werkplaats_onbekend", {"kandidaten": _joined(error.kandidaten)}
    return (plek.naam, "", {}) if plek else ("", UNPLACED, {})


def postcodes_right(werk: TypedTable, postcodes: pd.DataFrame, file: str) -> list[Defect]:
    """Refuse a postcode that the table lacks, or that it puts in another municipality."""
    gemeente = postcodes.set_index("postcode4")["gemeente"]
    written, code = werk.frame[POSTCODE], werk.frame["werk_gemeente"]
    there = written.map(gemeente)
    missing = ((written != "") & there.isna()).to_numpy(dtype=bool)
    apart = (there.notna() & (code != "") & (there != code)).to_numpy(dtype=bool)
    named = {
        i: {"bestand": file, "elders": _label(str(there.iat[i])), "gemeente": _label(str(code.iat[i]))}
        for i in np.flatnonzero(apart).tolist()
    }
    absent = {i: {"bestand": file} for i in np.flatnonzero(missing).tolist()}
    return [
        *werk.defects("postcode_niet_in_tabel", missing, POSTCODE, absent),
        *werk.defects("postcode_elders", apart, POSTCODE, named),
    ]


def postcodes_without_table(werk: TypedTable) -> list[Defect]:
    """Warn, once, of postcodes that say nothing without a table, where no place is named either."""
    only = ((werk.frame[POSTCODE] != "") & (werk.frame[PLACE] == "")).to_numpy(dtype=bool)
    if not only.any():
        return []
    first, details = int(werk.rows[only.argmax()]), {"aantal": str(int(only.sum()))}
    return [Defect("postcode_zonder_tabel", werk.file, first, POSTCODE, details=details, warning=True)]


def passed_by(werk: pd.DataFrame, postcodes: pd.DataFrame, file: str, measure: str) -> tuple[Defect, ...]:
    """Warn where jobs name their place, but distances by this measure know municipalities only."""
    count = int(((werk[PLACE] != "") | werk[POSTCODE].isin(postcodes["postcode4"])).sum())
    if by_place(measure) or not count:
        return ()
    # The table is named, not the folders that it lies in.
    details = {"aantal": str(count), "maat": PurePath(measure.partition(":")[2]).name}
    return (Defect(PASSED_BY, file, column=PLACE, details=details, warning=True),)


def with_measure(batch: Batch, measure: str) -> tuple[Defect, ...]:
    """Return the warnings of a batch where another measure may be in force than ``beleid.toml`` says."""
    others = tuple(d for d in batch.waarschuwingen if d.code != PASSED_BY)
    return (*others, *passed_by(batch.werk, batch.postcodes, "werk.csv", measure))


def _label(code: str) -> str:
    return f"{load_gemeenten().naam[load_gemeenten().index[code]]} ({code})"


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} of {last}" if first else last
