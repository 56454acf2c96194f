"""Requests for a first link: a code says why, never a sentence."""

from dataclasses import replace

from optimizer.errors import Defect
from optimizer.read.table.typed import Tables


def reason_is_a_code(tables: Tables) -> list[Defect]:
    """Refuse a reason with a space in it; what stands there is not repeated, for it may be about a person."""
    table = tables["verzoeken"]
    sentence = table.frame["toelichting_code"].astype(str).str.contains(r"\s").to_numpy(dtype=bool)
    return [replace(d, value="") for d in table.defects("toelichting_geen_code", sentence, "toelichting_code")]
