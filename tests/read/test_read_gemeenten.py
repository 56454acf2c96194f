"""A cell with several municipalities is read whatever sign stands between them, or refused with the way out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gemeenten import load_gemeenten
from optimizer.errors import Defect
from optimizer.read.table.gemeenten import read_gemeenten
from optimizer.read.texts import render

G = load_gemeenten()


def told(cell: str) -> tuple[str, str]:
    """Return what is said about a cell that cannot be read."""
    codes, refusal = read_gemeenten(cell)
    assert codes == ""
    assert refusal is not None
    code, details = refusal
    return render(Defect(code, "huishoudens.csv", 2, "uitgesloten_gemeenten", cell, details))


@given(
    rows=st.lists(st.integers(0, 341), min_size=1, max_size=8, unique=True),
    between=st.sampled_from([";", "; ", ", ", "\n", "\r\n", " | ", "\t", " / ", " + ", " & ", " • ", " - "]),
    form=st.sampled_from(["{naam}", "{code}", "{naam} ({code})", "{code} {naam}", "gemeente {naam}"]),
)
@settings(max_examples=200)
def test_any_list_of_names_or_codes_is_read_whole_whatever_stands_between_them(
    rows: list[int], between: str, form: str
) -> None:
    cell = between.join(form.format(naam=G.naam[row], code=G.code[row]) for row in rows)
    assert read_gemeenten(cell) == (" ".join(G.code[row] for row in rows), None)


@given(st.lists(st.integers(0, 341), min_size=1, max_size=8, unique=True))
@settings(max_examples=50)
def test_codes_need_no_more_than_a_space(rows: list[int]) -> None:
    cell = " ".join(G.code[row] for row in rows)
    assert read_gemeenten(cell) == (cell, None)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Nuenen, Gerwen en Nederwetten", "GM0820"),
        ("Nuenen, Gerwen en Nederwetten, Rotterdam", "GM0820 GM0599"),
        ("Den Haag\nRotterdam", "GM0518 GM0599"),
        ("Capelle a/d IJssel/Ede", "GM0502 GM0228"),
        ("Gilze & Rijen", "GM0784"),
        ("Bergen, NH; Ede", "GM0373 GM0228"),
        ("Amersfoort, Utrecht", "GM0307 GM0344"),
        ("- Zwolle\n- Ede", "GM0193 GM0228"),
        ("GM0363 GM0363;", "GM0363"),
    ],
)
def test_a_sign_inside_a_name_does_not_cut_it(cell: str, codes: str) -> None:
    assert read_gemeenten(cell) == (codes, None)


@pytest.mark.parametrize(
    ("cell", "message", "remedy"),
    [
        (
            "Den Haag Rotterdam",
            "'Den Haag Rotterdam' is geen gemeente.",
            "Zet een puntkomma tussen de gemeenten: 's-Gravenhage; Rotterdam.",
        ),
        (
            "Ede; GM0518 en GM0599",
            "'GM0518 en GM0599' is geen gemeente.",
            "Zet een puntkomma tussen de gemeenten: 's-Gravenhage; Rotterdam.",
        ),
        ("0518 0599", "'0518' is geen gemeente.", "Bedoelt u 's-Gravenhage (GM0518)?"),
        ("Utrecht, Zwole, Ede", "'Zwole' is geen gemeente.", "Bedoelt u Zwolle (GM0193)?"),
        ("Lingewaal, Ede", "'Lingewaal' is sinds 2019 geen gemeente meer.", "Bedoelt u West Betuwe (GM1960)?"),
        (
            "Zwolle (GM0363)",
            "'Zwolle (GM0363)' past bij meer dan één gemeente.",
            "Schrijf de code van de gemeente die u bedoelt: Zwolle (GM0193), Amsterdam (GM0363).",
        ),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_the_part_and_the_way_out(
    cell: str, message: str, remedy: str
) -> None:
    assert told(cell) == (message, remedy)


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_any_text_is_read_or_refused_with_a_sentence(cell: str) -> None:
    codes, refusal = read_gemeenten(cell)
    if refusal is None:
        assert set(codes.split()) <= set(G.index)
    else:
        assert told(cell)[1].endswith((".", "?"))
