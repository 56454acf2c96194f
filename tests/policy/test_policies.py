"""The policies that ship: complete, documented, and refused when they make no sense."""

import pytest
from pydantic import ValidationError

from optimizer.domain.levels import LEVELS
from optimizer.errors import ParameterFout
from optimizer.policy import STANDAARD, Beleid, adopt, load_beleid, names
from tests.proefbatch import parameters

#: Domain, section 5: every policy with its method.
SHIPPED = {
    "loting": "loting",
    "koppelregio": "volgorde",
    "blijf_in_regio": "volgorde",
    "handmatig": "volgorde",
    "een_voor_een": "volgorde",
    "gemeente": "optimaal",
    "blijf": "optimaal",
    "straal50": "optimaal",
    "arbeidsmarktregio": "optimaal",
    "kansrijk": "optimaal",
    "kansrijk_zonder_verliezers": "optimaal",
    "beste_gezinslid": "optimaal",
    "zonder_opgave": "optimaal",
    "alleen_banen": "optimaal",
    "alleen_banen_vrij": "optimaal",
}
#: The bounds count jobs before people.
BOUNDS = {"alleen_banen", "alleen_banen_vrij"}


def test_the_policies_ship_with_the_methods_of_the_domain() -> None:
    assert {name: load_beleid(name).methode for name in names()} == SHIPPED
    assert names()[0] == "loting"
    assert set(names()[-2:]) == BOUNDS
    assert STANDAARD in names()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_policy_says_in_two_languages_what_it_is_and_where_it_comes_from(name: str) -> None:
    beleid = load_beleid(name)
    assert beleid.naam == name
    assert all([beleid.titel, beleid.titel_en, beleid.uitleg, beleid.uitleg_en, beleid.bron])
    assert beleid.uitleg != beleid.uitleg_en


@pytest.mark.parametrize("name", [n for n, method in SHIPPED.items() if method == "optimaal"])
def test_a_policy_that_optimises_links_people_first_and_names_known_levels_once(name: str) -> None:
    levels = load_beleid(name).niveaus
    assert levels[0] == ("banen_behouden" if name in BOUNDS else "personen_gekoppeld")
    assert set(levels) <= set(LEVELS)
    assert len(set(levels)) == len(levels)


def test_only_the_bound_has_no_opgave_and_only_what_looks_at_no_ground_binds_none() -> None:
    assert [n for n in names() if not load_beleid(n).opgave_geldt] == ["zonder_opgave", "alleen_banen_vrij"]
    by_no_ground = {n for n in names() if not load_beleid(n).gronden_binden}
    assert by_no_ground == {"loting", "koppelregio", "blijf_in_regio", "blijf", *BOUNDS}
    assert [n for n in names() if load_beleid(n).arbeidsmarktregio_bindt] == ["arbeidsmarktregio"]


def test_the_contested_practice_is_never_what_applies_when_nobody_chooses() -> None:
    assert STANDAARD == "kansrijk"
    assert "kans_beste_gezinslid" not in load_beleid(STANDAARD).niveaus


def test_what_binds_follows_the_parameters_in_force() -> None:
    rules = parameters(gronden__bij_tekort="uitzondering", koppelregio__binding="binden")
    eisen = load_beleid("kansrijk").eisen(rules)
    assert (eisen.beleid, eisen.bij_tekort, eisen.koppelregio) == ("kansrijk", "uitzondering", "binden")


def test_an_unknown_policy_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(ParameterFout, match=r"'onzin' bestaat niet.*kansrijk") as caught:
        load_beleid("onzin")
    assert "There is no policy 'onzin'" in caught.value.en


def test_levels_can_be_put_in_another_order() -> None:
    levels = ["verwacht_behouden", "personen_gekoppeld"]
    assert adopt(load_beleid("kansrijk"), levels).niveaus == tuple(levels)


@pytest.mark.parametrize(
    ("name", "levels", "reason"),
    [
        ("kansrijk", ["geluk"], "onbekend niveau: geluk"),
        ("kansrijk", ["kans_werk", "kans_werk"], "twee keer"),
        ("kansrijk", ["kans_werk"], "personen_gekoppeld hoort erbij"),
        ("kansrijk", [], "ten minste één"),
        ("handmatig", ["kans_werk"], "alleen een beleid dat optimaliseert"),
    ],
)
def test_levels_that_make_no_sense_are_refused(name: str, levels: list[str], reason: str) -> None:
    with pytest.raises(ParameterFout, match=reason):
        adopt(load_beleid(name), levels)


@pytest.mark.parametrize("change", [{"methode": "gokken"}, {"bonus": 1}, {"niveaus": ("geluk",)}])
def test_a_policy_file_with_an_unknown_choice_is_refused(change: dict[str, object]) -> None:
    raw = load_beleid("kansrijk").model_dump()
    with pytest.raises(ValidationError):
        Beleid.model_validate({**raw, **change})


def test_an_old_name_stands_for_the_policy_that_has_another_name_now() -> None:
    assert load_beleid("perfect") == load_beleid("zonder_opgave")
    assert "perfect" not in names()
