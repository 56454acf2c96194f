"""The month on paper passes, and one thing broken in it is found and named."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.domain.eisen import Eisen
from optimizer.domain.uitvoer import UITZONDERINGEN as SOORTEN
from optimizer.verify import Oordeel, judge
from optimizer.verify.codes import CODES
from tests.verify.maand import BANEN, KANS_WERK, MAAND, TAAKSTELLING, UITZONDERINGEN, VOORSTEL
from tests.verify.test_judge_price import REACHED as OF_PRICE
from tests.verify.test_judge_run import REACHED
from tests.verify.test_judge_winners import REACHED as OF_WINNERS
from tests.verify.zaken import GRONINGEN, parameters

pytestmark = pytest.mark.usefixtures("op_de_lijn")

TABLES = {"voorstel": VOORSTEL, "banen": BANEN, "taakstelling": TAAKSTELLING, "uitzonderingen": UITZONDERINGEN}
BIND = Eisen("kansrijk")

Change = Callable[[pd.DataFrame], pd.DataFrame]


def verdict(changed: Mapping[str, pd.DataFrame] | None = None, eisen: Eisen | None = BIND) -> Oordeel:
    tables = {**TABLES, **(changed or {})}
    return judge(
        MAAND,
        tables["voorstel"],
        parameters=parameters(),
        eisen=eisen,
        kans_werk=np.array(KANS_WERK)[: len(tables["voorstel"])],
        banen=tables["banen"],
        taakstelling=tables["taakstelling"],
        uitzonderingen=tables["uitzonderingen"],
    )


def codes(oordeel: Oordeel) -> list[str]:
    return [b.code for b in oordeel.overtredingen]


def cell(key: str, column: str, value: str) -> Change:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        changed = table.copy()
        changed.loc[changed.iloc[:, 0] == key, column] = value
        return changed

    return change


def without(key: str) -> Change:
    return lambda table: table[table.iloc[:, 0] != key]


def twice(key: str) -> Change:
    return lambda table: pd.concat([table, table[table.iloc[:, 0] == key]])


BROKEN: list[tuple[str, Change, str]] = [
    ("voorstel", without("H6"), "huishouden_ontbreekt"),
    ("voorstel", lambda t: pd.concat([t, t.iloc[:1].assign(huishouden_id="H9")]), "huishouden_onbekend"),
    ("voorstel", twice("H6"), "huishouden_dubbel"),
    ("voorstel", cell("H2", "gemeente", "Utregt"), "gemeente_onbekend"),
    ("voorstel", cell("H5", "gemeente", "Utrecht"), "opgave_overschreden"),
    ("voorstel", cell("H1", "gemeente", "Rotterdam"), "gemeente_uitgesloten"),
    ("voorstel", cell("H3", "gemeente", ""), "vaste_keuze_niet_gevolgd"),
    ("voorstel", cell("H3", "gemeente", "Zwolle"), "vaste_keuze_niet_gevolgd"),
    ("voorstel", cell("H2", "gemeente", "Amsterdam"), "grond_buiten_straal"),
    ("voorstel", cell("H2", "aantal_personen", "2"), "aantal_personen_onjuist"),
    ("voorstel", cell("H2", "aantal_personen", "drie"), "aantal_personen_onjuist"),
    ("voorstel", cell("H2", "gemeente_naam", "Amsterdam"), "gemeente_naam_onjuist"),
    ("voorstel", cell("H6", "gemeente_naam", "Utrecht"), "gemeente_naam_onjuist"),
    ("voorstel", cell("H2", "arbeidsmarktregio", "Amersfoort"), "arbeidsmarktregio_onjuist"),
    ("voorstel", cell("H2", "status", "vastgezet"), "status_onjuist"),
    ("voorstel", cell("H3", "status", "voorgesteld"), "status_onjuist"),
    ("voorstel", cell("H6", "status", "voorgesteld"), "status_onjuist"),
    ("voorstel", cell("H4", "grond", "medisch"), "grond_onjuist"),
    ("voorstel", cell("H5", "grond", "gezin"), "grond_onjuist"),
    ("voorstel", cell("H2", "grond_gehonoreerd", "nee"), "grond_gehonoreerd_onjuist"),
    ("voorstel", cell("H4", "grond_gehonoreerd", "ja"), "grond_gehonoreerd_onjuist"),
    ("voorstel", cell("H6", "grond_gehonoreerd", "nvt"), "grond_gehonoreerd_onjuist"),
    ("voorstel", cell("H5", "grond_gehonoreerd", "wacht"), "grond_gehonoreerd_onjuist"),
    ("voorstel", cell("H2", "afstand_km", "49,9"), "afstand_km_onjuist"),
    ("voorstel", cell("H2", "afstand_km", ""), "afstand_km_onjuist"),
    ("voorstel", cell("H6", "afstand_km", "0,0"), "afstand_km_onjuist"),
    ("voorstel", cell("H1", "banen", "2"), "banen_onjuist"),
    ("voorstel", cell("H1", "banen_binnen_50km", "0"), "banen_binnen_50km_onjuist"),
    ("voorstel", cell("H6", "banen_binnen_50km", "1"), "banen_binnen_50km_onjuist"),
    ("voorstel", cell("H1", "verwacht_behouden", "0,9150"), "verwacht_behouden_onjuist"),
    ("voorstel", cell("H1", "kans_werk", "0,3001"), "kans_werk_onjuist"),
    ("voorstel", cell("H1", "dagen_sinds_vergunning", "31"), "dagen_sinds_vergunning_onjuist"),
    ("voorstel", cell("H5", "opvang_gemeente", "Amsterdam"), "opvang_gemeente_onjuist"),
    ("voorstel", cell("H5", "opvang_gemeente", ""), "opvang_gemeente_onjuist"),
    ("voorstel", cell("H1", "alternatief_1", "GM9999 0 loting"), "alternatief_onbekend"),
    ("voorstel", cell("H1", "alternatief_1", "GM0599 0 loting"), "alternatief_uitgesloten"),
    ("voorstel", cell("H1", "alternatief_1", "GM0363 0 loting"), "alternatief_is_voorstel"),
    ("voorstel", cell("H1", "alternatief_1", "GM0193 0 loting"), "alternatief_zonder_plek"),
    ("voorstel", cell("H1", "alternatief_1", "GM0344 +0,0831 verwacht_behouden"), "alternatief_verschil_onjuist"),
    ("voorstel", cell("H1", "alternatief_1", "GM0344 veel"), "alternatief_verschil_onjuist"),
    ("banen", without("2"), "baan_ontbreekt"),
    ("banen", twice("2"), "baan_dubbel"),
    ("banen", lambda t: pd.concat([t, t.iloc[:1].assign(baan_id="9")]), "baan_onbekend"),
    ("banen", cell("1", "persoon_id", "P5"), "baan_persoon_id_onjuist"),
    ("banen", cell("1", "huishouden_id", "H5"), "baan_huishouden_id_onjuist"),
    ("banen", cell("1", "werk_gemeente", "GM0363"), "baan_werk_gemeente_onjuist"),
    ("banen", cell("2", "uren_per_week", "8"), "baan_uren_per_week_onjuist"),
    ("banen", cell("2", "hard", "niet_aangetoond"), "baan_hard_onjuist"),
    ("banen", cell("1", "bekend", "nee"), "baan_bekend_onjuist"),
    ("banen", cell("1", "afstand_nu_km", "0,1"), "baan_afstand_nu_km_onjuist"),
    ("banen", cell("1", "gemeente", "GM0344"), "baan_gemeente_onjuist"),
    ("banen", cell("1", "afstand_km", "30,1"), "baan_afstand_km_onjuist"),
    ("banen", cell("1", "binnen_50km", "nee"), "baan_binnen_50km_onjuist"),
    ("banen", cell("1", "uitkomst", "verloren_regel"), "baan_uitkomst_onjuist"),
    ("banen", cell("1", "verwacht_verloren", "0,0830"), "baan_verwacht_verloren_onjuist"),
    ("banen", cell("2", "verwacht_verloren", "0"), "baan_verwacht_verloren_onjuist"),
    ("banen", lambda t: t.assign(werk_plaats=["Vleuten", "", ""]), "baan_werk_plaats_onjuist"),
    ("taakstelling", without("GM0363"), "taakstelling_ontbreekt"),
    ("taakstelling", without("GM0935"), "taakstelling_ontbreekt"),
    ("taakstelling", twice("GM0363"), "taakstelling_dubbel"),
    ("taakstelling", lambda t: pd.concat([t, t.iloc[:1].assign(gemeente="Utregt")]), "taakstelling_onbekend"),
    ("taakstelling", cell("GM0363", "gemeente_naam", "Utrecht"), "taakstelling_gemeente_naam_onjuist"),
    ("taakstelling", cell("GM0363", "opgave", "2"), "taakstelling_opgave_onjuist"),
    ("taakstelling", cell("GM0363", "voorgesteld", "0"), "taakstelling_voorgesteld_onjuist"),
    ("taakstelling", cell("GM0935", "rest", "0"), "taakstelling_rest_onjuist"),
    ("uitzonderingen", lambda t: t.iloc[1:], "uitzondering_ontbreekt"),
    ("uitzonderingen", lambda t: pd.concat([t, t.iloc[:1]]), "uitzondering_onterecht"),
    ("uitzonderingen", cell("H4", "soort", "vast_boven_woningen"), "uitzondering_onterecht"),
]
WRONG_CELLS = [b for b in BROKEN if b[2].endswith("_onjuist")]
#: Changes of the policy instead of a table.
STRICTER = [
    (replace(BIND, koppelregio="binden"), cell("H2", "gemeente", "Rotterdam"), "koppelregio_verlaten"),
    (replace(BIND, arbeidsmarktregio_bindt=True), lambda t: t, "arbeidsmarktregio_verlaten"),
]


def test_the_month_on_paper_is_approved_with_every_table_and_its_exceptions() -> None:
    oordeel = verdict()
    assert oordeel.overtredingen == ()
    assert oordeel.goedgekeurd
    assert [(b.huishouden_id, b.code) for b in oordeel.uitzonderingen] == list(
        UITZONDERINGEN.itertuples(index=False, name=None)
    )


@pytest.mark.parametrize(("table", "change", "code"), BROKEN, ids=[f"{i}-{b[2]}" for i, b in enumerate(BROKEN)])
def test_one_thing_broken_is_found(table: str, change: Change, code: str) -> None:
    oordeel = verdict({table: change(TABLES[table])})
    assert code in codes(oordeel)
    assert not oordeel.goedgekeurd


@pytest.mark.parametrize(
    ("table", "change", "code"), WRONG_CELLS, ids=[f"{i}-{b[2]}" for i, b in enumerate(WRONG_CELLS)]
)
def test_a_wrong_cell_is_the_only_thing_reported(table: str, change: Change, code: str) -> None:
    assert codes(verdict({table: change(TABLES[table])})) == [code]


@pytest.mark.parametrize(("eisen", "change", "code"), STRICTER, ids=[s[2] for s in STRICTER])
def test_a_stricter_policy_forbids_what_another_allows(eisen: Eisen, change: Change, code: str) -> None:
    voorstel = change(VOORSTEL)[["huishouden_id", "gemeente"]]
    assert code in codes(verdict({"voorstel": voorstel}, eisen))
    assert code not in codes(verdict({"voorstel": voorstel}, BIND))


def test_every_code_is_reached_by_a_test() -> None:
    elsewhere = {
        *("alternatief_buiten_beleid", "niet_gekoppeld"),  # test_judge_alternatives, test_judge_unlinked
        *("overeenkomst_niet_gevolgd", "overeenkomst_boven_opgave"),  # test_judge_regimes
        *("woningen_overschreden", "vast_boven_woningen", "alternatief_zonder_woning"),
        *("tempo_overschreden", "tempo_regio_overschreden", "tempo_onnodig_geweken"),  # tests/decide/test_tempo
        *("tempo_niet_gehaald", "tempo_regio_niet_gehaald"),
        *("verzoek_onjuist", "verzoek_redenen_onjuist"),  # explain/told/test_verzoeken
        "gevolgd_onjuist",  # explain/whynot/test_followed
        "vooruitblik_onjuist",  # explain/told/test_vooruitblik
        *(code for code in CODES if code.startswith("afweging_")),  # tests/verify/test_judge_tradeoff
        *(
            "grensbewijs_onjuist",
            "grensbewijs_niveaus",
            "grensbewijs_vraag",
            "grensbewijs_grens",
        ),  # test_bounds_of_a_run
        *("besluit_onbekend", "eerder_onjuist", "vorige_run_anders", "wijziging_onjuist"),  # cli/test_cli_besluiten
        "werklijst_onjuist",  # test_judge_worklist
        "prognose_onjuist",  # test_judge_forecast
        "kennis_onjuist",  # test_reconstruct
        *(code for code in CODES if code.startswith("brie")),  # test_letters
        *("wissen_rijen", "wissen_onjuist"),  # cli/test_cli_wis
    }
    reached = (
        {b[2] for b in BROKEN} | {s[2] for s in STRICTER} | set(SOORTEN) | elsewhere | REACHED | OF_WINNERS | OF_PRICE
    )
    assert reached == set(CODES)


def test_a_finding_says_whom_where_what_and_by_which_rule() -> None:
    [found] = verdict({"voorstel": cell("H2", "afstand_km", "12")(VOORSTEL)}).overtredingen
    assert (found.ernst, found.huishouden_id, found.gemeente) == ("overtreding", "H2", "GM0344")
    assert (found.gevonden, found.toegestaan) == ("12", "50,0")
    assert found.toelichting == "Huishouden H2, kolom afstand_km: er staat '12'. Uit de invoer volgt '50,0'."
    assert (found.regel, found.bron) == ("bestanden", "Afspraken over de bestanden (docs/bestanden.md)")


def test_an_exception_names_the_source_of_its_parameter() -> None:
    far, full, apart = verdict().uitzonderingen
    assert far.bron == "Wachten of Werken? (Platform31, 2024), p. 33 (https://www.platform31.nl)"
    assert far.toelichting == (
        "Huishouden H3 is vastgezet op Maastricht (GM0935). Dat is 100,0 km van een harde grond; de grens is 50 km."
    )
    assert (full.gevonden, full.toegestaan, full.regel) == ("2", "0", "opgave")
    assert (apart.gevonden, apart.toegestaan, apart.gemeente) == ("medisch", "50", GRONINGEN)
    assert {b.ernst for b in (far, full, apart)} == {"uitzondering"}


def test_a_value_that_the_user_chose_is_named_as_such() -> None:
    oordeel = judge(MAAND, VOORSTEL, parameters=parameters(gronden__straal_km=55), eisen=BIND)
    assert oordeel.uitzonderingen[0].bron == "Waarde die de gebruiker voor deze run koos"


def test_the_counts_of_the_month() -> None:
    counts = verdict().tellingen
    assert counts == pytest.approx(
        {
            "huishoudens": 6,
            "personen": 10,
            "personen_gekoppeld": 7,
            "niet_gekoppeld": 2,
            "banen": 3,
            "banen_hard": 2,
            "binnen_50km": 1,
            "verloren_regel": 0,
            "verloren_regel_hard": 0,
            "al_buiten": 0,
            "loopt_af": 0,
            "banen_niet_gekoppeld": 2,
            "verwacht_verloren": 1 - 0.914901 / 0.997817,  # H1, h(30) / h(0) with m = 49
            "verwacht_verloren_laag": 1 - 0.985937 / 0.999665,  # m = 64
            "verwacht_verloren_hoog": 1 - 0.754915 / 0.992423,  # m = 39
            "gemiddelde_afstand_km": 30.0,
            "gronden_niet_gehonoreerd": 2,
            "buiten_koppelregio": 1,  # H3, locked or not
            "gronden_gehonoreerd": 3,  # H1, H2, and H4 by the list that binds
            "behouden": 1,  # H1; H5 and H6 are undecided
            "onbeslist": 2,
            "behouden_min": 1,
            "behouden_max": 3,
            "behouden_hard": 1,
            "behouden_niet_aangetoond": 0,
            "behouden_te_weinig_uren": 0,
            "uren_behouden": 32,
            "uren_verloren": 0,
            "loon_behouden_eur": 0,
            "loon_verloren_eur": 0,
            "verwacht_behouden": 0.914901 / 0.997817,
            "niveau_verwacht_behouden": 0.917,  # in thousandths
            "verloren_niet_bekend": 0,
            "verloren_geen_harde_grond": 0,
            "verloren_eigen_gronden": 0,
            "verloren_geen_plek": 0,
            "verloren_beleid": 0,
            "in_koppelregio": 3,  # H1, H2 and H4
            "kans_werk": 0.92345,
        },
        abs=1e-5,
    )


def test_the_table_of_jobs_is_returned_with_unrounded_numbers() -> None:
    first, second, _ = verdict().banen.to_dict("records")
    assert first["verwacht_verloren"] == pytest.approx(0.0830977, abs=1e-6)
    assert first["verwacht_behouden"] == pytest.approx(0.9169023, abs=1e-6)
    assert (second["uitkomst"], second["gemeente"], second["binnen_50km"]) == ("niet_gekoppeld", "", "")
    assert np.isnan(second["afstand_km"])
    assert np.isnan(second["verwacht_behouden"])


def test_only_two_columns_are_needed_and_other_spellings_are_taken() -> None:
    links = VOORSTEL[["huishouden_id", "gemeente"]].copy()
    links["gemeente"] = ["Amsterdam", " utrecht ", "Gemeente Maastricht", "GM0014", "", ""]
    oordeel = judge(MAAND, links.sample(frac=1, random_state=1), parameters=parameters(), eisen=BIND)
    assert oordeel.goedgekeurd


def test_another_spelling_that_says_the_same_is_no_violation() -> None:
    said = VOORSTEL.copy()
    said.loc[3, "grond"] = "gezin+medisch"
    said.loc[1, "gemeente_naam"] = "gemeente Utrecht"
    said.loc[1, "afstand_km"] = "50.04"
    said.loc[0, "status"] = "Voorgesteld"
    assert verdict({"voorstel": said}).goedgekeurd


def test_of_a_household_that_stands_there_twice_the_first_row_counts() -> None:
    second = VOORSTEL[VOORSTEL["huishouden_id"] == "H6"].assign(gemeente="Utrecht")
    double = pd.concat([VOORSTEL, second])
    assert codes(verdict({"voorstel": double})) == ["huishouden_dubbel"]


def test_without_a_policy_a_ground_out_of_reach_is_an_exception() -> None:
    links = cell("H2", "gemeente", "Amsterdam")(VOORSTEL)[["huishouden_id", "gemeente"]]
    links = cell("H1", "gemeente", "Utrecht")(links)
    oordeel = judge(MAAND, links, parameters=parameters())
    assert codes(oordeel) == ["opgave_overschreden"]
    assert ("H2", "geen_plaats_binnen_50km") in [(b.huishouden_id, b.code) for b in oordeel.uitzonderingen]
