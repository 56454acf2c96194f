"""sjabloon | check | run | compare | generate: commands that make, read or answer a batch."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o
from optimizer.cli.pulse import Pulse
from optimizer.errors import REFUSALS, Defect, ExitCode, Gebruiksfout, Geweigerd, InvoerOngeldig

if TYPE_CHECKING:
    from optimizer.settle import Wish

#: What to do with an input that we made.
_NEXT = Sentence("Nakijken: koppelwijzer check {place}", "To check it: koppelwijzer check {place}")
_MARKED = Sentence("Uw invoer met elk probleem gemerkt: {place}", "Your input with every problem marked: {place}")
_NOTHING_TO_MARK = Sentence("Er is niets te merken: {place} is niet gemaakt.", "Nothing to mark: {place} was not made.")
_TOTAL = Sentence(
    "Totaal: {errors} {errors:fout|fouten}, {warnings} {warnings:waarschuwing|waarschuwingen}.",
    "In all: {errors} {errors:error|errors}, {warnings} {warnings:warning|warnings}.",
)
_NATIONAL = Sentence(
    "De taakstelling is ingevuld: het aandeel van elke gemeente in {n} personen. Bron: {source}. Kijk de getallen na.",
    "The taakstelling is filled in: the share of each municipality in {n} persons. Source: {source}. Check them.",
)
_NO_NATIONAL = Sentence(
    "Van {halfjaar} kennen wij geen landelijk getal. Vul de taakstelling zelf in, of geef het getal met --landelijk.",
    "We know no national number for {halfjaar}. Fill in the taakstelling yourself, or give one with --landelijk.",
)
_IN_ORDER = Sentence("De invoer is in orde.", "The input is in order.")


def sjabloon(
    uit: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Waar het lege werkboek komt.")],
    halfjaar: Annotated[
        str | None,
        typer.Option(
            "--halfjaar", metavar="2026-1", help="Vul de taakstelling van dit halfjaar in, als die bekend is."
        ),
    ] = None,
    landelijk: Annotated[
        int | None, typer.Option("--landelijk", min=0, help="Personen in het hele land; standaard het bekende getal.")
    ] = None,
    force: o.Force = False,
    lang: o.Taal = o.Lang.NL,
) -> None:
    """Maak een leeg werkboek met de juiste bladen, keuzelijsten en uitleg."""
    from optimizer.publish import check_file_free, publish_file

    check_file_free(uit, force=force)
    from optimizer.read import write_sjabloon
    from optimizer.taakstelling import of_half_year

    if halfjaar is None and landelijk is not None:
        raise Gebruiksfout(
            "Geef bij --landelijk ook het halfjaar, met --halfjaar.",
            "With --landelijk give the half-year too, with --halfjaar.",
        )
    rows, dated = (None, None) if halfjaar is None else of_half_year(halfjaar, landelijk)
    publish_file(uit, lambda place: write_sjabloon(place, rows, lang.value), force=force)
    if dated is not None:
        typer.echo(_NATIONAL.fill(n=int(dated.value), source=str(dated.source)).said(lang), err=True)
    elif rows is not None and landelijk is None:
        typer.echo(_NO_NATIONAL.fill(halfjaar=str(halfjaar)).said(lang), err=True)
    typer.echo(_NEXT.fill(place=str(uit)).said(lang), err=True)
    typer.echo(uit)


def check(
    invoer: o.Invoer,
    werkmap: Annotated[
        Path | None,
        typer.Option("--werkmap", metavar="FOUTEN.xlsx", help="Geef uw invoer terug met elke foute cel gemerkt."),
    ] = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    peildatum: o.Peildatum = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    force: o.Force = False,
) -> int:
    """Kijk de invoer na. U krijgt alle problemen in één lijst."""
    from optimizer.publish import check_file_free
    from optimizer.read.texts import as_json as listed
    from optimizer.settle import Wish, look

    if werkmap is not None:
        check_file_free(werkmap, force=force, inputs=(invoer,))
    in_force, defects = look(
        Wish(
            source=o.find_input(invoer, lang),
            peildatum=o.parse_day(peildatum),
            kolommen=kolommen,
            pc4=pc4,
            rules=rules or (),
            scenarios=scenario or (),
        )
    )
    errors = [d for d in defects if not d.warning]
    if in_force is not None:
        o.teller(lang)(in_force.day_said)
    if as_json:
        typer.echo(json.dumps(listed(defects, lang.value), ensure_ascii=False, indent=2))
    elif defects:
        o.print_defects(defects, lang.value, file=sys.stdout)
        typer.echo(_TOTAL.fill(errors=len(errors), warnings=len(defects) - len(errors)).said(lang))
    if not errors and not as_json:
        typer.echo(_IN_ORDER.said(lang))
    if werkmap is not None:
        _give_back(werkmap, o.find_input(invoer, lang), defects, lang, force=force)
    return int(InvoerOngeldig(errors).exit_code) if errors else int(ExitCode.DONE)


def _give_back(werkmap: Path, place: Path, defects: Sequence[Defect], lang: o.Lang, *, force: bool) -> None:
    """Give the input back with every problem marked, but never with a column in it that nobody may hand in."""
    from optimizer.publish import publish_file
    from optimizer.read.werkmap import write_marked

    if any(d.code in REFUSALS for d in defects):
        raise Geweigerd(
            "Wij geven geen werkmap terug waarin een verboden kolom staat. Haal die kolom eerst weg.",
            "We give no workbook back that has a forbidden column in it. Take that column out first.",
        )
    if not defects:
        typer.echo(_NOTHING_TO_MARK.fill(place=str(werkmap)).said(lang), err=True)
        return
    publish_file(werkmap, lambda file: write_marked(file, place, defects, lang.value), force=force, inputs=(place,))
    typer.echo(_MARKED.fill(place=str(werkmap)).said(lang), err=True)


def run(
    invoer: Annotated[
        Path | None,
        typer.Argument(
            metavar="INVOER",
            help="Map met CSV-bestanden of werkboek; of 'voorbeeld', 'krap' of 'klein'. Bij --from: die van toen.",
            show_default=False,
        ),
    ] = None,
    van: Annotated[
        Path | None, typer.Option("--from", metavar="RUN", help="Ga verder op deze eerdere run.", show_default=False)
    ] = None,
    besluiten: o.Besluiten = None,
    vooruitblik: o.Vooruitblik = None,
    nieuwe_invoer: Annotated[
        bool, typer.Option("--nieuwe-invoer", help="Bij --from: de invoer mag een andere zijn dan toen.")
    ] = False,
    policy: o.Policy = None,
    out: o.Uit = None,
    peildatum: o.Peildatum = None,
    seed: o.Seed = None,
    bekend: o.Bekend = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    policies: Annotated[
        str, typer.Option("--policies", help="Beleid waarmee het rapport vergelijkt: all, of namen met komma's.")
    ] = "loting,koppelregio,blijf_in_regio,handmatig,een_voor_een",
    draws: Annotated[int, typer.Option("--draws", min=1, help="Aantal trekkingen van de loting.")] = 200,
    lang: o.Taal = o.Lang.NL,
    csv_en: o.CsvEn = False,
    voor: o.VoorWie = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    workers: o.Workers = 1,
    work_limit: o.WorkLimit = None,
    time_limit: o.TimeLimit = None,
    force: o.Force = False,
) -> int:
    """Maak een voorstel voor een groep huishoudens, met reden, tekorten en een rapport."""
    from optimizer.cli.beside import beside_summary
    from optimizer.cli.changes import changes_summary
    from optimizer.cli.summary import agreements_summary, run_summary
    from optimizer.decide import Limits
    from optimizer.pipeline import Listener, Order, Output, Vervolg, run_month
    from optimizer.report import Style

    given = {
        "source": None if invoer is None else o.find_input(invoer, lang),
        "policy": policy,
        "peildatum": o.parse_day(peildatum),
        "seed": seed,
        "bekend": bekend,
        "kolommen": kolommen,
        "pc4": pc4,
        "vooruitblik": vooruitblik,
        "measure": o.measure_name(measure, afstanden, osrm),
        "rules": rules or None,
        "scenarios": scenario or None,
    }
    wish = _wish(given, van, besluiten, nieuwe_invoer=nieuwe_invoer)
    place = out or (o.default_out(wish.source) if van is None else o.next_out(van))
    order = Order(
        wish=wish,
        output=Output(place, _command(), force, Style(lang.value, csv_en, voor is o.Voor.GEMEENTE)),
        vervolg=None if van is None else Vervolg(van, besluiten, nieuwe_invoer),
        policies=_names(policies),
        draws=draws,
        limits=Limits(work_limit, time_limit, workers),
    )
    with Pulse(lang.value) as pulse:
        done = run_month(order, Listener(pulse, o.warner(lang), o.teller(lang)))
    typer.echo(run_summary(done.voorstel, done.comparison.tabel, done.code, lang.value))
    if done.changed is not None:
        typer.echo(changes_summary(done.changed, lang.value))
    for line in beside_summary(done.beside, lang.value):
        typer.echo(line)
    if done.comparison.overeenkomsten is not None:
        typer.echo(agreements_summary(done.comparison.overeenkomsten, done.voorstel.beleid, lang.value))
    typer.echo(o.shown(done.folder / "rapport.html"))
    return int(done.code)


def compare(
    invoer: o.Invoer,
    policies: Annotated[str, typer.Option("--policies", help="all, of namen met komma's.")] = "all",
    draws: Annotated[int, typer.Option("--draws", min=1, help="Aantal trekkingen van de loting.")] = 200,
    baseline: Annotated[str, typer.Option("--baseline", help="Beleid waarmee wij de rest vergelijken.")] = "handmatig",
    maanden: Annotated[
        int, typer.Option("--maanden", min=0, help="Vergelijk ook zoveel andere maanden, even groot en even krap.")
    ] = 0,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Getal waaruit de eerste van die maanden volgt.")] = 1,
    maandenmap: Annotated[
        Path | None, typer.Option("--maandenmap", help="Map met maanden die wij lezen in plaats van verzinnen.")
    ] = None,
    gevoeligheid: Annotated[
        bool, typer.Option("--gevoeligheid", help="Reken ook uit wat andere aannames doen.")
    ] = False,
    shapley: Annotated[
        bool,
        typer.Option("--shapley/--geen-shapley", help="Verdeel de winst ook over elke volgorde van de stappen."),
    ] = True,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Aantal processen; verandert de uitkomst niet.")] = 1,
    out: o.Uit = None,
    peildatum: o.Peildatum = None,
    seed: o.Seed = None,
    bekend: o.Bekend = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    lang: o.Taal = o.Lang.NL,
    csv_en: o.CsvEn = False,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    workers: o.Workers = 1,
    work_limit: o.WorkLimit = None,
    time_limit: o.TimeLimit = None,
    force: o.Force = False,
) -> int:
    """Reken dezelfde groep uit onder elk beleid en tel de banen die behouden blijven."""
    from optimizer.cli.summary import comparison_summary
    from optimizer.decide import Limits
    from optimizer.pipeline import Further, Listener, Order, Output, compare_policies
    from optimizer.report import Style
    from optimizer.settle import Wish

    place = o.find_input(invoer, lang)
    order = Order(
        wish=Wish(
            source=place,
            peildatum=o.parse_day(peildatum),
            seed=seed,
            bekend=bekend,
            kolommen=kolommen,
            pc4=pc4,
            measure=o.measure_name(measure, afstanden, osrm),
            rules=rules or (),
            scenarios=scenario or (),
        ),
        output=Output(out or o.default_out(place, "-vergelijking"), _command(), force, Style(lang.value, csv_en)),
        policies=_names(policies),
        baseline=baseline,
        draws=draws,
        limits=Limits(work_limit, time_limit, workers),
        further=Further(maanden, maandenmap, zaad, gevoeligheid, jobs, shapley),
    )
    with Pulse(lang.value) as pulse:
        folder, comparison = compare_policies(order, Listener(pulse, o.warner(lang), o.teller(lang)))
    typer.echo(comparison_summary(comparison.tabel, lang.value))
    typer.echo(o.shown(folder / "rapport.html"))
    return int(ExitCode.DONE)


def afweging(
    invoer: o.Invoer,
    policy: o.Policy = None,
    out: o.Uit = None,
    peildatum: o.Peildatum = None,
    seed: o.Seed = None,
    bekend: o.Bekend = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    lang: o.Taal = o.Lang.NL,
    csv_en: o.CsvEn = False,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    workers: o.Workers = 1,
    work_limit: o.WorkLimit = None,
    time_limit: o.TimeLimit = None,
    force: o.Force = False,
) -> int:
    """Laat zien wat ruimte en tempo opleveren en kosten: banen, kans op werk, eigen koppelregio."""
    from optimizer.cli.summary import tradeoff_summary
    from optimizer.decide import Limits
    from optimizer.pipeline import Listener, Order, Output, weigh
    from optimizer.report import Style
    from optimizer.settle import Wish

    place = o.find_input(invoer, lang)
    order = Order(
        wish=Wish(
            source=place,
            policy=policy,
            peildatum=o.parse_day(peildatum),
            seed=seed,
            bekend=bekend,
            kolommen=kolommen,
            pc4=pc4,
            measure=o.measure_name(measure, afstanden, osrm),
            rules=rules or (),
            scenarios=scenario or (),
        ),
        output=Output(out or o.default_out(place, "-afweging"), _command(), force, Style(lang.value, csv_en)),
        limits=Limits(work_limit, time_limit, workers),
    )
    with Pulse(lang.value) as pulse:
        folder, table = weigh(order, Listener(pulse, o.warner(lang), o.teller(lang)))
    typer.echo(tradeoff_summary(table, lang.value))
    typer.echo(o.shown(folder / "afweging.html"))
    return int(ExitCode.DONE)


def generate(
    uit: Annotated[Path, typer.Argument(metavar="OUT", help="Map waarin de verzonnen groep komt.")],
    huishoudens: Annotated[int, typer.Option("--huishoudens", min=1, help="Aantal huishoudens.")] = 1500,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Getal waaruit de groep volgt.")] = 1,
    tightness: Annotated[
        float | None, typer.Option("--tightness", min=0.0, help="Som van de opgaven, als deel van de personen.")
    ] = None,
    regio: Annotated[
        str | None,
        typer.Option("--regio", metavar="NAAM", help="Alleen deze koppelregio; een deel van de naam is genoeg."),
    ] = None,
    einde_halfjaar: Annotated[
        bool, typer.Option("--einde-halfjaar", help="Het halfjaar is bijna voorbij: weinig gemeenten hebben nog plek.")
    ] = False,
    verzoeken: Annotated[
        int, typer.Option("--verzoeken", min=0, help="Verzin er zoveel verzoeken om een koppeling bij.")
    ] = 0,
    vooruitblik: Annotated[
        int, typer.Option("--vooruitblik", min=0, help="Verzin er zoveel mensen in procedure bij, in vooruitblik.csv.")
    ] = 0,
    force: o.Force = False,
    lang: o.Taal = o.Lang.NL,
) -> None:
    """Verzin een groep huishoudens op de echte kaart van Nederland."""
    from optimizer.generate import generate as make

    made = make(
        uit,
        huishoudens=huishoudens,
        seed=seed,
        tightness=tightness,
        regio=regio,
        einde_halfjaar=einde_halfjaar,
        verzoeken=verzoeken,
        vooruitblik=vooruitblik,
        force=force,
    )
    typer.echo(_NEXT.fill(place=str(made)).said(lang), err=True)
    typer.echo(made)


def _wish(given: Mapping[str, Any], van: Path | None, besluiten: Path | None, *, nieuwe_invoer: bool) -> "Wish":
    """Return what a run is asked: as the user says, and for the rest as the run from which it goes on says."""
    from optimizer.settle import Wish

    if van is not None:
        from optimizer.pipeline.again import finished_proposal, wish_of

        return wish_of(van, finished_proposal(van).receipt, given)
    if given["source"] is None:
        raise Gebruiksfout(
            "Geef ook invoer. Dat is een map met CSV-bestanden of een werkboek. Of geef met --from een eerdere run. "
            "Met --help ziet u wat kan.",
            "Give the input: a folder of CSV files or a workbook. Or give an earlier run with --from. "
            "--help shows what is possible.",
        )
    if besluiten is not None or nieuwe_invoer:
        raise Gebruiksfout(
            "--besluiten en --nieuwe-invoer horen bij --from. Geef met --from de run waar de besluiten over gaan.",
            "--besluiten and --nieuwe-invoer belong to --from. Give with --from the run that the decisions are about.",
        )
    return Wish(**{name: value for name, value in given.items() if value is not None})


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _command() -> tuple[str, ...]:
    return ("koppelwijzer", *sys.argv[1:])
