"""Where the numbers of a run differ from those that ship, and the fingerprint of a folder of rules."""

import hashlib
from datetime import date
from pathlib import Path

from optimizer.rules.differences import differences, fingerprint
from optimizer.rules.parameters import Origin, Source, load

DAY = date(2026, 10, 1)
NORM = "bijstand/norm"


def test_what_ships_differs_in_nothing() -> None:
    assert differences(load(DAY)) == []
    assert differences(load(DAY, overrides={"werk/minimum_uren": 8})) == []


def test_a_difference_names_both_values_with_layer_and_source() -> None:
    agreed = {"werk/minimum_uren": Origin(Source("Afspraak", page="2"), "circulaire")}
    own = load(DAY).replace({"werk/minimum_uren": 12, "gronden/straal_km": 40}, agreed)
    radius, hours = differences(own)
    assert hours == {
        "path": "werk/minimum_uren",
        "unit": "uur per week",
        "baseline": {
            "value": 8,
            "layer": "uitvoeringspraktijk",
            "source": "Wachten of Werken? (Platform31, 2024), p. 33 (https://www.platform31.nl)",
        },
        "new": {"value": 12, "layer": "circulaire", "source": "Afspraak, p. 2"},
    }
    assert (radius["path"], radius["unit"]) == ("gronden/straal_km", "km")
    assert radius["new"] == {"value": 40, "layer": "aanname", "source": "gebruiker"}


def test_a_number_that_was_not_in_force_has_no_baseline() -> None:
    norm = {"alleenstaand": 1300.0, "gehuwd": 1900.0}
    [found] = differences(load(date(2023, 6, 1), overrides={NORM: norm}))
    assert (found["path"], found["baseline"], found["new"]["value"]) == (NORM, None, norm)


def test_a_number_that_an_overlay_ends_has_nothing_new(tmp_path: Path) -> None:
    file = tmp_path / "werk" / "minimum_uren.yaml"
    file.parent.mkdir()
    file.write_text(
        'description: "x"\ndescription_en: "x"\nunit: uur per week\nlayer: aanname\nvalues:\n'
        '  2020-01-01: {value: 8, source: {title: "Bron"}}\n  2026-01-01: {value: null, source: {title: "Bron"}}\n',
        encoding="utf-8",
    )
    [found] = differences(load(DAY, [tmp_path]))
    assert (found["path"], found["baseline"]["value"], found["new"]) == ("werk/minimum_uren", 8, None)


def test_the_fingerprint_of_a_folder_follows_names_places_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "een.yaml", tmp_path / "map" / "twee.yaml"
    two.parent.mkdir()
    one.write_bytes(b"a")
    two.write_bytes(b"b")
    (tmp_path / "lees.mij").write_bytes(b"c")
    lines = [
        f"{name} {hashlib.sha256(text).hexdigest()}" for name, text in (("een.yaml", b"a"), ("map/twee.yaml", b"b"))
    ]
    assert fingerprint(tmp_path) == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert fingerprint(one) == hashlib.sha256(b"a").hexdigest()
