"""Sealed texts open only with their own key, in their own place, under the secret of the installation."""

import pytest

from optimizer.review.data.engine import reading, writing
from optimizer.review.data.seal import Sealer, derived, seal, unseal
from optimizer.review.data.tables import Ronde, Sleutel, Zaak
from optimizer.review.office import Office

KEY, OTHER = b"k" * 32, b"o" * 32


def test_what_was_sealed_opens_as_it_was() -> None:
    told = {"a": [1, 2.5, None], "b": "Súdwest-Fryslân"}
    assert unseal(KEY, "z1", seal(KEY, "z1", told)) == told


def test_the_same_text_is_sealed_otherwise_each_time() -> None:
    assert seal(KEY, "z1", "x") != seal(KEY, "z1", "x")


@pytest.mark.parametrize(("key", "about"), [(OTHER, "z1"), (KEY, "z2")])
def test_another_key_or_place_does_not_open_it(key: bytes, about: str) -> None:
    with pytest.raises(ValueError, match="does not open"):
        unseal(key, about, seal(KEY, "z1", "x"))


def test_a_changed_byte_is_found() -> None:
    sealed = bytearray(seal(KEY, "z1", "x"))
    for k in range(len(sealed)):
        sealed[k] ^= 1
        with pytest.raises(ValueError, match="does not open"):
            unseal(KEY, "z1", bytes(sealed))
        sealed[k] ^= 1


def test_each_purpose_and_each_secret_has_its_own_key() -> None:
    assert len({derived("a", b"x"), derived("a", b"y"), derived("b", b"x")}) == 3


def test_keys_are_kept_wrapped_and_another_secret_does_not_open_them(small_office: Office) -> None:
    now = small_office.clock()
    with writing(small_office.engine) as session:
        session.add(
            Ronde(id="r", naam="n", peildatum=now.date(), run_sha256="x", begonnen=now, deadline=now, staat="open")
        )
        session.flush()
        session.add(
            Zaak(
                id="z",
                ronde_id="r",
                nummer=1,
                gemeente="GM0344",
                provincie="Utrecht",
                regio="Midden-Utrecht",
                vastgezet=False,
                voor_gemeente=b"",
                voor_coa=b"",
            )
        )
        session.flush()
        key = small_office.sealer.new_key(session, "z")
    with reading(small_office.engine) as session:
        kept = session.get(Sleutel, "z")
        assert kept is not None
        assert key not in kept.sleutel
        assert small_office.sealer.key(session, "z") == key
        with pytest.raises(ValueError, match="does not open"):
            Sealer("another secret" * 3).key(session, "z")
