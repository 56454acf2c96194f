"""docs/kanswerk.md says what the score does: its weights and its example are recomputed."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from geodata.gemeenten import load_gemeenten
from geodata.labour import COMMUTE, SECTORS, load_vestigingen
from optimizer.fit import score
from optimizer.fit.work_nearby import participation, work_nearby
from optimizer.read import read_batch
from optimizer.rules.parameters import load

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "kanswerk.md").read_text(encoding="utf-8")
P = load(date(2026, 10, 1))
AMERSFOORT = load_gemeenten().index["GM0307"]


def nl(number: float, decimals: int | None = None) -> str:
    text = f"{number:g}" if decimals is None else f"{number:.{decimals}f}"
    return text.replace(".", ",").replace("-", "−")


@pytest.mark.parametrize("name", [n for n in P if n.startswith("fit/")])
def test_every_weight_stands_in_the_document(name: str) -> None:
    value = P[name]
    words = "; ".join(f"{k} {nl(v)}" for k, v in value.items()) if isinstance(value, dict) else nl(value)
    assert f"| `{name}` | {words} |" in DOC


def test_the_example_is_right() -> None:
    kans = score(read_batch(ROOT / "inputs" / "klein").personen, P)
    industry, everything = work_nearby(P.peildatum)[AMERSFOORT, [SECTORS.index("industrie_energie_bouw"), -1]]
    points = participation(P.peildatum)[AMERSFOORT]
    work = 0.45 * industry + 0.55 * everything
    z = -0.95 + 0.2 + 0.25 + 0.2 + work + 0.02 * points
    assert f"({nl(industry, 4)})" in DOC
    assert f"({nl(everything, 4)})" in DOC
    assert f"= {nl(work, 4)}." in DOC
    assert f"{nl(100 * load_vestigingen().arbeidsparticipatie[AMERSFOORT], 1)} procent: {nl(points, 3)}" in DOC
    assert f"= {nl(z, 4)}." in DOC
    assert f"= {nl(1 / (1 + np.exp(-z)), 4)}." in DOC
    assert kans.table[kans.profile[0], AMERSFOORT] == pytest.approx(1 / (1 + np.exp(-z)), abs=1e-12)


def test_an_establishment_at_fifty_kilometres_counts_for_four_percent() -> None:
    assert round(100 * float(COMMUTE(np.array(50.0)))) == 4
    assert "50 km telt voor 4 procent" in DOC
