"""A proposal that nobody computed: random links with tables that agree with each other, to write and to look at."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang
from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch, Bron
from optimizer.domain.voorstel import Niveau, Voorstel
from optimizer.report.language import Language
from optimizer.report.language import load as load_language
from optimizer.rules.parameters import Parameters, load

PEILDATUM = date(2026, 10, 1)
BELEIDEN = (
    ("loting", "loting", 61.3),
    ("koppelregio", "volgorde", 48.0),
    ("handmatig", "volgorde", 17.0),
    ("handmatig@0.3", "volgorde", 39.0),
    ("handmatig@0.6", "volgorde", 28.0),
    ("een_voor_een", "volgorde", 5.0),
    ("gemeente", "optimaal", 6.0),
    ("blijf", "optimaal", 9.0),
    ("straal50", "optimaal", 3.0),
    ("arbeidsmarktregio", "optimaal", 4.0),
    ("kansrijk", "optimaal", 3.0),
    ("kansrijk_zonder_verliezers", "optimaal", 3.0),
    ("beste_gezinslid", "optimaal", 3.0),
    ("zonder_opgave", "optimaal", 0.0),
)


def parameters() -> Parameters:
    return load(PEILDATUM)


def language(code: Lang) -> Language:
    """A language under the rules that ship."""
    rules = parameters()
    return load_language(code).under({name: {"value": rules[name]} for name in rules})


def batch(households: int = 40, seed: int = 7) -> Batch:
    """A batch with a job for every fifth household; municipalities in proportion to their inhabitants."""
    rng = np.random.default_rng(seed)
    g = load_gemeenten()
    draw = rng.choice(len(g), size=(3, households), p=g.inwoners / g.inwoners.sum())
    ids = [f"H{i + 1:04d}" for i in range(households)]
    size = 1 + rng.poisson(1.1, households)
    with_job = np.flatnonzero(np.arange(households) % 5 == 0)
    permit = np.datetime64("2026-08-01") + rng.integers(0, 60, households)
    opgave = np.floor(g.inwoners / g.inwoners.sum() * size.sum() * 1.15).astype(np.int64) + 1
    return Batch(
        huishoudens=pd.DataFrame(
            {
                "huishouden_id": ids,
                "aantal_personen": size,
                "vergunning_datum": permit.astype("datetime64[s]"),
                "opvang_gemeente": g.code[draw[0]].astype(object),
                "nareis_verwacht": np.where(np.arange(households) % 9 == 4, 2.0, np.nan),
                "woning_nodig": np.where(np.arange(households) % 11 == 2, "toegankelijke_woning", "").astype(object),
            }
        ),
        personen=pd.DataFrame({"persoon_id": [f"P{i[1:]}" for i in ids], "huishouden_id": ids}),
        werk=pd.DataFrame(
            {
                "baan_id": [f"B{i + 1:04d}" for i in range(len(with_job))],
                "persoon_id": [f"P{ids[i][1:]}" for i in with_job],
                "werk_gemeente": g.code[draw[1][with_job]].astype(object),
                "uren_per_week": rng.choice([4.0, 16.0, 24.5, 38.0], len(with_job)),
            }
        ),
        gronden=pd.DataFrame({"huishouden_id": [], "grond": [], "gemeente": [], "bewijs": []}),
        taakstelling=pd.DataFrame(
            {
                "gemeente": g.code.astype(object),
                "taakstelling": opgave,
                "achterstand": 0,
                "voorsprong": 0,
                "gekoppeld": 0,
                "gehuisvest": 0,
                "tijdelijk_gehuisvest": 0,
                "verschoonbaar": 0,
                "halfjaar": "2026-2",
            }
        ),
        peildatum=PEILDATUM,
        bronnen=(Bron("huishoudens.csv", "ab" * 32), Bron("werk.csv", "cd" * 32)),
    )


def voorstel(b: Batch, seed: int = 3, **changes: Any) -> Voorstel:
    """A proposal with a link, at random, for all but one in twenty-five households."""
    rng = np.random.default_rng(seed)
    g = load_gemeenten()
    n = len(b.huishoudens)
    row = rng.choice(len(g), size=n, p=g.inwoners / g.inwoners.sum())
    linked = np.arange(n) % 25 != 24
    banen = _banen(b, row, linked, rng)
    per_household = banen.groupby("huishouden_id")["baan_id"].count()
    within = banen[banen["binnen_50km"] == "ja"].groupby("huishouden_id")["baan_id"].count()
    ids = b.huishoudens["huishouden_id"]
    jobs = ids.map(per_household).fillna(0)
    grond = np.where(jobs > 0, "werk", np.where(np.arange(n) % 17 == 3, "gezin", "")).astype(object)
    grond[np.arange(n) % 34 == 20] = "medisch+gezin"
    code = np.where(linked, g.code[row], "")
    naam = np.where(linked, g.naam[row], "")
    tabel = pd.DataFrame(
        {
            "huishouden_id": ids,
            "aantal_personen": b.huishoudens["aantal_personen"],
            "gemeente": code,
            "gemeente_naam": naam,
            "arbeidsmarktregio": np.where(linked, g.arbeidsmarktregio_naam[row], ""),
            "status": np.where(~linked, "niet_gekoppeld", np.where(np.arange(n) % 50 == 7, "vastgezet", "voorgesteld")),
            "grond": grond,
            "grond_gehonoreerd": np.where(grond == "", "nvt", np.where(linked, "ja", "wacht")),
            "afstand_km": np.where(linked & (grond != ""), rng.uniform(0, 50, n), np.nan),
            "banen": jobs.astype("int64"),
            "banen_binnen_50km": np.where(linked, ids.map(within).fillna(0), np.nan),
            "verwacht_behouden": np.where(linked, 0.7 * jobs, np.nan),
            "kans_werk": np.where(linked, rng.uniform(0.1, 0.6, n), np.nan),
            "dagen_sinds_vergunning": 20 + np.arange(n) % 60,
            "reden": [f"Past binnen de opgave van {m}." if m else "Geen plaats." for m in naam],
            "alternatief_1": np.where(linked, "GM0344 -0,1250 verwacht_behouden", ""),
            "alternatief_2": "",
            "alternatief_3": "",
            "opvang_gemeente": b.huishoudens["opvang_gemeente"],
        }
    )
    out = ~linked
    fields: dict[str, Any] = {
        "beleid": "kansrijk",
        "methode": "optimaal",
        "bekend": 1.0,
        "seed": 0,
        "voorstel": tabel,
        "banen": banen,
        "taakstelling": _taakstelling(b, tabel),
        "niet_gekoppeld": pd.DataFrame(
            {
                "huishouden_id": ids[out],
                "aantal_personen": b.huishoudens["aantal_personen"][out],
                "oorzaak": "geen_plaats_binnen_50km",
                "toelichting": "Binnen 50 km van Utrecht zijn 212 plekken voor 260 mensen met een grond daar.",
                "voorstel_oplossing": "Nieuwegein neemt 2 personen meer op.",
                "bewijs": "personen",
                "bewijs_gemeenten": "GM0344 GM0356",
                "bewijs_plekken": 212,
                "bewijs_huishoudens": 90,
                "bewijs_nodig": 260,
                "bewijs_uitleg": "In Utrecht en Nieuwegein zijn 212 plekken voor 260 mensen.",
                "meer_plekken": "GM0356 2",
                "meer_plekken_minst": 2.0,
                "ruil": "",
                "grotere_straal": "",
                "oplossingen": "Meer plekken: Nieuwegein neemt 2 personen meer op.",
            }
        ).reset_index(drop=True),
        "uitzonderingen": pd.DataFrame(
            {
                "huishouden_id": ids[7::50],
                "soort": "vastgezet_buiten_straal",
                "toelichting": "Een medewerker koos deze gemeente. De medische grond in Zwolle ligt op 61,3 km.",
            }
        ).reset_index(drop=True),
        "werklijst": pd.DataFrame(
            {
                "huishouden_id": ids,
                "termijn": "2026-10-02",
                "dagen": np.sort(np.arange(n) % 40 - 20),
                "wacht_op": np.where(linked, "gemeente", "coa"),
                "gemeente": code,
                "wat": np.where(linked, "antwoorden", "plek_zoeken"),
            }
        ),
        "prognose": prognose(_taakstelling(b, tabel)),
        "koppelregio": pd.DataFrame(
            {
                "huishouden_id": ids[:3],
                "van": "Groningen, Fryslân en Drenthe",
                "naar": "Zuid-Holland en Zeeland",
                "reden": "De loting wees deze gemeente aan.",
            }
        ),
        "niveaus": (
            Niveau("personen_gekoppeld", "personen", 3021.0, 3021.0, 0.0, "proven", 3021.0, 3021.0, 3021.0),
            Niveau("verwacht_behouden", "banen", 172.418, 172.511, 0.00054, "gap", 172.418, 172.418, 172.511),
            Niveau("kans_werk", "kans", 801.2231, 802.0, 0.00097, "gap", 801.2231, 801.2231, 802.0),
            Niveau("zachte_punten", "punten", 12010.0, 12010.0, 0.0, "proven", 12010.0, 12010.0, 12010.0),
        ),
        "status": "gap",
        "reproducible": True,
        "gemeente_redenen": tabel["reden"],
        "seconden": {"verwacht_behouden": 12.3456, "kans_werk": 7.0},
    }
    return Voorstel(**{**fields, **changes})


def prognose(taakstelling: pd.DataFrame) -> pd.DataFrame:
    """A forecast in which everybody who is proposed is linked, and housed half a year later."""
    g = load_gemeenten()
    rows = g.rows(taakstelling["gemeente"].tolist())
    provincie = g.provincie[rows]
    areas = [("gemeente", str(g.code[i]), str(g.naam[i]), np.array([k])) for k, i in enumerate(rows)]
    areas += [("provincie", p, p, np.flatnonzero(provincie == p)) for p in sorted(set(provincie.tolist()))]
    areas.append(("land", "NL", "Nederland", np.arange(len(rows))))
    days = [("2027-01-01", "gehuisvest"), ("2027-04-01", "gekoppeld"), ("2027-07-01", "gehuisvest")]
    opgave, placed = (taakstelling[c].to_numpy("int64") for c in ("opgave", "voorgesteld"))
    made = []
    for soort, code, naam, inside in areas:
        for day, maat in days:
            asked, done = opgave[inside], placed[inside] * (day != "2027-01-01")
            left = np.maximum(0, asked - done)
            ends = int(left.sum()) if day == "2027-01-01" else 0
            numbers = (asked, 0, 0, done, done, left, left, ends, ends // 2, np.maximum(0, done - asked))
            counts = [int(np.sum(n)) for n in numbers]
            made.append([soort, str(code), str(naam), day, maat, *counts, len(left), int((left == 0).sum())])
    return pd.DataFrame(made, columns=uitvoer.PROGNOSE.names)


def comparison(banen: int = 200) -> pd.DataFrame:
    """A comparison in which every policy loses what the table above says."""
    rows = [_policy(beleid, methode, lost, banen) for beleid, methode, lost in BELEIDEN]
    drawn = [row for row in rows if row["methode"] == "loting" or "@" in str(row["beleid"])]
    for row in drawn:
        lost, kept = float(row["verloren_regel"]), float(row["behouden"])
        row |= {"verloren_regel_p05": lost - 9, "verloren_regel_p95": lost + 9}
        row |= {"behouden_p05": kept - 9, "behouden_p95": kept + 9}
    table = pd.DataFrame(rows, columns=uitvoer.BELEIDSVERGELIJKING.names)
    numbers = [c.name for c in uitvoer.BELEIDSVERGELIJKING.columns if c.kind not in ("id", "text")]
    return table.astype(dict.fromkeys(numbers, "float64"))


def _policy(beleid: str, methode: str, lost: float, banen: int) -> dict[str, str | float]:
    return {
        "beleid": beleid,
        "methode": methode,
        "bekend": float((beleid + "@1").split("@")[1]),
        "huishoudens": 1500,
        "personen": 3150,
        "personen_gekoppeld": 3021,
        "niet_gekoppeld": 60,
        "banen": banen,
        "banen_hard": 150,
        "binnen_50km": banen - 30 - lost,
        "verloren_regel": lost,
        "verloren_regel_hard": lost // 2,
        "al_buiten": 2,
        "loopt_af": 20,
        "banen_niet_gekoppeld": 8,
        "verwacht_verloren": lost * 0.9 + 4.1234,
        "verwacht_verloren_laag": lost * 0.7,
        "verwacht_verloren_hoog": lost * 1.3 + 9,
        "verschil_verloren_regel": lost - 17,
        "verschil_verwacht_verloren": (lost - 17) * 0.9,
        "behouden": banen - 30 - lost,
        "onbeslist": 8,
        "behouden_min": banen - 30 - lost,
        "behouden_max": banen - 22 - lost,
        "verwacht_behouden": banen - 34.1234 - lost * 0.9,
        "verschil_verwacht_behouden": (17 - lost) * 0.9,
        "behouden_hard": 120 - lost // 2,
        "behouden_niet_aangetoond": 20,
        "behouden_te_weinig_uren": banen - 170 - lost + lost // 2,
        "loon_behouden_eur": 1600 * (banen - 30 - lost),
        "loon_verloren_eur": 1600 * lost,
        "verschil_behouden": 17 - lost,
        "uren_behouden": 20.5 * (banen - 30 - lost),
        "uren_verloren": 20.5 * lost,
        "verloren_eigen_gronden": lost // 2,
        "verloren_beleid": lost - lost // 2,
        "verloren_geen_plek": 0,
        "verloren_niet_bekend": 0,
        "verloren_geen_harde_grond": 0,
        "kans_werk": 780.1234,
        "gemiddelde_afstand_km": 20 + lost,
        "gronden_niet_gehonoreerd": lost,
        "buiten_koppelregio": 400,
    }


def _banen(b: Batch, row: np.ndarray, linked: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    g = load_gemeenten()
    household = b.werk["persoon_id"].str.replace("P", "H")
    at = household.str[1:].astype(int).to_numpy() - 1
    n = len(at)
    nu, na = rng.uniform(0, 60, n), rng.uniform(0, 51, n)
    uitkomst = np.select(
        [~linked[at], rng.random(n) < 0.1, na <= 50, nu > 50],
        ["niet_gekoppeld", "loopt_af", "binnen_50km", "al_buiten"],
        "verloren_regel",
    )
    gone = ~linked[at]
    return pd.DataFrame(
        {
            "baan_id": b.werk["baan_id"],
            "persoon_id": b.werk["persoon_id"],
            "huishouden_id": household,
            "werk_gemeente": b.werk["werk_gemeente"],
            "uren_per_week": b.werk["uren_per_week"],
            "hard": np.where(b.werk["uren_per_week"] >= 8, "ja", "nee"),
            "bekend": "ja",
            "afstand_nu_km": nu,
            "gemeente": np.where(gone, "", g.code[row[at]]),
            "afstand_km": np.where(gone, np.nan, na),
            "binnen_50km": np.where(gone, "", np.where(na <= 50, "ja", "nee")),
            "uitkomst": uitkomst,
            "verwacht_verloren": np.where(gone, np.nan, np.where(uitkomst == "verloren_regel", 0.8, 0.05)),
            "verwacht_behouden": np.where(gone, np.nan, np.where(uitkomst == "verloren_regel", 0.2, 0.95)),
            "oorzaak": np.where(uitkomst == "verloren_regel", "beleid", ""),
        }
    )


def _taakstelling(b: Batch, tabel: pd.DataFrame) -> pd.DataFrame:
    g = load_gemeenten()
    voorgesteld = tabel.groupby("gemeente")["aantal_personen"].sum()
    opgave = b.opgave
    placed = voorgesteld.reindex(opgave.index, fill_value=0).astype("int64").to_numpy()
    return pd.DataFrame(
        {
            "gemeente": opgave.index,
            "gemeente_naam": g.naam.astype(object),
            "opgave": opgave.to_numpy(),
            "voorgesteld": placed,
            "rest": opgave.to_numpy() - placed,
            "schaduwprijs": np.where(placed > opgave.to_numpy(), 0.0123, np.nan),
        }
    )
