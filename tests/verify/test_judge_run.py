"""A whole run before the judge, from the command line: one thing changed is found and named by file and row."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.cli import main
from tests.verify.mappen import Edit, cell, found, make, rows, value

Capture = pytest.CaptureFixture[str]
Month = Callable[[str], Path]

UITLEG = "uitzondering_toelichting_onjuist"
VOORSTEL, BANEN, TAAKSTELLING = "voorstel.csv", "banen.csv", "taakstelling.csv"
NIET, UITZONDERINGEN, OVEREENKOMSTEN = "niet_gekoppeld.csv", "uitzonderingen.csv", "overeenkomsten.csv"
VERGELIJKING, ATTRIBUTIE, BEWIJS = "beleidsvergelijking.csv", "attributie.csv", "run.json"
KOPPELREGIO = "koppelregio.csv"

#: Outcome, file, row as a person sees it (None: the whole file), code that names it, edit.
BROKEN: list[tuple[str, str, int | None, str, Edit]] = [
    ("run", VOORSTEL, 4, "afstand_km_onjuist", cell("C", "afstand_km", "0,1")),
    ("run", VOORSTEL, 4, "afstand_km_onjuist", cell("C", "afstand_km", "0,00")),
    ("run", VOORSTEL, 4, "gemeente_naam_onjuist", cell("C", "gemeente_naam", "utrecht")),
    ("run", VOORSTEL, 2, "reden_onjuist", cell("A", "reden", lambda t: t.replace("1 januari", "2 januari"))),
    ("run", VOORSTEL, 3, "reden_onjuist", cell("B", "reden", "Een mens heeft deze gemeente vastgezet: wens.")),
    ("run", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace("270", "27"))),
    ("run", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace("50 km", "60 km"))),
    ("run", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace(" en Maastricht", ""))),
    ("run", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace("verder dan", "dat is binnen"))),
    ("run", VOORSTEL, 6, "reden_onjuist", cell("E", "reden", "Geen harde grond.")),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", "Er is een harde grond in Zwolle zelf.")),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", "De loting wees deze gemeente aan.")),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", "Geen harde grond. Breda ligt dichtbij.")),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", "")),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", lambda t: t.replace("Bij 1 van", "Bij 4 van"))),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", lambda t: t.replace(", ook Groningen niet", ""))),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", lambda t: t.replace("ook Groningen", "ook Zwolle"))),
    ("run", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", lambda t: t.replace("99,9", "9,9"))),
    (
        "run",
        VOORSTEL,
        5,
        "reden_onjuist",
        cell("D", "reden", lambda t: t.replace("grond in Groningen, niet", "x, niet")),
    ),
    ("run", VOORSTEL, 9, "reden_onjuist", cell("H", "reden", lambda t: t.replace("2,7", "2,8"))),
    ("run", VOORSTEL, 9, "reden_onjuist", cell("H", "reden", lambda t: t.replace("Zwolle", "Amersfoort"))),
    ("run", VOORSTEL, 9, "reden_onjuist", cell("H", "reden", lambda t: t.replace("om het werk te houden", "op werk"))),
    ("run", VOORSTEL, 9, "reden_onjuist", cell("H", "reden", lambda t: t.replace("is hier", "is daar"))),
    ("run", KOPPELREGIO, 4, "koppelregio_reden_onjuist", cell("H", "reden", lambda t: t.replace("2,7", "2,8"))),
    ("lang", VOORSTEL, 9, "reden_onjuist", cell("H", "reden", lambda t: t.replace("2.7", "2.8"))),
    ("lang", VOORSTEL, 2, "reden_onjuist", cell("A", "reden", lambda t: t.replace("1 January", "2 January"))),
    ("lang", VOORSTEL, 3, "reden_onjuist", cell("B", "reden", "A person fixed this municipality: wish.")),
    ("lang", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace("270", "27"))),
    ("lang", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace("50 km", "60 km"))),
    ("lang", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace(" and Maastricht", ""))),
    ("lang", VOORSTEL, 5, "reden_onjuist", cell("D", "reden", lambda t: t.replace("farther than", "within"))),
    ("lang", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", "There is a hard ground in Zwolle itself.")),
    ("lang", VOORSTEL, 7, "reden_onjuist", cell("F", "reden", "The lottery chose this municipality.")),
    ("lang", UITZONDERINGEN, 2, UITLEG, cell("D", "toelichting", lambda t: t.replace("50 km", "40 km"))),
    ("lang", NIET, 2, "niet_gekoppeld_toelichting_onjuist", cell("E", "toelichting", "Within 80 km is no place.")),
    ("run", VOORSTEL, 9, "alternatief_ontbreekt", cell("H", "alternatief_1", "")),
    ("run", VOORSTEL, 9, "alternatief_dubbel", cell("H", "alternatief_2", "GM0193")),
    ("run", VOORSTEL, 3, "alternatief_ontbreekt", cell("B", "alternatief_1", "GM0193")),
    ("run", VOORSTEL, None, "tabel_onleesbaar", lambda path: path.write_bytes(b"")),
    ("run", VOORSTEL, 1, "kolommen_onjuist", cell("huishouden_id", "reden", "uitleg")),
    ("run", VOORSTEL, 1, "kolommen_onjuist", cell("huishouden_id", "huishouden_id", "h")),
    ("run", BANEN, 8, "baan_uitkomst_onjuist", cell("7", "uitkomst", "verloren_regel")),
    ("run", BANEN, 8, "baan_oorzaak_onjuist", cell("7", "oorzaak", "beleid")),
    ("run", BANEN, 8, "baan_verwacht_behouden_onjuist", cell("7", "verwacht_behouden", "0,5000")),
    ("run", BANEN, None, "baan_ontbreekt", rows(lambda t: t[:3] + t[4:])),
    ("run", BANEN, 10, "baan_dubbel", rows(lambda t: [*t, t[1]])),
    ("run", BANEN, 3, "volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
    ("run", BANEN, 10, "tabel_onleesbaar", rows(lambda t: [*t, t[1][:-1]])),
    ("run", BANEN, 1, "tabel_onleesbaar", lambda path: path.write_bytes(b'a;"b\r\n')),
    ("run", BANEN, 1, "kolommen_onjuist", rows(lambda t: [row[:-1] for row in t])),
    ("run", TAAKSTELLING, 3, "taakstelling_opgave_onjuist", cell("GM0193", "opgave", "9")),
    ("run", TAAKSTELLING, 3, "taakstelling_onbekend", cell("GM0193", "gemeente", "Zwolle")),
    ("run", TAAKSTELLING, 3, "taakstelling_schaduwprijs_onjuist", cell("GM0193", "schaduwprijs", "-1,0000")),
    ("handmatig", TAAKSTELLING, 3, "taakstelling_schaduwprijs_onjuist", cell("GM0193", "schaduwprijs", "1,0000")),
    ("run", UITZONDERINGEN, None, "uitzondering_ontbreekt", rows(lambda t: t[:2] + t[3:])),
    ("run", UITZONDERINGEN, 5, "uitzondering_onterecht", rows(lambda t: [*t, ["A", "vast_boven_woningen", ""]])),
    ("run", UITZONDERINGEN, 3, "volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
    ("run", UITZONDERINGEN, 3, UITLEG, cell("B", "toelichting", "Dat ligt ver.")),
    ("run", UITZONDERINGEN, 3, UITLEG, cell("B", "toelichting", lambda t: t.replace("Maastricht", "Ede"))),
    ("run", UITZONDERINGEN, 2, UITLEG, cell("D", "toelichting", lambda t: t.replace("50 km", "40 km"))),
    ("run", KOPPELREGIO, None, "koppelregio_ontbreekt", rows(lambda t: [t[0], *t[2:]])),
    ("run", KOPPELREGIO, 5, "koppelregio_dubbel", rows(lambda t: [*t, t[1]])),
    ("run", KOPPELREGIO, 5, "koppelregio_onbekend", rows(lambda t: [*t, ["A", *t[1][1:]]])),
    ("run", KOPPELREGIO, 3, "volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
    ("run", KOPPELREGIO, 3, "koppelregio_van_onjuist", cell("F", "van", "Noord-Brabant en Limburg")),
    ("run", KOPPELREGIO, 3, "koppelregio_naar_onjuist", cell("F", "naar", "Overijssel en Gelderland")),
    ("run", KOPPELREGIO, 4, "koppelregio_reden_onjuist", cell("H", "reden", "")),
    ("run", KOPPELREGIO, 4, "koppelregio_reden_onjuist", cell("H", "reden", "De harde grond ligt in Breda.")),
    ("run", KOPPELREGIO, 1, "kolommen_onjuist", cell("huishouden_id", "reden", "waarom")),
    ("run", NIET, None, "niet_gekoppeld_ontbreekt", rows(lambda t: t[:1] + t[2:])),
    ("run", NIET, 5, "niet_gekoppeld_dubbel", rows(lambda t: [*t, t[1]])),
    ("run", NIET, 2, "niet_gekoppeld_onbekend", cell("E", "huishouden_id", "A")),
    ("run", NIET, 2, "niet_gekoppeld_aantal_personen_onjuist", cell("E", "aantal_personen", "2")),
    ("run", NIET, 2, "niet_gekoppeld_oorzaak_onjuist", cell("E", "oorzaak", "geen_plaats")),
    ("run", NIET, 2, "niet_gekoppeld_toelichting_onjuist", cell("E", "toelichting", "Binnen 80 km is geen plek.")),
    ("run", NIET, 3, "niet_gekoppeld_voorstel_oplossing_onjuist", cell("G", "voorstel_oplossing", "Vraag Breda.")),
    ("run", NIET, 3, "niet_gekoppeld_bewijs_onjuist", cell("G", "bewijs", "zeker")),
    ("run", NIET, 3, "niet_gekoppeld_bewijs_gemeenten_onjuist", cell("G", "bewijs_gemeenten", "GM0935")),
    ("run", NIET, 3, "niet_gekoppeld_bewijs_plekken_onjuist", cell("G", "bewijs_plekken", "1")),
    ("run", NIET, 3, "niet_gekoppeld_bewijs_huishoudens_onjuist", cell("G", "bewijs_huishoudens", "2")),
    ("run", NIET, 3, "niet_gekoppeld_bewijs_nodig_onjuist", cell("G", "bewijs_nodig", "5")),
    ("run", NIET, 3, "niet_gekoppeld_bewijs_uitleg_onjuist", cell("G", "bewijs_uitleg", "Er is geen plek.")),
    ("run", NIET, 3, "niet_gekoppeld_meer_plekken_onjuist", cell("G", "meer_plekken", "GM0882 1")),
    ("run", NIET, 3, "niet_gekoppeld_meer_plekken_minst_onjuist", cell("G", "meer_plekken_minst", "5")),
    ("run", NIET, 3, "niet_gekoppeld_ruil_onjuist", cell("G", "ruil", "GM0344 GM0882 4")),
    ("run", NIET, 3, "niet_gekoppeld_grotere_straal_onjuist", cell("G", "grotere_straal", "GM0193 87,5")),
    ("run", NIET, 3, "niet_gekoppeld_oplossingen_onjuist", cell("G", "oplossingen", "Wacht tot juli.")),
    ("run", OVEREENKOMSTEN, None, "overeenkomsten_ontbreekt", rows(lambda t: t[:-1])),
    ("run", OVEREENKOMSTEN, 47, "overeenkomsten_dubbel", rows(lambda t: [*t, t[1]])),
    ("run", OVEREENKOMSTEN, 2, "overeenkomsten_onbekend", cell("loting", "groep", "iedereen")),
    ("run", OVEREENKOMSTEN, 2, "overeenkomsten_huishoudens_onjuist", cell("loting", "huishoudens", "2")),
    ("run", OVEREENKOMSTEN, 32, "overeenkomsten_met_onjuist", cell("kansrijk", "met", "2,00")),
    ("run", OVEREENKOMSTEN, 2, "overeenkomsten_verschil_onjuist", cell("loting", "verschil", "1,00")),
    ("run", "rapport.html", None, "bestand_weg", Path.unlink),
    ("run", "voorstel.xlsx", None, "bestand_veranderd", lambda path: path.write_bytes(b"PK")),
    ("gemeente", "gemeenten/GM0344_Utrecht.xlsx", None, "bestand_veranderd", lambda path: path.write_bytes(b"PK")),
    ("run", BEWIJS, None, "bewijs_veranderd", value("policy", "bekend", new=0.25)),
    ("run", BEWIJS, None, "bewijs_onvolledig", value("files", new={})),
    ("run", BEWIJS, None, "bewijs_onjuist", value("levels", 0, "value", new=9.0)),
    ("run", BEWIJS, None, "bewijs_onjuist", value("levels", 1, "bound", new=0.5)),
    ("run", BEWIJS, None, "bewijs_onjuist", value("levels", 1, "bound", new=7.5)),
    ("run", BEWIJS, None, "bewijs_onjuist", value("levels", 0, "name", new="kans_werk")),
    ("compare", VERGELIJKING, None, "vergelijking_ontbreekt", rows(lambda t: [t[0], *t[2:]])),
    ("compare", VERGELIJKING, 6, "vergelijking_dubbel", rows(lambda t: [*t, t[1]])),
    ("compare", VERGELIJKING, 2, "vergelijking_onbekend", cell("loting", "beleid", "blijf")),
    ("compare", VERGELIJKING, 3, "vergelijking_onbekend", cell("handmatig", "beleid", "handmatig@0.4")),
    ("compare", VERGELIJKING, None, "vergelijking_ontbreekt", rows(lambda t: t[:-1])),
    ("compare", VERGELIJKING, 2, "volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
    ("compare", VERGELIJKING, 2, "vergelijking_bekend_onjuist", cell("loting", "bekend", "0,90")),
    (
        "compare",
        VERGELIJKING,
        3,
        "vergelijking_personen_gekoppeld_onjuist",
        cell("handmatig", "personen_gekoppeld", "8,50"),
    ),
    ("compare", VERGELIJKING, 3, "vergelijking_al_buiten_onjuist", cell("handmatig", "al_buiten", "8,00")),
    ("compare", VERGELIJKING, 3, "vergelijking_uren_behouden_onjuist", cell("handmatig", "uren_behouden", "1,00")),
    ("compare", VERGELIJKING, 3, "vergelijking_uren_verloren_onjuist", cell("handmatig", "uren_verloren", "49,00")),
    ("compare", BEWIJS, None, "bewijs_onvolledig", value("bekend", new=None)),
    ("compare", ATTRIBUTIE, None, "attributie_ontbreekt", rows(lambda t: t[:-1])),
    ("compare", ATTRIBUTIE, 6, "attributie_dubbel", rows(lambda t: [*t, t[1]])),
    ("compare", ATTRIBUTIE, 2, "attributie_onbekend", cell("bekend", "stap", "loting")),
    ("compare", ATTRIBUTIE, 2, "volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
    ("compare", ATTRIBUTIE, 1, "kolommen_onjuist", rows(lambda t: [row[:-1] for row in t])),
    ("compare", ATTRIBUTIE, None, "tabel_onleesbaar", lambda path: path.write_bytes(b"")),
    ("compare", ATTRIBUTIE, 2, "attributie_van_onjuist", cell("bekend", "van", "handmatig@0.6")),
    ("compare", ATTRIBUTIE, 3, "attributie_naar_onjuist", cell("elke_baan", "naar", "straal50")),
    ("deels", ATTRIBUTIE, 3, "attributie_naar_onjuist", cell("elke_baan", "naar", "een_voor_een")),
    ("compare", ATTRIBUTIE, 2, "attributie_verschil_behouden_onjuist", cell("bekend", "verschil_behouden", "-0,72")),
    (
        "compare",
        ATTRIBUTIE,
        5,
        "attributie_verschil_behouden_onjuist",
        cell("kans_op_werk", "verschil_behouden", "9,00"),
    ),
    ("compare", ATTRIBUTIE, 4, "attributie_verschil_behouden_onjuist", cell("hele_groep", "verschil_behouden", "1")),
    (
        *("compare", ATTRIBUTIE, 2, "attributie_verschil_verwacht_behouden_onjuist"),
        cell("bekend", "verschil_verwacht_behouden", "-0,7490"),
    ),
    ("compare", ATTRIBUTIE, 2, "attributie_laag_onjuist", cell("bekend", "laag", "-0,90")),
    ("compare", ATTRIBUTIE, 2, "attributie_laag_onjuist", cell("bekend", "laag", "0,00")),
    ("compare", ATTRIBUTIE, 2, "attributie_laag_onjuist", cell("bekend", "laag", "")),
    ("compare", ATTRIBUTIE, 3, "attributie_laag_onjuist", cell("elke_baan", "laag", "0,00")),
    ("compare", ATTRIBUTIE, 2, "attributie_hoog_onjuist", cell("bekend", "hoog", "0,00")),
    ("compare", ATTRIBUTIE, 5, "attributie_hoog_onjuist", cell("kans_op_werk", "hoog", "0,00")),
    ("compare", ATTRIBUTIE, 4, "attributie_shapley_onjuist", cell("hele_groep", "shapley", "")),
    ("compare", ATTRIBUTIE, 5, "attributie_shapley_onjuist", cell("hele_groep", "shapley", "0,70")),
    # Straight from practice to the default: the steps between have no row, and still add up.
    ("einden", ATTRIBUTIE, 5, "attributie_verschil_behouden_onjuist", cell("elke_baan", "verschil_behouden", "2,00")),
    ("einden", ATTRIBUTIE, 5, "attributie_verschil_behouden_onjuist", cell("hele_groep", "verschil_behouden", "0,50")),
    (
        *("keten", ATTRIBUTIE, 3, "attributie_verschil_behouden_onjuist"),
        rows(lambda t: [*t[:2], [*t[2][:3], "0,00", *t[2][4:]], [*t[3][:3], "1,00", *t[3][4:]], t[4]]),
    ),
]
#: By column of the comparison: a row, and a count that is other than it is or more than it can be, or no number at all.
WRONG_COUNTS = {
    "methode": ("loting", "volgorde"),
    "bekend": ("handmatig@0.3", "0,40"),
    "huishoudens": ("loting", "8"),
    "personen": ("loting", "23"),
    "banen": ("loting", "7,00"),
    "banen_hard": ("loting", "6,00"),
    "loopt_af": ("loting", "3,00"),
    "verloren_regel_p05": ("handmatig", "0,00"),
    "verloren_regel_p95": ("loting", ""),
    "verschil_verloren_regel": ("loting", "0,25"),
    "verschil_verwacht_verloren": ("loting", "0,2500"),
    "personen_gekoppeld": ("handmatig", "24,50"),
    "niet_gekoppeld": ("handmatig", "9,50"),
    "verloren_regel": ("handmatig", "9,00"),
    "verloren_regel_hard": ("handmatig", "8,00"),
    "verwacht_verloren": ("handmatig", "8,5000"),
    "verwacht_verloren_laag": ("handmatig", "8,5000"),
    "verwacht_verloren_hoog": ("handmatig", "8,5000"),
    "gronden_niet_gehonoreerd": ("handmatig", "9,50"),
    "buiten_koppelregio": ("handmatig", "9,50"),
    "binnen_50km": ("handmatig", "-1,00"),
    "al_buiten": ("handmatig", "veel"),
    "banen_niet_gekoppeld": ("handmatig", "1"),
    "kans_werk": ("handmatig", ""),
    "gemiddelde_afstand_km": ("handmatig", "1e3"),
    "behouden": ("handmatig", "9,00"),
    "onbeslist": ("handmatig", "9,00"),
    "behouden_min": ("handmatig", "9,00"),
    "behouden_max": ("handmatig", "99,00"),
    "behouden_p05": ("handmatig", "0,00"),
    "behouden_p95": ("loting", ""),
    "verschil_behouden": ("loting", "9,00"),
    "verwacht_behouden": ("handmatig", "9,0000"),
    "verschil_verwacht_behouden": ("loting", "9,0000"),
    "behouden_hard": ("handmatig", "-1,00"),
    "behouden_niet_aangetoond": ("handmatig", "-1,00"),
    "behouden_te_weinig_uren": ("handmatig", "-1,00"),
    "uren_behouden": ("handmatig", "veel"),
    "uren_verloren": ("handmatig", "-1,00"),
    "loon_behouden_eur": ("handmatig", "0,01"),
    "loon_verloren_eur": ("handmatig", "0,01"),  # no wage is known in this month
    "verloren_eigen_gronden": ("handmatig", "-1,00"),
    "verloren_geen_plek": ("handmatig", "-1,00"),
    "verloren_niet_bekend": ("handmatig", "-1,00"),
    "verloren_geen_harde_grond": ("handmatig", "-1,00"),
    "verloren_beleid": ("handmatig", "-1,00"),
    "in_koppelregio": ("handmatig", "9,50"),
}
AT = {"loting": 2, "handmatig": 3, "handmatig@0.3": 4}
BROKEN += [
    ("compare", VERGELIJKING, AT[row], f"vergelijking_{column}_onjuist", cell(row, column, count))
    for column, (row, count) in WRONG_COUNTS.items()
]
#: For the test that asks whether every code of the judge is reached.
REACHED = {code for _, _, _, code, _ in BROKEN}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A run under the default policy, one under a policy that does not optimise, and a comparison."""
    folder = tmp_path_factory.mktemp("maand")
    return {
        "run": make(folder),
        "handmatig": make(folder, "run", "--policy", "handmatig"),
        "compare": make(folder, "compare"),
        "keten": make(folder, "compare", "--policies", "handmatig,een_voor_een,straal50,kansrijk", "--geen-shapley"),
        "einden": make(folder, "compare", "--policies", "handmatig,kansrijk", "--geen-shapley"),
        "deels": make(folder, "compare", "--bekend", "0.6", "--policies", "handmatig,alleen_banen", "--geen-shapley"),
        "english": make(folder, "run", "--csv-en"),
        "lang": make(folder, "run", "--lang", "en"),
        "gemeente": make(folder, "run", "--voor", "gemeente"),
    }


@pytest.fixture
def month(made: dict[str, Path], tmp_path: Path) -> Month:
    """Copy an outcome together with its input."""

    def copy(name: str) -> Path:
        folder = tmp_path / "kopie"
        shutil.copytree(made[name].parent / "in", folder / "in")
        return Path(shutil.copytree(made[name], folder / "uit"))

    return copy


@pytest.mark.parametrize(
    "name", ["run", "handmatig", "compare", "keten", "einden", "deels", "english", "lang", "gemeente"]
)
def test_a_run_that_nobody_changed_is_approved_wherever_it_stands_with_its_input(
    name: str, month: Month, capsys: Capture
) -> None:
    assert found(month(name), capsys) == []


@pytest.mark.parametrize(
    ("name", "file", "row", "code", "edit"), BROKEN, ids=[f"{i}-{b[3]}" for i, b in enumerate(BROKEN)]
)
def test_one_thing_changed_in_one_file_is_named_with_its_row(
    name: str, file: str, row: int | None, code: str, edit: Edit, month: Month, capsys: Capture
) -> None:
    folder = month(name)
    edit(folder / file)
    named = {(b["code"], b["bestand"], b["rij"]) for b in found(folder, capsys)}
    assert (code, file, row) in named
    hashed = "bewijs" if file == "run.json" else "bestand"
    assert any(code.startswith(hashed) for code, where, _ in named if where == file)


def test_the_share_known_of_a_comparison_is_that_of_its_receipt(month: Month, capsys: Capture) -> None:
    folder = month("deels")
    value("bekend", new=0.5)(folder / BEWIJS)
    # Practice and a bound on jobs kept know every job, whatever the share; the receipt names no other policy here.
    assert {b["code"] for b in found(folder, capsys)} == {"bewijs_veranderd"}
    value("policies", "alleen_banen", "niveaus", new=["personen_gekoppeld"])(folder / BEWIJS)
    assert ("vergelijking_bekend_onjuist", 3) in {(b["code"], b["rij"]) for b in found(folder, capsys)}


def test_a_line_names_file_and_row_in_both_languages(month: Month, capsys: Capture) -> None:
    folder = month("run")
    cell("7", "uitkomst", "al_buiten")(folder / BANEN)
    for lang, words in (("nl", "(banen.csv, rij 8; regel"), ("en", "(banen.csv, row 8; rule")):
        assert main(["verify", str(folder), "--lang", lang]) == 6
        assert words in capsys.readouterr().out


def test_a_file_that_somebody_put_beside_a_run_is_not_judged(month: Month, capsys: Capture) -> None:
    folder = month("run")
    (folder / "notities.txt").write_text("bellen met Utrecht", encoding="utf-8")
    assert found(folder, capsys) == []


def test_the_input_is_found_where_the_user_says(month: Month, capsys: Capture) -> None:
    folder = month("run")
    elsewhere = shutil.move(folder.parent / "in", folder.parent / "elders")
    assert main(["verify", str(folder)]) in {4, 7}  # the receipt still names the input of the first run
    assert found(folder, capsys, "--invoer", str(elsewhere)) == []


def test_an_input_that_is_gone_or_another_is_refused_with_what_to_do(month: Month, capsys: Capture) -> None:
    folder = month("run")
    value("input", "path", new="nergens/in")(folder / BEWIJS)
    assert main(["verify", str(folder)]) == 7
    assert "Geef de plaats met --invoer" in capsys.readouterr().err
    source = folder.parent / "in"
    cell("A", "aantal_personen", "2")(source / "huishoudens.csv")
    assert main(["verify", str(folder), "--invoer", str(source)]) == 7
    said = capsys.readouterr().err
    assert "Anders of weg: huishoudens.csv." in said
    (source / "taakstelling.csv").unlink()
    assert main(["verify", str(folder), "--invoer", str(source), "--lang", "en"]) == 7
    assert "Give the input of that moment with --invoer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--policy", "loting"], 2), (["--seed", "3"], 2), (["--peildatum", "2026-11-01"], 2), (["--bekend", "0.5"], 2)],
)
def test_what_the_receipt_says_cannot_be_said_again(options: list[str], code: int, month: Month) -> None:
    assert main(["verify", str(month("run")), *options]) == code


def test_an_input_alone_or_an_input_named_twice_is_no_way_to_call_it(month: Month) -> None:
    folder = month("run")
    source = str(folder.parent / "in")
    assert main(["verify", source]) == 2
    assert main(["verify", source, str(folder / "voorstel.csv"), "--invoer", source]) == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "null", "\x00", '{"answer": []}', "NaN", '{"program": "koppelwijzer"}']
)
def test_a_receipt_that_is_no_receipt_is_refused_beside_a_proposal_and_in_a_run(
    text: str, month: Month, capsys: Capture
) -> None:
    folder = month("run")
    (folder / "run.json").write_text(text, encoding="utf-8")
    for words in ([str(folder.parent / "in"), str(folder / "voorstel.csv")], [str(folder)]):
        assert main(["verify", *words]) == 7
        assert "geen leesbaar bewijs van een run" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [None, 5, "x", [], {"a": 1}])
@pytest.mark.parametrize(
    "key",
    ["program", "peildatum", "seed", "policy", "rules", "scenarios", "inputs", "parameters", "answer", "distances"],
)
def test_a_value_of_another_kind_in_a_receipt_never_ends_in_a_crash(
    key: str, wrong: object, month: Month, capsys: Capture
) -> None:
    folder = month("run")
    before = json.loads((folder / BEWIJS).read_text(encoding="utf-8"))
    value(key, new=wrong)(folder / BEWIJS)
    assert main(["verify", str(folder)]) in ({4} if before[key] == wrong else {6, 7})
    assert main(["verify", str(folder.parent / "in"), str(folder / "voorstel.csv")]) in {2, 4, 6, 7}
    assert "Traceback" not in capsys.readouterr().err


def test_a_proposal_that_was_edited_is_judged_as_it_stands_and_the_change_is_said(
    month: Month, capsys: Capture
) -> None:
    folder = month("run")
    cell("H", "alternatief_1", "")(folder / VOORSTEL)
    source = str(folder.parent / "in")
    assert main(["verify", source, str(folder / "voorstel.csv"), "--policy", "kansrijk"]) == 4
    assert "is veranderd nadat de run klaar was" in capsys.readouterr().err
