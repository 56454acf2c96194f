import csv
import pickle
import unicodedata
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.codes import normalise, resolve
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("GM0363", "GM0363"),
        (" gm0363 ", "GM0363"),
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("’S GRAVENHAGE", "GM0518"),
        ("Den Bosch", "GM0796"),
        ("Hengelo", "GM0164"),
        ("Hengelo (O)", "GM0164"),
        ("Hengelo Overijssel", "GM0164"),
        ("Rijswijk (ZH.)", "GM0603"),
        ("Bergen (NH.)", "GM0373"),
        ("Bergen (N.H.)", "GM0373"),
        ("Bergen Noord-Holland", "GM0373"),
        ("Bergen (L)", "GM0893"),
        ("gemeente Utrecht", "GM0344"),
        ("Sudwest Fryslan", "GM1900"),
        ("Zwolle (OV)", "GM0193"),
        ("Capelle a/d IJssel", "GM0502"),
        ("Alphen a.d. Rijn", "GM0484"),
        ("St. Michielsgestel", "GM0845"),
        ("Nuenen c.a.", "GM0820"),
    ],
)
def test_a_municipality_is_found_however_it_is_written(tekst: str, code: str) -> None:
    assert resolve(tekst) == code


def test_every_official_name_and_code_resolves_to_itself() -> None:
    gemeenten = load_gemeenten()
    for code, naam in zip(gemeenten.code.tolist(), gemeenten.naam.tolist(), strict=True):
        assert (resolve(code), resolve(naam), resolve(naam.upper())) == (code, code, code)


def test_every_merged_municipality_resolves_to_its_successor() -> None:
    tabel = files("geodata") / "data" / "herindelingen.csv"
    rows = list(csv.DictReader(tabel.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 14
    for row in rows:
        assert resolve(row["oude_code"]) == resolve(row["oude_naam"]) == row["gemeente"]


def test_an_ambiguous_name_is_refused_with_every_municipality_it_fits() -> None:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve("Bergen")
    assert fout.value.meerduidig
    assert {code for code, _ in fout.value.kandidaten} == {"GM0373", "GM0893"}
    assert "meer dan één gemeente" in str(fout.value)


def test_a_typing_error_is_refused_with_the_likely_municipality() -> None:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve("Zwole")
    assert str(fout.value) == "'Zwole' is geen gemeente; bedoelt u Zwolle (GM0193)?"


def test_a_short_name_with_an_error_still_gets_one_suggestion() -> None:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve("Cuyk")
    assert [code for code, _ in fout.value.kandidaten] == ["GM1982"]


@pytest.mark.parametrize(("plaats", "gemeente"), [("Hoofddorp", "GM0394"), ("Bergschenhoek", "GM1621")])
def test_a_place_is_not_guessed_but_its_municipality_is_the_first_candidate(plaats: str, gemeente: str) -> None:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve(plaats)
    assert fout.value.kandidaten[0][0] == gemeente


def test_a_province_that_does_not_fit_the_name_is_refused() -> None:
    with pytest.raises(GemeenteOnbekend):
        resolve("Zwolle (Limburg)")


@pytest.mark.parametrize("tekst", ["", "   ", "gemeente", "GM9999", "xyzzy"])
def test_a_text_without_any_resemblance_has_no_candidates(tekst: str) -> None:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve(tekst)
    assert fout.value.kandidaten == ()
    assert "gebruik een CBS-code" in str(fout.value)


def test_a_bare_number_is_refused_since_it_may_be_a_postcode() -> None:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve("363")
    assert fout.value.kandidaten == (("GM0363", "Amsterdam"),)


def test_a_refusal_survives_the_road_to_another_process() -> None:
    fout = GemeenteOnbekend("Zwole", (("GM0193", "Zwolle"),))
    assert str(pickle.loads(pickle.dumps(fout))) == str(fout)  # noqa: S301


def test_normalising_twice_changes_nothing() -> None:
    for naam in load_gemeenten().naam.tolist():
        assert normalise(normalise(naam)) == normalise(naam)


@given(
    row=st.integers(0, 341),
    spelling=st.sampled_from([str.lower, str.upper, str.title]),
    accents=st.booleans(),
    apostrophe=st.sampled_from(["'", "’", "`", "ʼ", ""]),
    prefix=st.sampled_from(["", "gemeente ", "  "]),
)
def test_spelling_never_changes_which_municipality_is_meant(
    row: int, spelling: Callable[[str], str], accents: bool, apostrophe: str, prefix: str
) -> None:
    gemeenten = load_gemeenten()
    naam = str(gemeenten.naam[row]).replace("'", apostrophe)
    written = prefix + spelling(unicodedata.normalize("NFD" if accents else "NFC", naam))
    assert resolve(written) == gemeenten.code[row]


@given(st.text(max_size=30))
def test_any_text_gives_a_present_code_or_a_refusal_with_present_candidates(tekst: str) -> None:
    try:
        codes = [resolve(tekst)]
    except GemeenteOnbekend as fout:
        codes = [code for code, _ in fout.kandidaten]
    assert set(codes) <= set(load_gemeenten().index)
