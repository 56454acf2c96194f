"""What geodata loads, and who may load what of it."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_codes_and_distances_load_no_geometry_and_no_tables_library() -> None:
    code = (
        "import sys, geodata.codes, geodata.distance; geodata.distance.matrix('border');"
        "print(sorted({'shapely', 'geopandas', 'pandas', 'networkx', 'scipy'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "contract", ["Words, rules and solver know no geography", "Wording knows nothing but language"]
)
def test_a_contract_that_forbids_geography_names_every_module_of_it(contract: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = next(set(c["forbidden_modules"]) for c in contracts if c["name"] == contract)
    places = (ROOT / "geodata").iterdir()
    modules = {p.stem for p in places if p.suffix == ".py" or (p / "__init__.py").is_file()} - {"__init__", "wording"}
    assert {f"geodata.{module}" for module in modules} <= named
