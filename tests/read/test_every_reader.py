"""Whatever bytes a file holds, its reader ends in an answer or in a sentence: no traceback, never code 1."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.distance import matrix
from geodata.matrixfile import write_rows
from optimizer.cli import main
from tests.read.test_workbook import _book

GOED = Path(__file__).parents[1] / "broken" / "goed"
RULE = "description: x\ndescription_en: x\nunit: km\nlayer: aanname\nvalues:\n  2016-01-01:\n    value: 40\n"
FILES = {
    "huishoudens.csv": (GOED / "huishoudens.csv").read_bytes(),
    "werk.csv": (GOED / "werk.csv").read_bytes(),
    "beleid.toml": b'policy = "kansrijk"\nseed = 1\n[parameters]\n"werk/minimum_uren" = 8\n',
    "kolommen.toml": b'[huishoudens]\nhuishouden_id = "Nummer"\n',
    "scenario.toml": b'[parameters]\n"gronden/straal_km" = 40\n[policies.kansrijk]\ngronden_binden = true\n',
    "gronden/straal_km.yaml": f"{RULE}    source: {{title: eigen}}\n".encode(),
    "pc4.csv": b"postcode4;gemeente;x_rd;y_rd\n8011;Zwolle;203000;503000\n",
    "stand.csv": b"gemeente;achterstand\nZwolle;3\n",
    "voorstel.csv": b"huishouden_id;gemeente\nH1;GM0193\nH2;\n",
    "omkoppeling.csv": b"huishouden_id;huidige_gemeente;aanvraag_datum\nH1;GM0193;2026-07-01\n",
}
#: What may stand in a file of each form that its reader might trip over.
TOKENS = [
    *(b"[", b"]" * 40, b"{", b"}", b'"', b"'", b"=", b"\n", b"\r", b";", b",", b"\t", b"\0", b"\xff", b"\xc3"),
    *(b"\xef\xbb\xbf", b"9" * 5000, b"-1", b"1e999", b"nan", b"#N/B", b"=1+1", b"&a", b"*a", b"? ", b"2026-13-45"),
    *(b"!!python/object:x", b"\xe2\x80\x8b"),
]
#: A whole command is run for each example, so these are few for each file.
FEW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
ALLOWED = {0, 2, 3, 4, 6, 7}


def _command(name: str, folder: Path) -> list[str]:
    """Return the command that reads a file."""
    place, batch = str(folder / "los" / name), str(folder / "batch")
    match name:
        case "kolommen.toml":
            return ["check", batch, "--kolommen", place]
        case "scenario.toml":
            return ["check", batch, "--scenario", place]
        case "pc4.csv":
            return ["check", batch, "--pc4", place]
        case "gronden/straal_km.yaml":
            return ["rules", "--rules", str(folder / "los")]
        case "stand.csv":
            return ["taakstelling", "--halfjaar", "2026-2", "--landelijk", "15000", "--stand", place]
        case "voorstel.csv":
            return ["verify", batch, place]
        case "omkoppeling.csv":
            return ["omkoppeling", batch]
        case _:
            return ["check", batch, "--json"]


def _answer(name: str, data: bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run the command that reads a file with these bytes; return its code, what it wrote and what it said."""
    shutil.copytree(GOED, folder / "batch", dirs_exist_ok=True)
    inside = name in ("huishoudens.csv", "werk.csv", "beleid.toml", "omkoppeling.csv")
    place = folder / ("batch" if inside else "los") / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    code = main(_command(name, folder))
    told = capsys.readouterr()
    return code, told.out, told.err


def _is_told(code: int, out: str, err: str) -> bool:
    """Tell whether a command ended as the contract says: a known code, and a sentence where it refuses."""
    if code not in ALLOWED or "Dit mag niet gebeuren" in err:
        return False
    if code not in (2, 3, 7):
        return True
    if out.startswith("["):
        return all(d["message"] and d["remedy"] for d in json.loads(out))
    return (out + err).rstrip().endswith((".", "?", '"', "}", ".xlsx", ".toml"))


def _spoilt(good: bytes) -> st.SearchStrategy[bytes]:
    """Draw a good file with a stretch of it cut out, replaced or doubled."""
    cut = st.tuples(st.integers(0, len(good)), st.integers(0, 12), st.sampled_from([b"", *TOKENS]))

    def apply(cuts: list[tuple[int, int, bytes]]) -> bytes:
        data = good
        for start, length, token in cuts:
            data = data[:start] + token + data[start + length :]
        return data

    return st.one_of(st.lists(cut, min_size=1, max_size=4).map(apply), st.binary(max_size=200))


@pytest.mark.parametrize("name", sorted(FILES))
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # slow: a command each
@given(data=st.data())
def test_a_spoilt_file_ends_in_an_answer_or_a_sentence(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("spoilt")
    end = _answer(name, data.draw(_spoilt(FILES[name])), folder, capsys)
    assert _is_told(*end), end
    shutil.rmtree(folder)


NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
KEYS = st.sampled_from(("a", "value", "source", "title"))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text("aé=+'[]", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def _toml(value: object) -> str:
    """Write a value as TOML, which has no null."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return '"niets"' if value is None else json.dumps(value)


SHAPES = {
    "beleid.toml": ("policy", "peildatum", "seed", "bekend", "parameters", "levels", 'parameters."werk/minimum_uren"'),
    "kolommen.toml": ("huishoudens", "huishouden_id", "huishoudens.huishouden_id", "onzin"),
    "scenario.toml": (
        "naam",
        "policy",
        "bekend",
        "parameters",
        "policies",
        "policies.kansrijk",
        "policies.kansrijk.niveaus",
    ),
}


@pytest.mark.parametrize("name", sorted(SHAPES))
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # slow: a command each
@given(data=st.data())
def test_toml_of_another_shape_ends_in_a_sentence(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("shape")
    key, value = data.draw(st.sampled_from(SHAPES[name])), data.draw(VALUES)
    end = _answer(name, f"{key} = {_toml(value)}\n".encode(), folder, capsys)
    assert _is_told(*end), end
    shutil.rmtree(folder)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(st.integers(0, 30_000), st.binary(max_size=6)), min_size=1, max_size=5))
def test_a_spoilt_workbook_ends_in_an_answer_or_a_sentence(
    cuts: list[tuple[int, bytes]], tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("book")
    data = bytearray(_book(folder / "batch.xlsx").read_bytes())
    for place, sign in cuts:
        data[place % len(data) : place % len(data) + len(sign)] = sign
    (folder / "batch.xlsx").write_bytes(bytes(data))
    code = main(["check", str(folder / "batch.xlsx"), "--json"])
    told = capsys.readouterr()
    assert code in ALLOWED, told.err
    assert all(d["message"] and d["remedy"] for d in json.loads(told.out))
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "token", [b"", b"\0", b"\xff\xfe", b"PAR1", b"km", b"km;GM0014\n", b"9" * 100_000, b"km\n" * 50]
)
def test_a_spoilt_matrix_ends_in_a_sentence(token: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "goed.csv"
    write_rows(good, matrix("straight"))
    for place in (0, 5_000):
        data = good.read_bytes()
        (tmp_path / "m.csv").write_bytes(data[:place] + token + data[place + 40 :] if place else token)
        code = main(["geo", "distance", "Zwolle", "Utrecht", "--afstanden", str(tmp_path / "m.csv")])
        told = capsys.readouterr()
        assert code in (0, 2)
        assert "Dit mag niet gebeuren" not in told.err
        assert told.err.strip() or code == 0
