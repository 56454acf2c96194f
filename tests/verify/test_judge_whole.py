"""Verdicts, frozen in oordelen/: a few word for word, the others a row for each thing that was found or counted.

What a row leaves out (sentence, rule, source) follows from its code; ``test_judge_sentences`` looks at each of those.
A change that is meant: ``python -m tests.verify.test_judge_whole`` writes the files anew; read the difference.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial, reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from optimizer.domain.eisen import Eisen
from optimizer.verify import Oordeel, judge, judge_link
from tests.verify.maand import MAAND
from tests.verify.test_judge_month import BIND, BROKEN, TABLES, verdict
from tests.verify.zaken import (
    AMSTERDAM,
    DEN_HAAG,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    batch,
    hard,
    lijn,
    parameters,
    voorstel,
)

FOLDER = Path(__file__).parent / "oordelen"
ROWS = FOLDER / "rijen.txt"
#: Word for word.
WHOLE = (
    "maand_goed",
    "bont_ver",
    "bont_zonder_opgave",
    "koppeling_bont_A",
    "koppeling_bont_D_vast",
    "koppeling_maand_H4",
)

#: Jobs of every kind, grounds of every kind, and everything that the law and the input can hold.
BONT = batch(
    [
        {"huishouden_id": "A", "aantal_personen": 2, "nareis_verwacht": 3, "vergunning_datum": "2026-08-15"},
        {"huishouden_id": "B", "aantal_personen": 6, "verwachte_verhuisdatum": "2026-11-01"},
        {
            "huishouden_id": "C",
            "uitgesloten_gemeenten": f"{ZWOLLE} {GRONINGEN}",
            "woning_nodig": "toegankelijke_woning",
        },
        {"huishouden_id": "D", "vastgezet_gemeente": ROTTERDAM, "vastgezet_reden": "wens", "aantal_personen": 7},
        {"huishouden_id": "E", "opvang_gemeente": AMSTERDAM},
        {"huishouden_id": "F", "opvang_gemeente": GRONINGEN},
        {"huishouden_id": "G", "opvang_gemeente": AMSTERDAM, "verwachte_verhuisdatum": "2027-02-28"},
        {"huishouden_id": "H", "opvang_gemeente": AMSTERDAM, "vergunning_datum": "2026-10-01"},
    ],
    personen=[{"persoon_id": f"P{h}{i}", "huishouden_id": h} for h in "ABCDEFGH" for i in (1, 2)],
    werk=[
        hard("PA1", UTRECHT, contract_maanden=6),
        hard("PA2", ROTTERDAM, uren_per_week=16.0, via_uitzendbureau="ja"),
        hard("PB1", ZWOLLE, contract_einde="2026-10-31"),
        hard("PB2", ZWOLLE, contract_einde="2026-11-01"),
        hard("PC1", AMSTERDAM, contract_begin="2026-08-31", contract_maanden=6, uren_per_week=40.0),
        hard("PC2", MAASTRICHT, uren_per_week=60.0, soort="zelfstandig"),
        hard("PD1", UTRECHT, uren_per_week=8.0),
        hard("PD2", UTRECHT, uren_per_week=7.9),
        hard("PE1", AMSTERDAM, loonstrook_gezien="nee"),
        hard("PE2", AMSTERDAM, uren_per_week=20.0),
        hard("PF1", GRONINGEN, contract_getekend="", soort=""),
        hard("PF2", GRONINGEN),
        # The move is on 2027-02-28: the first contract ends on the day before, the second on that day.
        hard("PG1", UTRECHT, contract_begin="2026-08-31", contract_maanden=6),
        hard("PG2", UTRECHT, contract_begin="2026-09-01", contract_maanden=6),
        # The move is twelve weeks after the peildatum, on 2026-12-24.
        hard("PH1", ZWOLLE, contract_begin="2026-06-24", contract_maanden=6, uren_per_week=6.0),
        hard("PH2", ZWOLLE, contract_begin="2026-06-25", contract_maanden=6, uren_per_week=6.0),
    ],
    gronden=[
        {"huishouden_id": "A", "grond": "studie", "gemeente": AMSTERDAM, "bewijs": "inschrijving"},
        {"huishouden_id": "B", "grond": "gezin", "gemeente": GRONINGEN},
        {"huishouden_id": "B", "grond": "medisch", "gemeente": UTRECHT, "bewijs": "verklaring"},
        {"huishouden_id": "E", "grond": "netwerk", "gemeente": UTRECHT},
        {"huishouden_id": "F", "grond": "gezin", "gemeente": UTRECHT, "bewijs": ""},
    ],
    opgave={UTRECHT: 6, AMSTERDAM: 3, ROTTERDAM: 5, ZWOLLE: 2, GRONINGEN: 1},
    capaciteit=[{"gemeente": g, "capaciteit": n, "gekoppeld": 1} for g, n in ((UTRECHT, 4), (AMSTERDAM, 2))],
    overeenkomsten=[
        {"gemeente": AMSTERDAM, "vanaf": "2026-10-01", "effect": "blijft"},
        {"gemeente": UTRECHT, "vanaf": "2026-01-01", "tot_en_met": "2026-12-31", "effect": "weegt_mee"},
        {"gemeente": GRONINGEN, "vanaf": "2026-10-02", "effect": "blijft"},
    ],
    woningen=[
        {"gemeente": UTRECHT, "soort": "grote_woning", "aantal": 1},
        {"gemeente": AMSTERDAM, "soort": "toegankelijke_woning", "aantal": 1},
        {"gemeente": ROTTERDAM, "soort": "toegankelijke_woning", "aantal": 2},
    ],
)
NEAR = {
    "A": UTRECHT,
    "B": UTRECHT,
    "C": AMSTERDAM,
    "D": ROTTERDAM,
    "E": AMSTERDAM,
    "F": GRONINGEN,
    "G": ZWOLLE,
    "H": UTRECHT,
}
FAR = {"A": DEN_HAAG, "B": ZWOLLE, "C": UTRECHT, "D": UTRECHT, "E": GRONINGEN, "F": "", "G": UTRECHT, "H": MAASTRICHT}
REGIONAL = Eisen("regio", arbeidsmarktregio_bindt=True, koppelregio="alleen_met_grond", gronden_binden=False)
KANSEN = {
    name: np.add.outer(np.arange(0, 8000, 1000), np.arange(342)).astype(np.int32)
    for name in ("kans_werk", "kans_beste_gezinslid")
}


def alternatives(*texts: str) -> dict[str, list[str]]:
    return {f"alternatief_{i}": [text] * 8 for i, text in enumerate(texts, start=1)}


def all_wrong() -> Oordeel:
    """Everything wrong that can be wrong in the month at once; of what bites another the last one counts."""
    tables = {
        name: reduce(lambda t, b: b[1](t), [b for b in BROKEN if b[0] == name], table.reset_index(drop=True))
        for name, table in TABLES.items()
    }
    more = voorstel({"H5": "Utregt", "H7": "Utrecht"}, status=["x", "y"], alternatief_1=["GM0344 0 loting", ""])
    tables["voorstel"] = pd.concat([more, tables["voorstel"]], ignore_index=True).fillna("")
    rows = len(tables["voorstel"])
    return judge(
        MAAND,
        tables["voorstel"],
        parameters=parameters(),
        eisen=replace(BIND, koppelregio="binden"),
        kans_werk=np.linspace(0.1, 0.9, rows),
        banen=tables["banen"].assign(verwacht_verloren="0,5", afstand_km="12,3"),
        taakstelling=tables["taakstelling"],
        uitzonderingen=tables["uitzonderingen"],
    )


def twice_and_unknown() -> Oordeel:
    """Rows that stand twice, and rows about what does not exist, in every table."""
    wanted = ("_dubbel", "_onbekend")
    return verdict(
        {
            name: reduce(lambda t, b: b[1](t), [b for b in BROKEN if b[0] == name and b[2].endswith(wanted)], table)
            for name, table in TABLES.items()
        }
    )


def mixed(links: dict[str, str], eisen: Eisen | None = None, **said: Any) -> Oordeel:
    rules = {name.replace("__", "/"): value for name, value in said.pop("rules", {}).items()}
    return judge(
        BONT,
        voorstel(links, **said.pop("columns", {})),
        parameters=parameters().replace(rules),
        eisen=eisen,
        chances=KANSEN,
        **said,
    )


ZAKEN: dict[str, Callable[[], Oordeel]] = {
    "maand_goed": verdict,
    "maand_zonder_beleid": lambda: verdict(eisen=None),
    "maand_alles_fout": all_wrong,
    "maand_dubbel_en_onbekend": twice_and_unknown,
    "bont_dichtbij": lambda: mixed(NEAR, BIND, kans_werk=np.linspace(0.1, 0.8, 8)),
    "bont_ver": lambda: mixed(FAR, bekend=0.5, seed=3),
    "bont_regio": lambda: mixed(FAR, REGIONAL, bekend=0.5, seed=3),
    "bont_zonder_opgave": lambda: mixed(FAR, Eisen("zonder_opgave", opgave_geldt=False, bij_tekort="uitzondering")),
    "bont_capaciteit": lambda: mixed(NEAR, rules={"taakstelling__regime": "capaciteit", "nareis__telt_mee": True}),
    "bont_alternatieven": lambda: mixed(
        NEAR,
        BIND,
        columns=alternatives(
            f"{ROTTERDAM} +0,5000 verwacht_behouden", "Zwolle 3 zachte_punten", f"{AMSTERDAM} 0 loting"
        ),
        niveaus=("personen_gekoppeld", "verwacht_behouden", "kans_werk", "zachte_punten"),
    ),
    "bont_capaciteit_tabel": lambda: mixed(
        NEAR, rules={"taakstelling__regime": "capaciteit"}, taakstelling=TABLES["taakstelling"]
    ),
    "bont_tabel": lambda: mixed(NEAR, taakstelling=TABLES["taakstelling"], uitzonderingen=TABLES["uitzonderingen"]),
    "bont_woningen": lambda: mixed(FAR, columns=alternatives(AMSTERDAM, ROTTERDAM, UTRECHT)),
    "bont_geen_opgave_over": lambda: mixed(
        NEAR, Eisen("zonder_opgave", opgave_geldt=False), columns=alternatives(MAASTRICHT, f"{ROTTERDAM} 0 kans_werk")
    ),
    "bont_niveaus": lambda: mixed(
        NEAR, columns=alternatives("Zwolle 9 kans_werk", "Rotterdam 9 kans_tot_loting", "Den Haag 9 nabij_opvang")
    ),
}
#: Room comes from ``capaciteit`` where the name says so.
LINKS: dict[str, tuple[Any, str, str, Eisen | None, float]] = {
    **{f"maand_{h}": (MAAND, h, g, BIND, 1.0) for h, g in (("H1", UTRECHT), ("H3", MAASTRICHT), ("H4", AMSTERDAM))},
    **{f"bont_{h}": (BONT, h, FAR[h] or UTRECHT, REGIONAL, 1.0) for h in "ABCDEFGH"},
    "bont_A_onbekend": (BONT, "A", ROTTERDAM, None, 0.0),
    "bont_A_capaciteit": (BONT, "A", AMSTERDAM, None, 1.0),
    "bont_E_capaciteit": (BONT, "E", AMSTERDAM, BIND, 1.0),
    "bont_D_vast": (BONT, "D", ROTTERDAM, BIND, 1.0),
    "bont_C_vol": (BONT, "C", MAASTRICHT, BIND, 1.0),
    "bont_B_hier": (BONT, "B", UTRECHT, Eisen("zonder_opgave", opgave_geldt=False), 1.0),
}


def rounded(value: Any) -> Any:
    """Return a value as JSON holds it, numbers to nine decimals."""
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else round(float(value), 9)
    return value


def as_data(oordeel: Oordeel) -> dict[str, Any]:
    return {
        "overtredingen": [asdict(b) for b in oordeel.overtredingen],
        "uitzonderingen": [asdict(b) for b in oordeel.uitzonderingen],
        "niet_gekoppeld": [asdict(b) for b in oordeel.niet_gekoppeld],
        "tellingen": {name: rounded(value) for name, value in oordeel.tellingen.items()},
        "banen": [{str(k): rounded(v) for k, v in row.items()} for row in oordeel.banen.to_dict("records")],
    }


def link_data(name: str) -> list[dict[str, Any]]:
    zaak, h, g, eisen, bekend = LINKS[name]
    rules = parameters(taakstelling__regime="capaciteit") if name.endswith("capaciteit") else parameters()
    return [asdict(t) for t in judge_link(zaak, h, g, parameters=rules, eisen=eisen, bekend=bekend)]


def rows_of(name: str, data: Any) -> list[str]:
    """One line for each finding, count, outcome of a job and rule put to a link."""
    if isinstance(data, list):
        return [_line(name, rule["regel"], rule["uitslag"], rule["gevonden"], rule["toegestaan"]) for rule in data]
    found = [*data["overtredingen"], *data["uitzonderingen"], *data["niet_gekoppeld"]]
    return [
        *(_line(name, *(b[k] for k in ("code", "huishouden_id", "gemeente", "gevonden", "toegestaan"))) for b in found),
        *(_line(name, "telling", key, value) for key, value in data["tellingen"].items()),
        *(
            _line(name, "baan", *(job[k] for k in ("baan_id", "uitkomst", "oorzaak", "verwacht_verloren")))
            for job in data["banen"]
        ),
    ]


def _line(*cells: Any) -> str:
    return "|".join("" if cell is None else str(cell) for cell in cells)


def verdict_data(make: Callable[[], Oordeel]) -> Any:
    return as_data(make())


def verdicts() -> dict[str, Callable[[], Any]]:
    """Every case, as plain data."""
    of_links: dict[str, Callable[[], Any]] = {f"koppeling_{name}": partial(link_data, name) for name in LINKS}
    return {**{name: partial(verdict_data, make) for name, make in ZAKEN.items()}, **of_links}


@pytest.mark.usefixtures("op_de_lijn")
@pytest.mark.parametrize("name", WHOLE)
def test_the_verdict_is_the_same_word_for_word(name: str) -> None:
    assert verdicts()[name]() == json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("op_de_lijn")
@pytest.mark.parametrize("name", sorted({*verdicts()} - {*WHOLE}))
def test_the_verdict_finds_and_counts_the_same(name: str) -> None:
    frozen = [line for line in ROWS.read_text(encoding="utf-8").splitlines() if line.startswith(f"{name}|")]
    assert rows_of(name, verdicts()[name]()) == frozen


def test_no_verdict_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {*WHOLE}
    named = {line.partition("|")[0] for line in ROWS.read_text(encoding="utf-8").splitlines()}
    assert named == {*verdicts()} - {*WHOLE}


def write() -> None:
    """Write every verdict anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("optimizer.verify.case.matrix", lijn)
        found = {name: make() for name, make in verdicts().items()}
    for name in WHOLE:
        text = json.dumps(found[name], ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    lines = [line for name, data in found.items() if name not in WHOLE for line in rows_of(name, data)]
    ROWS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    write()
