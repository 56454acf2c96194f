"""Production refuses what only a demonstration may have, and says everything at once."""

import pytest

from optimizer.errors import Gebruiksfout
from optimizer.review.settings import from_environment, variable

GOOD = {
    variable("database"): "postgresql://koppelwijzer@db/koppelwijzer",
    variable("secret"): "x" * 32,
    variable("oidc_issuer"): "https://aanmelden.example.nl",
    variable("oidc_client_id"): "koppelwijzer",
    variable("base_url"): "https://koppelwijzer.example.nl",
}


def test_a_whole_production_is_taken() -> None:
    assert from_environment(GOOD).mode == "productie"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database", "sqlite+pysqlite:///x.db"),
        ("database", ""),
        ("secret", "kort"),
        ("oidc_issuer", ""),
        ("oidc_client_id", ""),
        ("base_url", "http://koppelwijzer.example.nl"),
    ],
)
def test_production_refuses(name: str, value: str) -> None:
    with pytest.raises(Gebruiksfout) as told:
        from_environment({**GOOD, variable(name): value})
    wanted = "oidc_issuer" if name == "oidc_client_id" else name
    assert variable(wanted) in told.value.sentence.nl


def test_everything_is_said_at_once() -> None:
    with pytest.raises(Gebruiksfout) as told:
        from_environment({variable("mode"): "productie"})
    assert told.value.sentence.nl.count("\n- ") == 4


def test_a_setting_that_is_not_right_is_named() -> None:
    with pytest.raises(Gebruiksfout, match=variable("smtp_port")):
        from_environment({**GOOD, variable("smtp_port"): "veel"})
