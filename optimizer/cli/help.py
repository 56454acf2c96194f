"""What ``--help`` says, in both languages: commands and options have their Dutch where they stand, their English here.

A test walks every command: one without English fails it.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from geodata.wording import Lang, Sentence

_TEXTS = (
    Sentence(
        "Koppelt huishoudens van statushouders aan gemeenten, zonder dat zij hun werk verliezen.",
        "Links households of permit holders to municipalities without costing them the work that they have.",
    ),
    Sentence("Gemeenten en afstanden.", "Municipalities and distances."),
    Sentence(
        "De applicatie waarin gemeenten voorstellen nakijken en beantwoorden.",
        "The application in which municipalities check proposals and answer.",
    ),
    Sentence(
        "Start de applicatie: zonder instellingen een proef met de voorbeeldmaand, anders zoals de omgeving zegt.",
        "Start the application: without settings a trial with the example month, else as the environment says.",
    ),
    Sentence(
        "Maak van een run een ronde: de rechter keurt haar, en elke gemeente ziet haar voorstellen.",
        "Make a run a round: the judge judges it, and each municipality sees its proposals.",
    ),
    Sentence(
        "Bewaar wie naar binnen mag, met rol en gebied. De aanmelddienst kan dat ook zelf zeggen.",
        "Keep who may come in, with role and area. The identity provider can say so too.",
    ),
    Sentence(
        "Breng de database in de nieuwste vorm, of terug naar een eerdere.",
        "Bring the database to the newest form, or back to an earlier one.",
    ),
    Sentence(
        "Ga na of het spoor van wie wat deed nog heel is. Bewaar de laatste hash ergens anders.",
        "See whether the trail of who did what is whole. Keep the last hash elsewhere.",
    ),
    Sentence(
        "Wis alle zaken van een ronde: hun sleutels worden vernietigd.",
        "Erase all cases of a round: their keys are destroyed.",
    ),
    Sentence(
        "Bewaar alles wat de applicatie weet in één bestand. Het geheim van de installatie zit er niet in.",
        "Keep all that the application knows in one file. The secret of the installation is not in it.",
    ),
    Sentence(
        "Zet een kopie terug in een lege database, en ga na of het spoor heel is.",
        "Put a copy back into an empty database, and see whether the trail is whole.",
    ),
    Sentence("Bestand waarin de kopie komt.", "File in which the copy comes."),
    Sentence("Een kopie van koppelwijzer review kopie.", "A copy made by koppelwijzer review kopie."),
    Sentence(
        "Verstuur de samenvattingen en herinneringen die aan de beurt zijn. Laat dit elk uur lopen.",
        "Send the digests and reminders that are due. Let this run every hour.",
    ),
    Sentence("Toon wat er verstuurd zou worden en verstuur niets.", "Show what would be sent, and send nothing."),
    Sentence(
        "Sluit de maand van een ronde af met de antwoorden van gemeenten, en maak de invoer van de volgende maand.",
        "End the month of a round with the answers of municipalities, and make the input of the next month.",
    ),
    Sentence(
        "Haal uit een ronde wat het COA nodig heeft: de antwoorden als besluiten, en wat gemeenten aanbieden.",
        "Take out of a round what the COA needs: the answers as decisions, and what municipalities offer.",
    ),
    Sentence("Bestand .zip voor de invoer van de volgende maand.", "File .zip for the input of the next month."),
    Sentence("Kenmerk van de ronde (standaard de nieuwste).", "Id of the round (the newest unless said)."),
    Sentence(
        "Neem de antwoorden over uit een werkboek dat een gemeente terugstuurde: alle, of bij een fout geen.",
        "Take over the answers in a workbook that a municipality sent back: all of them, or none if one is wrong.",
    ),
    Sentence(
        "Maak voor deze gemeente een webpagina en een werkboek, zonder applicatie.",
        "Make a web page and a workbook for this municipality, without the application.",
    ),
    Sentence(
        "Werkboek dat een gemeente terugstuurde, of een map met werkboeken.",
        "Workbook that a municipality sent back, or a folder of workbooks.",
    ),
    Sentence("Map of bestand voor de uitkomst.", "Folder or file for the outcome."),
    Sentence(
        "Maak een token voor de API, trek er een in, of toon welke er zijn. Het token zelf ziet u maar één keer.",
        "Make a token for the API, revoke one, or show which there are. The token itself is shown only once.",
    ),
    Sentence("Voor wie (sub): het token mag wat deze mag.", "For whom (sub): the token may what they may."),
    Sentence("Zoveel dagen geldt het token.", "The token holds for so many days."),
    Sentence("Trek het token met dit kenmerk in.", "Revoke the token with this id."),
    Sentence("Map van een proef: database, geheim en voorbeeld.", "Folder of a trial: database, secret and example."),
    Sentence("Adres waarop de applicatie luistert.", "Address at which the application listens."),
    Sentence("Poort.", "Port."),
    Sentence("Begin zonder de voorbeeldmaand.", "Begin without the example month."),
    Sentence("Aantal processen dat pagina's maakt.", "Processes that make pages."),
    Sentence("Hoe de ronde heet.", "What the round is called."),
    Sentence("Laatste dag om te antwoorden.", "Last day to answer."),
    Sentence("Ronde waarop deze run verdergaat.", "Round that this run goes on from."),
    Sentence("Wie het is bij de aanmelddienst (sub).", "Who it is at the identity provider (sub)."),
    Sentence(
        "gemeente, coa, provincie, arbeidsmarktregio of onderzoeker.",
        "gemeente, coa, provincie, arbeidsmarktregio or onderzoeker.",
    ),
    Sentence("Gemeente, provincie of arbeidsmarktregio.", "Municipality, province or labour-market region."),
    Sentence("Naam.", "Name."),
    Sentence("Adres voor meldingen.", "Address for notifications."),
    Sentence("Deze persoon mag niet meer naar binnen.", "This person may no longer come in."),
    Sentence("Vorm waarnaar (standaard de nieuwste).", "Form to reach (the newest unless said)."),
    Sentence("Kenmerk van de ronde.", "Key of the round."),
    Sentence("Ik weet het zeker.", "I am sure."),
    Sentence("Kenmerk van wie het doet, voor het spoor.", "Key of who does it, for the trail."),
    Sentence(
        "Maak een leeg werkboek met de juiste bladen, keuzelijsten en uitleg.",
        "Make an empty workbook with the right sheets, lists of choices and notes.",
    ),
    Sentence(
        "Kijk de invoer na. U krijgt alle problemen in één lijst.", "Check the input. You get all problems in one list."
    ),
    Sentence(
        "Maak een voorstel voor een groep huishoudens, met reden, tekorten en een rapport.",
        "Make a proposal for a group of households, with reasons, shortages and a report.",
    ),
    Sentence(
        "Reken dezelfde groep uit onder elk beleid en tel de banen die behouden blijven.",
        "Work the same group out under every policy and count the jobs that are kept.",
    ),
    Sentence(
        "Laat zien wat ruimte en tempo opleveren en kosten: banen, kans op werk, eigen koppelregio.",
        "Show what room and pace give and cost: jobs, chance of work, own koppelregio.",
    ),
    Sentence(
        "Verzin een groep huishoudens op de echte kaart van Nederland.",
        "Invent a group of households on the real map of the Netherlands.",
    ),
    Sentence(
        "Keur een voorstel of een hele run, zonder de rekenmachine. Of toets één koppeling aan elke regel.",
        "Judge a proposal or a whole run without the solver. Or put every rule to one link.",
    ),
    Sentence(
        "Leg één huishouden uit: waar het mag, wat elke gemeente geeft, en wat er gebeurt als het ergens anders gaat.",
        "Explain one household: where it may go, what each municipality gives, and what happens if it goes elsewhere.",
    ),
    Sentence("De map van een run.", "The folder of a run."),
    Sentence(
        "Schrijf elk huishouden een brief met de reden van het voorstel, en de werkgever van elke baan die blijft.",
        "Write every household a letter with the reason of the proposal, and the employer of every job that is kept.",
    ),
    Sentence(
        "Maak de verantwoording van een run: Algoritmeregister, logboek, antwoorden voor DPIA en IAMA, en een bundel.",
        "Make the account of a run: Algoritmeregister, log, answers for DPIA and IAMA, and a bundle.",
    ),
    Sentence("Map voor de verantwoording.", "Folder for the account."),
    Sentence(
        "Toets een verantwoording: het register, het logboek en de bundel.",
        "Check an account: the register, the log and the bundle.",
    ),
    Sentence(
        "Wis elke rij over mensen uit een run. Aantallen, het bewijs en een aantekening blijven.",
        "Erase every row about people from a run. Counts, the receipt and a note stay.",
    ),
    Sentence("Map van een run waarvan de bewaartermijn voorbij is.", "Folder of a run whose retention term is over."),
    Sentence(
        "Wis echt. Zonder deze optie ziet u alleen wat er weg gaat.",
        "Really erase. Without this option you only see what would go.",
    ),
    Sentence("De dag van het wissen, voor de aantekening.", "The day of erasing, for the note."),
    Sentence("Waarom u wist, voor de aantekening.", "Why you erase, for the note."),
    Sentence("Map voor de brieven (standaard RUN-brieven).", "Folder for the letters (default RUN-brieven)."),
    Sentence("Alleen de brieven van dit huishouden.", "Only the letters of this household."),
    Sentence("Wie de brieven stuurt. Dit komt in elke brief.", "Who sends the letters. This comes in every letter."),
    Sentence("Waar mensen met vragen terecht kunnen.", "Where people can go with questions."),
    Sentence("Maak alleen HTML. Dat gaat sneller.", "Make HTML only. That is quicker."),
    Sentence(
        "Bij een run: keur ook elk woord van de brieven in deze map.",
        "With a run: judge every word of the letters in this folder too.",
    ),
    Sentence(
        "Zoek welke buurgemeenten het best een deel van hun opgave kunnen ruilen, en welke banen dat redt.",
        "Find which neighbours could best swap part of their opgave, and which jobs that saves.",
    ),
    Sentence("Hoogstens zoveel ruilen tussen buurgemeenten.", "At most so many swaps between neighbours."),
    Sentence("Grens in getelde rekenstappen, alle ruilen samen.", "Limit in counted steps, for all swaps together."),
    Sentence("Kenmerk van het huishouden.", "Key of the household."),
    Sentence(
        "Waarom niet deze gemeente? Mag vaker, naast elkaar.",
        "Why not this municipality? May be given several times, side by side.",
    ),
    Sentence(
        "gemeente: medische gronden en gezin heten persoonlijk.",
        "gemeente: medical and family grounds read persoonlijk.",
    ),
    Sentence(
        "Grens in getelde rekenstappen, voor elke vraag waarom niet.",
        "Limit in counted steps, for each question why not.",
    ),
    Sentence(
        "Toon de regels en de getallen die op een datum gelden, met hun bron.",
        "Show the rules and the numbers in force on a day, with their source.",
    ),
    Sentence(
        "Toets de aanvragen voor omkoppeling in de invoer. Voldoen geeft geen recht.",
        "Judge the requests for another municipality in the input. Passing gives no right.",
    ),
    Sentence(
        "Reken de taakstelling van elke gemeente uit en maak het invoerbestand.",
        "Compute the taakstelling of every municipality and make the input file.",
    ),
    Sentence("Zoek een gemeente op.", "Look a municipality up."),
    Sentence("Meet de afstand tussen twee gemeenten in km.", "Measure the distance between two municipalities in km."),
    Sentence(
        "Haal de officiële indeling, inwoners en grenzen op, en zeg wat er verschilt.",
        "Fetch the official division, inhabitants and boundaries, and say what differs.",
    ),
    Sentence(
        "Teken de kaarten van een uitkomst op één pagina die zonder internet werkt.",
        "Draw the maps of an outcome on one page that works offline.",
    ),
    Sentence(
        "Schrijf een uitkomst als kaartlagen voor QGIS: gemeenten, banen en verhuizingen (EPSG:28992).",
        "Write an outcome as map layers for QGIS: municipalities, jobs and moves (EPSG:28992).",
    ),
    Sentence("... aan deze gemeente.", "... to this municipality."),
    Sentence("Aantal huishoudens.", "Number of households."),
    Sentence(
        "Aantal rekenkernen; verandert het antwoord niet.", "Number of processor cores; does not change the answer."
    ),
    Sentence("Aantal trekkingen van de loting.", "Number of draws of the lottery."),
    Sentence(
        "Adres van een OSRM-server die de afstanden levert.", "Address of an OSRM server that gives the distances."
    ),
    Sentence("Ander adres van de OData-dienst van het CBS.", "Another address of the OData service of CBS."),
    Sentence("Ander adres van de grenzen bij PDOK.", "Another address of the boundaries at PDOK."),
    Sentence(
        "Beleid waarmee het rapport vergelijkt: all, of namen met komma's.",
        "Policies that the report compares with: all, or names with commas.",
    ),
    Sentence("Beleid waarmee wij de rest vergelijken.", "Policy with which the others are compared."),
    Sentence("Bestand dat wij schrijven; anders het scherm.", "File to write; otherwise the screen."),
    Sentence(
        "Bestand.gpkg (GeoPackage), of een map (GeoParquet).", "File.gpkg (GeoPackage), or a folder (GeoParquet)."
    ),
    Sentence("Bij een run: waar haar invoer nu staat.", "For a run: where its input stands now."),
    Sentence(
        "Bij een run: reken het voorstel opnieuw uit met wat toen bekend was.",
        "For a run: work the proposal out again from what was known then.",
    ),
    Sentence(
        "Bij een run: reken ook de grens van elk niveau na, in hele getallen.",
        "For a run: also compute the bound of every level again, in whole numbers.",
    ),
    Sentence(
        "CSV met de stand per gemeente, zoals achterstand en gekoppeld.",
        "CSV with the state of each municipality, such as achterstand and gekoppeld.",
    ),
    Sentence("CSV met komma en decimale punt.", "CSV with commas and decimal points."),
    Sentence("Code of naam, ook een oude.", "Code or name, also a former one."),
    Sentence(
        "Datum (jjjj-mm-dd); standaard de nieuwste datum in de regels.",
        "Date (yyyy-mm-dd); by default the newest date in the rules.",
    ),
    Sentence(
        "Datum waarop de regels gelden, zoals 1-7-2026 of 2026-07-01.",
        "Day on which the rules hold, such as 1-7-2026 (1 July) or 2026-07-01.",
    ),
    Sentence(
        "Laat de Tab-toets opdrachten en opties aanvullen in uw shell.",
        "Have the Tab key complete commands and options in your shell.",
    ),
    Sentence(
        "Toon het script waarmee uw shell aanvult, om zelf te plaatsen.",
        "Show the script with which your shell completes, to install it yourself.",
    ),
    Sentence(
        "De invoer van het voorstel, of de map van een hele run.",
        "The input of the proposal, or the folder of a whole run.",
    ),
    Sentence("Deel van de banen dat op tijd bekend is.", "Share of the jobs that is known in time."),
    Sentence(
        "Eigen tabel met afstanden in km (CSV of Parquet).", "Table of your own with distances in km (CSV or Parquet)."
    ),
    Sentence("Gemeente van het werk of een andere grond.", "Municipality of the work or another ground."),
    Sentence("Gemeente waar mensen gaan wonen.", "Municipality where people are going to live."),
    Sentence(
        "Gemeente waarvan u het bereik wilt zien; standaard die met de meeste banen.",
        "Municipality of which you want to see the catchment; by default the one with most jobs.",
    ),
    Sentence("Getal waaruit de groep volgt.", "Number from which the group follows."),
    Sentence("Getal waaruit de loting volgt.", "Number from which the lottery follows."),
    Sentence("Grens in getelde rekenstappen.", "Limit in counted steps of computation."),
    Sentence("Halfjaar, zoals 2026-1.", "Half-year, such as 2026-1."),
    Sentence("Het voorstel, van wie dan ook.", "The proposal, whoever made it."),
    Sentence("Hoe wij afstanden meten.", "How distances are measured."),
    Sentence("Jaar van de indeling; standaard het nieuwste.", "Year of the division; by default the newest."),
    Sentence(
        "Keur ook wat dit beleid bindt, zoals de straal om een harde grond.",
        "Judge also what this policy binds, such as the radius around a hard ground.",
    ),
    Sentence(
        "Map met CSV-bestanden of werkboek; of 'voorbeeld', 'krap' of 'klein'. Bij --from: die van toen.",
        "Folder of CSV files, or a workbook; or 'voorbeeld', 'krap' or 'klein'. With --from: the one of then.",
    ),
    Sentence(
        "Vergelijk twee runs: wie kreeg een andere gemeente, en waarom.",
        "Compare two runs: who got another municipality, and why.",
    ),
    Sentence("Map van de eerste run.", "Folder of the first run."),
    Sentence("Map van de tweede run.", "Folder of the second run."),
    Sentence("CSV-bestand waarin wij de wijzigingen schrijven.", "CSV file to write the changes to."),
    Sentence(
        "Sluit een maand af: wie akkoord heeft is gekoppeld, de rest gaat mee naar de volgende invoer.",
        "End a month: who is agreed on is linked, the others go on to the next input.",
    ),
    Sentence("Map voor de invoer van de volgende maand.", "Folder for the input of the next month."),
    Sentence(
        "Voorstellen zonder antwoord: mee naar de volgende maand, of akkoord.",
        "Proposals without an answer: on to the next month (meenemen), or accepted (akkoord).",
    ),
    Sentence(
        "Peildatum van de volgende maand (standaard die van de run).",
        "Peildatum of the next month (by default that of the run).",
    ),
    Sentence("Ga verder op deze eerdere run.", "Go on from this earlier run."),
    Sentence(
        "Bij --from: de invoer mag een andere zijn dan toen.", "With --from: the input may be another one than then."
    ),
    Sentence(
        "Besluiten over de run: CSV of werkmap, of een map met werkmappen die gemeenten terugstuurden.",
        "Decisions on the run: CSV or workbook, or a folder of workbooks that municipalities sent back.",
    ),
    Sentence(
        "Map met CSV-bestanden of werkboek; of 'voorbeeld', 'krap' of 'klein'.",
        "Folder of CSV files, or a workbook; or 'voorbeeld', 'krap' or 'klein'.",
    ),
    Sentence(
        "Map met eigen waarden van parameters; mag vaker, de laatste wint.",
        "Folder with parameter values of your own; may be repeated, the last one wins.",
    ),
    Sentence("Map van een uitkomst van koppelwijzer run.", "Folder of an outcome of koppelwijzer run."),
    Sentence(
        "Map voor de nieuwe invoer: wie mag, doet mee en geeft zijn plek terug.",
        "Folder for the new input: who may takes part and gives the present place back.",
    ),
    Sentence(
        "Map voor wat wij ophalen; standaard KOPPELWIJZER_DATA of de cache.",
        "Folder for what is fetched; by default KOPPELWIJZER_DATA or the cache.",
    ),
    Sentence("Map waarin de uitkomst komt.", "Folder for the outcome."),
    Sentence("Map waarin de verzonnen groep komt.", "Folder for the invented group."),
    Sentence("Map waarin kaarten.html komt.", "Folder for kaarten.html."),
    Sentence("Naam van het beleid (standaard kansrijk).", "Name of the policy (by default kansrijk)."),
    Sentence(
        "Noem de bruggen, dammen, tunnels en veerboten (bij road).",
        "Name the bridges, dams, tunnels and ferries (with road).",
    ),
    Sentence(
        "Noodrem in seconden; de uitkomst is dan niet te herhalen.",
        "Emergency brake in seconds; the outcome cannot be repeated then.",
    ),
    Sentence(
        "Personen in het hele land; standaard het bekende getal.",
        "Persons in the whole country; by default the known number.",
    ),
    Sentence("Schrijf JSON, voor machines.", "Write JSON, for machines."),
    Sentence("Schrijf alle afstanden in dit bestand.", "Write all distances to this file."),
    Sentence("Som van de opgaven, als deel van de personen.", "Sum of the opgaven, as a share of the persons."),
    Sentence("TOML met andere namen voor kolommen.", "TOML with other names of columns."),
    Sentence(
        "TOML met andere waarden van regels en beleid; mag vaker, de laatste wint.",
        "TOML with other values of rules and policy; may be repeated, the last one wins.",
    ),
    Sentence("Taal van het rapport en de meldingen.", "Language of the report and the messages."),
    Sentence("Verzin er zoveel verzoeken om een koppeling bij.", "Make up as many requests for a link besides."),
    Sentence(
        "Verzin er zoveel mensen in procedure bij, in vooruitblik.csv.",
        "Make up as many people in procedure besides, in vooruitblik.csv.",
    ),
    Sentence(
        "Mensen in procedure die werken: waar plek krap wordt en met wie het eerst een gesprek.",
        "People in procedure who work: where room will be short, and whom to interview first.",
    ),
    Sentence(
        "Tabel met postcodes (postcode4, gemeente, x_rd, y_rd) voor werk_postcode4.",
        "Table of postcodes (postcode4, gemeente, x_rd, y_rd) for werk_postcode4.",
    ),
    Sentence("Toets één koppeling: van dit huishouden ...", "Judge one link: of this household ..."),
    Sentence("Toon de versie.", "Show the version."),
    Sentence("Toon wat er veranderde.", "Show what changed."),
    Sentence("Vervang een uitkomst die er al staat.", "Replace an outcome that stands there."),
    Sentence("Waar het lege werkboek komt.", "Where the empty workbook goes."),
    Sentence(
        "Vul de taakstelling van dit halfjaar in, als die bekend is.",
        "Fill in the taakstelling of this half-year, where it is known.",
    ),
    Sentence("Geef uw invoer terug met elke foute cel gemerkt.", "Give your input back with every bad cell marked."),
    Sentence(
        "Alleen deze koppelregio; een deel van de naam is genoeg.", "This koppelregio only; part of its name will do."
    ),
    Sentence(
        "Het halfjaar is bijna voorbij: weinig gemeenten hebben nog plek.",
        "The half-year is nearly over: few municipalities have room left.",
    ),
    Sentence(
        "Vergelijk ook zoveel andere maanden, even groot en even krap.",
        "Compare as many other months too, as large and as tight.",
    ),
    Sentence("Getal waaruit de eerste van die maanden volgt.", "Number from which the first of those months follows."),
    Sentence(
        "Map met maanden die wij lezen in plaats van verzinnen.", "Folder of months to read instead of inventing them."
    ),
    Sentence("Reken ook uit wat andere aannames doen.", "Work out too what other assumptions do."),
    Sentence(
        "Verdeel de winst ook over elke volgorde van de stappen.", "Split the gain over every order of the steps too."
    ),
    Sentence("Aantal processen; verandert de uitkomst niet.", "Number of processes; does not change the outcome."),
    Sentence("all, of namen met komma's.", "all, or names with commas."),
    Sentence(
        "gemeente: schrijf ook een werkboek en een pagina per gemeente, met alleen haar gevallen.",
        "gemeente: write a workbook and a page for each municipality too, with its own cases only.",
    ),
)
ENGLISH: Mapping[str, str] = dict(_TEXTS)
_PANELS = {
    "argument": Sentence("Wat u opgeeft", "Arguments"),
    "option": Sentence("Opties", "Options"),
    "command": Sentence("Opdrachten", "Commands"),
}
#: What typer itself says around our words.
_USAGE = Sentence("Gebruik: ", "Usage: ")
_OPTIONS, _BELOW = Sentence("[OPTIES]", "[OPTIONS]"), Sentence("OPDRACHT [GEGEVENS]...", "COMMAND [ARGS]...")
_DEFAULT, _REQUIRED = Sentence("[standaard: {}]", "[default: {}]"), Sentence("[verplicht]", "[required]")
_KINDS = {"path": Sentence("PAD", "PATH"), "number": Sentence("GETAL", "NUMBER"), "text": Sentence("TEKST", "TEXT")}
_HELP = Sentence("Toon deze uitleg.", "Show this message and exit.")


def in_language(command: Any, lang: Lang) -> Any:
    """Return a command of typer whose help, and that of every command below it, speaks a language.

    Parameters
    ----------
    command
        As ``typer.main.get_command`` makes it, fresh for each call; its texts are changed.
    lang
        Language of the help.
    """
    command.help = _said(command.help, lang)
    command.short_help = _said(command.short_help, lang)
    command.rich_help_panel = _PANELS["command"].said(lang)
    command.options_metavar = _OPTIONS.said(lang)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = _BELOW.said(lang)
    _speak(command, lang)
    shown = command.get_help_option(command.context_class(command))
    if shown is not None:
        shown.help = _HELP.said(lang)
    for parameter in [*command.params, *([shown] if shown else [])]:
        parameter.help = _said(parameter.help, lang)
        parameter.rich_help_panel = _PANELS[parameter.param_type_name].said(lang)
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = partial(_shown, _kind(parameter, lang))
        elif parameter.metavar is None:
            parameter.metavar = _kind(parameter, lang)
    for below in getattr(command, "commands", {}).values():
        in_language(below, lang)
    return command


def _shown(kind: str | None, ctx: Any) -> str | None:  # noqa: ARG001  (typer asks with its context)
    return kind


def _kind(parameter: Any, lang: Lang) -> str | None:
    """Return what an option or an argument takes, in a word; nothing for a switch, None for a choice."""
    kind = parameter.type_descriptor
    if getattr(parameter, "is_flag", False):
        return ""
    if kind.is_choice:
        return None
    plain = "path" if kind.is_path else "number" if kind.is_ranged or kind.annotation in (int, float) else "text"
    return _KINDS[plain].said(lang)


def _speak(command: Any, lang: Lang) -> None:
    """Have a command say in a language what typer itself says around our words."""
    usage, help_ = command.get_usage, command.format_help

    def get_usage(ctx: Any) -> str:
        return str(usage(ctx)).replace("Usage: ", _USAGE.said(lang), 1)

    def format_help(ctx: Any, formatter: Any) -> Any:
        from typer import rich_utils

        rich_utils.DEFAULT_STRING, rich_utils.REQUIRED_LONG_STRING = _DEFAULT.said(lang), _REQUIRED.said(lang)
        return help_(ctx, formatter)

    command.get_usage, command.format_help = get_usage, format_help


def _said(text: str | None, lang: Lang) -> str | None:
    """Return a text in a language; what has no English stays Dutch, and fails the tests."""
    if not text or lang == "nl":
        return text
    plain = " ".join(text.split())
    return ENGLISH.get(plain, plain)
