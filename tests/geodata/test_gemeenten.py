import numpy as np
import pytest

from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten


def test_the_division_has_342_municipalities_35_regions_and_12_provinces() -> None:
    gemeenten = load_gemeenten()
    assert len(gemeenten) == 342
    assert len(set(gemeenten.arbeidsmarktregio.tolist())) == 35
    assert len(set(gemeenten.provincie.tolist())) == 12
    assert len(set(gemeenten.koppelregio.tolist())) == 5


def test_the_inhabitants_add_up_to_the_national_figure() -> None:
    assert load_gemeenten().inwoners.sum() == 17_942_942


def test_rows_are_in_order_of_code() -> None:
    codes = load_gemeenten().code.tolist()
    assert codes == sorted(codes)
    assert load_gemeenten().rows(codes).tolist() == list(range(342))


def test_no_codes_give_no_rows() -> None:
    rows = load_gemeenten().rows([])
    assert rows.shape == (0,)
    assert rows.dtype == np.int64


def test_an_unknown_code_is_refused_by_name() -> None:
    with pytest.raises(GemeenteOnbekend, match="GM0000"):
        load_gemeenten().rows(["GM0363", "GM0000"])


def test_the_columns_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_gemeenten().inwoners[0] = 0
