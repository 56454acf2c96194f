import subprocess
import sys


def test_codes_and_distances_load_no_geometry_and_no_tables_library() -> None:
    code = (
        "import sys, geodata.codes, geodata.distance; geodata.distance.matrix('border');"
        "print(sorted({'shapely', 'geopandas', 'pandas', 'networkx', 'scipy'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
