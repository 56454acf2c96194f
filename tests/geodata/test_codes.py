import csv
import html
import pickle
import re
import string
import unicodedata
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.spelling import PROVINCES, normalise, words_of
from geodata.suggest import suggestions
from geodata.tables import read_table

G = load_gemeenten()
# A province that two municipalities of one name differ in comes with the name: "Bergen (NH.)".
SHORT = [re.sub(r" \(.*\)$", "", naam) for naam in G.naam.tolist()]
APOSTROPHES = ["'", "’", "‘", "`", "´", "ʼ", "ʹ", "′", "＇", "&#39;", "&rsquo;", "&amp;#39;", ""]


def composed(naam: str) -> str:
    return unicodedata.normalize("NFC", naam)


def decomposed(naam: str) -> str:
    return unicodedata.normalize("NFD", naam)


def without_accents(naam: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", naam) if not unicodedata.combining(c))


def refused(tekst: str) -> GemeenteOnbekend:
    with pytest.raises(GemeenteOnbekend) as fout:
        resolve(tekst)
    return fout.value


def codes_of(fout: GemeenteOnbekend) -> set[str]:
    return {code for code, _ in fout.kandidaten}


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
        ("Nuenen, Gerwen en Nederwetten", "GM0820"),
        ("Nuenen, Gerwen & Nederwetten", "GM0820"),
        ("Horst a/d Maas", "GM1507"),
        ("Valkenburg a.d. Geul", "GM0994"),
        ("Gilze-Rijen", "GM0784"),
        ("Gilze & Rijen", "GM0784"),
        ("Harlingen (Friesland)", "GM0072"),
        ("Harlingen (Frl.)", "GM0072"),
        ("Noardeast-Friesland", "GM1970"),
        ("Utrecht (gemeente)", "GM0344"),
        ("'s-Gravenhage (gemeente)", "GM0518"),
        ("gem. Ede", "GM0228"),
        ("Alphen a.d.Rijn", "GM0484"),
        ("St.Michielsgestel", "GM0845"),
        ("Municipality of Utrecht", "GM0344"),
        ("&#39;s-Gravenhage", "GM0518"),
        ("Hertogenbosch, 's-", "GM0796"),
        ("Bilt, De", "GM0310"),
        ("Zwolle (GM0193)", "GM0193"),
        ("GM0193 - Zwolle", "GM0193"),
        ("Zwolle 0193", "GM0193"),
        ("gm 0193", "GM0193"),
        ("Brielle (GM0501)", "GM1992"),
        ("Bergen (GM0893)", "GM0893"),
        ("NĲMEGEN", "GM0268"),
        ("Nÿmegen", "GM0268"),
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
    spelling=st.sampled_from([str, str.lower, str.upper, str.title]),
    accents=st.sampled_from([composed, decomposed, without_accents]),
    apostrophe=st.sampled_from(APOSTROPHES),
    join=st.sampled_from(["-", " ", "", " - ", "\u2011", "\u00a0"]),
    around=st.sampled_from(
        ["{}", " {} ", "gemeente {}", "gem. {}", "Gem.{}", "{} (gemeente)", "{}, gemeente", "{} (NL)", '"{}"']
    ),
    behind=st.sampled_from(["", " ({code})", " {code}", " - {code}", ", {code}", " ({digits})"]),
)
@settings(max_examples=400)
def test_spelling_never_changes_which_municipality_is_meant(
    row: int,
    spelling: Callable[[str], str],
    accents: Callable[[str], str],
    apostrophe: str,
    join: str,
    around: str,
    behind: str,
) -> None:
    naam, code = str(G.naam[row]), str(G.code[row])
    naam = around.format(spelling(accents(naam)).replace("'", apostrophe).replace("-", join))
    assert resolve(naam + behind.format(code=code, digits=code.removeprefix("GM"))) == code


def test_every_name_may_have_its_own_province_behind_it_and_no_other() -> None:
    for row, (naam, code, provincie) in enumerate(zip(SHORT, G.code, G.provincie, strict=True)):
        namesakes = {p for p, name in zip(G.provincie, SHORT, strict=True) if name == naam}
        for at, (short, full) in enumerate(PROVINCES.items()):
            if full == provincie:
                assert resolve(f"{naam} ({short})") == resolve(f"{naam}, {short.upper()}.") == code
            elif full not in namesakes and at % 10 == row % 10:
                refused(f"{naam} ({short})")


def test_every_name_in_the_notation_of_this_program_is_read_and_a_wrong_code_beside_it_is_refused() -> None:
    for row, (code, naam) in enumerate(zip(G.code.tolist(), G.naam.tolist(), strict=True)):
        assert resolve(f"{naam} ({code})") == resolve(f"{code} {naam}") == code
        other = G.code[row - 1]
        fout = refused(f"{naam} ({other})")
        assert (codes_of(fout), fout.meerduidig) == ({code, other}, True)


def test_a_municipality_that_ended_is_never_filled_in_and_only_its_successors_are_named() -> None:
    rows = read_table("opgeheven.csv")
    assert len({row["oude_code"] for row in rows}) == 104
    for row in rows:
        for written in (row["oude_naam"], row["oude_code"], f"gemeente {row['oude_naam'].upper()}"):
            fout = refused(written)
            assert (codes_of(fout), fout.sinds) == (set(row["gemeenten"].split()), row["per"][:4])
    assert str(refused("Lingewaal")) == "'Lingewaal' is sinds 2019 geen gemeente meer; bedoelt u West Betuwe (GM1960)?"


@pytest.mark.parametrize(
    ("tekst", "kandidaten"),
    [
        ("Den Haag Rotterdam", ["GM0518", "GM0599"]),
        ("Laren (Gelderland)", ["GM0262"]),
        ("Capelle", ["GM0502"]),
        ("Utrecht (PV)", ["GM0344"]),
        ("Provincie Utrecht", ["GM0344"]),
        ("Lingewal", ["GM1960"]),
        ("Rottredam", ["GM0599"]),
        ("Ysselstein", ["GM0353"]),
        ("niet best bereikbaar", []),
        ("Gelderland", []),
        ("landelijk", []),
    ],
)
def test_a_suggestion_is_plausible_or_absent(tekst: str, kandidaten: list[str]) -> None:
    assert [code for code, _ in refused(tekst).kandidaten] == kandidaten


@pytest.mark.parametrize(
    "tekst",
    [
        "onbekend",
        "geen",
        "nee",
        "ja",
        "n.v.t.",
        "nvt",
        "-",
        "?",
        "unknown",
        "NONE",
        "elders",
        "nergens",
        "anders",
        "test",
    ],
)
def test_a_word_for_nothing_brings_no_suggestion(tekst: str) -> None:
    assert refused(tekst).kandidaten == ()


def letters(tekst: str) -> str:
    """Return the letters and digits of a text without accents, by other means than the program."""
    return "".join(c for c in unicodedata.normalize("NFKD", tekst).lower() if c.isascii() and c.isalnum())


KNOWN = {letters(n) for n in [*SHORT, *G.naam.tolist()]} | {
    letters(row[column])
    for table, column in (("herindelingen.csv", "oude_naam"), ("aliassen.csv", "alias"))
    for row in read_table(table)
}


@given(st.one_of(st.text(max_size=30), st.text(string.ascii_lowercase, max_size=12)))
@example("haarlemmer")
@settings(max_examples=300)
def test_a_text_that_is_no_name_never_resolves_to_a_municipality(tekst: str) -> None:
    if letters(tekst) not in KNOWN and not re.search(r"\d", tekst):
        fout = refused(tekst)
        assert codes_of(fout) <= set(G.index)
        assert letters(html.unescape(tekst)) not in {letters(naam) for _, naam in fout.kandidaten}


@given(row=st.integers(0, 341), place=st.integers(0, 30), letter=st.sampled_from(string.ascii_lowercase))
@settings(max_examples=200)
def test_the_name_meant_is_suggested_for_one_letter_too_many(row: int, place: int, letter: str) -> None:
    naam = SHORT[row]
    at = place % (len(naam) + 1)
    slip = naam[:at] + letter + naam[at:]
    assume(" en " not in naam and letters(slip) not in KNOWN)
    assert G.code[row] in suggestions(words_of(slip))[0]
