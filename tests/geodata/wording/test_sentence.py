"""A sentence says in each language what fills it, as readers of that language write it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.wording import Sentence, date, enumerate_words, joined, number, plain, signed

OR = Sentence("of", "or")


def test_a_number_gets_the_marks_of_its_language() -> None:
    told = Sentence("{n} plekken op {km:1} km", "{n} places at {km:1} km").fill(n=12345, km=6.25)
    assert told == ("12.345 plekken op 6,2 km", "12,345 places at 6.2 km")


@pytest.mark.parametrize(("n", "nl", "en"), [(1, "is 1 plek", "is 1 place"), (0, "zijn 0 plekken", "are 0 places")])
def test_a_word_follows_the_number_before_it(n: int, nl: str, en: str) -> None:
    told = Sentence("{n:is|zijn} {n} {n:plek|plekken}", "{n:is|are} {n} {n:place|places}").fill(n=n)
    assert told == (nl, en)


def test_a_part_puts_its_own_half_in_each_language_and_a_day_is_written_out() -> None:
    told = Sentence("{what} op {day}", "{what} on {day}").fill(
        what=Sentence("Niets", "Nothing"), day=datetime.date(2026, 3, 1)
    )
    assert told == ("Niets op 1 maart 2026", "Nothing on 1 March 2026")


@given(st.text())
def test_what_somebody_typed_stays_as_it_is(cell: str) -> None:
    assert Sentence("'{cell}'", "'{cell}'").fill(cell=cell) == (f"'{cell}'", f"'{cell}'")


def test_sentences_are_joined_in_both_languages() -> None:
    assert joined([Sentence("a", "b"), Sentence("c", "d")], "; ") == ("a; c", "b; d")


@pytest.mark.parametrize(
    ("words", "nl"), [(["Ede"], "Ede"), (["Ede", "Elst"], "Ede of Elst"), (["A", "B", "C"], "A, B of C")]
)
def test_a_list_of_words_reads_as_a_sentence(words: list[str], nl: str) -> None:
    assert enumerate_words(words, OR).nl == nl
    assert enumerate_words(words, OR).en == nl.replace(" of ", " or ")


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_in_either_language(value: float, decimals: int) -> None:
    english = float(number(value, decimals, "en").replace(",", ""))
    dutch = float(number(value, decimals).replace(".", "").replace(",", "."))
    assert english == dutch == pytest.approx(round(value, decimals), abs=10**-decimals)


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_nought_has_no_sign_and_every_other_difference_has(value: float, decimals: int) -> None:
    text = signed(value, decimals)
    assert (text[0] in "+-") == any(digit in "123456789" for digit in text)


@given(st.integers(-(10**9), 10**9), st.integers(0, 5))
def test_a_plain_number_has_no_more_decimals_than_it_needs(whole: int, decimals: int) -> None:
    text = plain(whole / 10**decimals, "en")
    assert float(text) == pytest.approx(whole / 10**decimals, abs=1e-9)
    assert not ("." in text and text.endswith(("0", ".")))


@given(st.dates())
def test_a_day_names_its_month_in_words(day: datetime.date) -> None:
    for lang in ("nl", "en"):
        d, month, year = date(day, lang).split()
        assert (int(d), int(year)) == (day.day, day.year)
        assert month.isalpha()
