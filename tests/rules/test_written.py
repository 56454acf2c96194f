"""Values of parameters as people write them."""

from typing import Any

import pytest

from optimizer.rules.written import written


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (None, "geldt niet meer", "no longer in force"),
        (True, "ja", "yes"),
        (False, "nee", "no"),
        (8, "8", "8"),
        (0.5, "0,5", "0.5"),
        ("road", "road", "road"),
        ("v1.2", "v1.2", "v1.2"),
        ([1, 7.5], "1, 7,5", "1, 7.5"),
        (
            {"alleenstaand": 1401.5, "gehuwd": [True]},
            "alleenstaand 1401,5; gehuwd ja",
            "alleenstaand 1401.5; gehuwd yes",
        ),
    ],
)
def test_a_value_is_written_in_the_language_asked_for_and_in_dutch_else(value: Any, nl: str, en: str) -> None:
    assert (written(value), written(value, "nl"), written(value, "en")) == (nl, nl, en)
