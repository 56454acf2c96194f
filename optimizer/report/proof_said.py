"""How certain an answer is, in words: which level is open, by how much in its own unit, and whose word a proof is."""

from math import isfinite

from markupsafe import Markup

from optimizer.domain.levels import LEVELS
from optimizer.domain.voorstel import OP_HET_WOORD, Niveau, Voorstel
from optimizer.report.language import Language

LOTTERY = "loting"
#: Programs of others whose word a proof can be.
PROGRAMS = ("SCIP", "HiGHS")


def proof_said(t: Language, voorstel: Voorstel, *, link: bool = True) -> Markup:
    """Say how certain an answer is.

    Parameters
    ----------
    link
        Whether to point to the section of the levels; a page without it says so in other words.
    """
    if not voorstel.niveaus:
        return t("bewijs.geen")
    if f"bewijs.{voorstel.status}" not in t.texts:
        return t("bewijs.onbekend", status=voorstel.status)
    said = [t(f"bewijs.{voorstel.status}")]
    unsure = [n for n in voorstel.niveaus if _left(n) > 0]
    said += [_open(t, n) for n in unsure[:1]] + [t("bewijs.ook_lager") for _ in unsure[1:2]]
    words = _by_word(t, voorstel)
    said += [
        t("bewijs.op_het_woord" if program else "bewijs.op_ons_woord", program=program, levels=levels)
        for program, levels in words
    ]
    if link and (words or voorstel.status != "proven"):
        said.append(t("bewijs.zie"))
    return Markup(" ").join(said)


def _by_word(t: Language, voorstel: Voorstel) -> list[tuple[str, str]]:
    """Return each program whose word is taken (empty: ours) with what rests on it; open levels claim no proof."""
    proofs = voorstel.bewijzen or tuple((n.naam, n.bewijs) for n in voorstel.niveaus)
    sure = {n.naam for n in voorstel.niveaus if n.status == "proven"} | {LOTTERY}
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for name, kind in proofs:
        label = t.plain("bewijs.loting") if name == LOTTERY else str(t.label("niveau", name))
        told = t.plain("bewijs.tweede_keer", level=label) if name in seen else label
        seen.add(name)
        if kind in OP_HET_WOORD and name in sure:
            found.setdefault(kind if kind in PROGRAMS else "", []).append(f"‘{told}’")
    return [(program, ", ".join(levels)) for program, levels in found.items()]


def _left(n: Niveau) -> float:
    """Return how much better a level could be than the best that was found for it; 0 where that is proven.

    A level of which later ones gave something up can be open in its second turn: then that counts.
    """
    if n.status == "proven":
        return 0.0
    return max(n.grens - n.best, n.hoogste - n.waarde, 0.0)


def _open(t: Language, n: Niveau) -> Markup:
    """Say of the first level that is open how much better it could be, in its own unit."""
    unit = t.label("eenheid", n.eenheid)
    decimals = LEVELS[n.naam].decimals if n.naam in LEVELS else 4
    left = _left(n)
    if not isfinite(left):
        return t("bewijs.open_onbekend", level=t.label("niveau", n.naam))
    more = t.trimmed(left, decimals)
    return t("bewijs.open", level=t.label("niveau", n.naam), value=t.trimmed(n.waarde, decimals), more=more, unit=unit)
