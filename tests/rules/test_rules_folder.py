"""A folder of rules of one's own: whatever would not be read, or would be read as something else, is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.errors import ParameterFout
from optimizer.rules.parameters import read_folder

RULE = """
description: straal
description_en: radius
unit: km
layer: aanname
values:
  2016-01-01:
    value: {value}
    source: {{title: eigen keuze}}
"""


def _folder(tmp_path: Path, text: str | bytes, name: str = "gronden/straal_km.yaml") -> Path:
    file = tmp_path / "regels" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return tmp_path / "regels"


def _refusal(folder: Path) -> str:
    with pytest.raises(ParameterFout) as raised:
        read_folder(folder)
    assert raised.value.sentence.nl != raised.value.sentence.en
    return str(raised.value)


def test_a_rule_is_read(tmp_path: Path) -> None:
    (rule,) = read_folder(_folder(tmp_path, RULE.format(value=40))).values()
    assert (rule.name, rule.values[0].value) == ("gronden/straal_km", 40)


@pytest.mark.parametrize(
    "name", ["straal_km.yml", "straal_km.YAML", "straal_km.yaml.txt", "straal_km.yaml.bak", "a/b.Yml"]
)
def test_a_rule_under_another_name_is_refused_with_the_right_name(tmp_path: Path, name: str) -> None:
    folder = _folder(tmp_path, RULE.format(value=40), f"gronden/{name}")
    _folder(tmp_path, RULE.format(value=8), "werk/minimum_uren.yaml")
    assert name in _refusal(folder)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    assert "geen regels" in _refusal(tmp_path)
    _folder(tmp_path, "notities", "README.md")
    assert "geen regels" in _refusal(tmp_path)


@pytest.mark.parametrize(
    "text", ["050", "1:30", "1_0", "0x1F", "0o17", "0b11", "no", "yes", "on", ".inf", ".nan", "1e400", "+.5", "1."]
)
def test_a_value_that_yaml_reads_as_something_else_stays_text_and_is_no_number(tmp_path: Path, text: str) -> None:
    (rule,) = read_folder(_folder(tmp_path, RULE.format(value=text))).values()
    value = rule.values[0].value
    assert value == text or value == float("inf")


@given(st.from_regex(r"[-+]?[0-9]{1,6}(\.[0-9]{1,4})?", fullmatch=True))
def test_a_number_is_what_a_person_reads_in_it_or_it_is_no_number(text: str) -> None:
    from optimizer.rules.strict_yaml import parse

    value = parse(f"value: {text}")["value"]
    assert value == (text if text.lstrip("+-")[0] == "0" and text.lstrip("+-")[1:2].isdigit() else float(text))


@pytest.mark.parametrize(
    "text",
    [
        RULE.format(value=40).encode("utf-16"),
        RULE.format(value="é").encode("cp1252"),
        b"\0\0\0",
        b"[" * 5_000,
        b"a: &a [*a]\nvalues: *a\n",
        b"values: {2026-13-45: {value: 1}}",
        b"- 1\n",
        b"",
        b"values: []\n",
        RULE.format(value=40).encode() + b"layer: wet\n",
        b"x" * 2_000_000,
    ],
)
def test_a_rule_that_cannot_be_read_is_a_sentence(tmp_path: Path, text: bytes) -> None:
    assert "gronden/straal_km" in _refusal(_folder(tmp_path, text))


@settings(deadline=None, max_examples=100)
@given(place=st.integers(0, 200), sign=st.integers(0, 255))
def test_a_rule_with_one_wild_byte_is_read_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, place: int, sign: int
) -> None:
    data = bytearray(RULE.format(value=40).encode())
    data[place % len(data)] = sign
    folder = _folder(tmp_path_factory.mktemp("wild"), bytes(data))
    try:
        found = read_folder(folder)
    except ParameterFout:
        assert _refusal(folder).endswith(".")
    else:
        assert list(found) == ["gronden/straal_km"]
