"""geo: look a municipality up, measure a distance, fetch official data, draw and export a run."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from geodata.wording import Sentence, number
from optimizer.cli import options as o
from optimizer.errors import Gebruiksfout

_LEAVING = Sentence(" (vertrek {window})", " (leaving {window})")
_DRY = Sentence("zonder oversteek van de lijst", "without a crossing on the list")
_VIA = Sentence("via {names}", "by way of {names}")
_FETCHED = Sentence(
    "Opgehaald: indeling, inwoners en grenzen van 1 januari {year}, in '{place}'.",
    "Fetched: division, inhabitants and boundaries of 1 January {year}, in '{place}'.",
)
_USED = Sentence("Kaarten gebruiken deze grenzen voortaan.", "Maps use these boundaries from now on.")
_UNUSED = Sentence(
    "Kaarten gebruiken deze grenzen als {variable} deze map noemt.",
    "Maps use these boundaries if {variable} names this folder.",
)
_DIFFERS = Sentence(
    "{n} {n:verschil|verschillen} met de tabellen van het programma. De regels gebruiken die tabellen, tot er een "
    "nieuwe versie is.",
    "{n} {n:difference|differences} with the tables of the program. The rules use those tables until there is a new "
    "version.",
)
_SAME = Sentence(
    "Gemeenten en regio's verschillen niet van de tabellen van het programma.",
    "Municipalities and regions do not differ from the tables of the program.",
)
_FACTS = {
    "gemeente": Sentence("gemeente", "municipality"),
    "naam": Sentence("naam", "name"),
    "provincie": Sentence("provincie", "province"),
    "arbeidsmarktregio": Sentence("arbeidsmarktregio", "labour-market region"),
    "koppelregio": Sentence("koppelregio", "koppelregio"),
    "inwoners": Sentence("inwoners", "inhabitants"),
}

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def _geo(
    lang: o.Taal = o.Lang.NL,
) -> None:
    pass


@app.command("gemeente")
def gemeente(
    naam: Annotated[str, typer.Argument(help="Code of naam, ook een oude.")],
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> None:
    """Zoek een gemeente op."""
    from geodata.gemeenten import load_gemeenten

    code = o.resolved(naam)
    g = load_gemeenten()
    i = g.index[code]
    found = {
        "gemeente": code,
        "naam": str(g.naam[i]),
        "provincie": str(g.provincie[i]),
        "arbeidsmarktregio": str(g.arbeidsmarktregio_naam[i]),
        "koppelregio": str(g.koppelregio[i]),
        "inwoners": int(g.inwoners[i]),
    }
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        typer.echo("\n".join(f"{_FACTS[key].said(lang)}: {value}" for key, value in found.items()))


@app.command("distance")
def distance(
    van: Annotated[str | None, typer.Argument(help="Gemeente waar mensen gaan wonen.")] = None,
    naar: Annotated[str | None, typer.Argument(help="Gemeente van het werk of een andere grond.")] = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    crossings: Annotated[
        bool, typer.Option("--route", help="Noem de bruggen, dammen, tunnels en veerboten (bij road).")
    ] = False,
    matrix: Annotated[Path | None, typer.Option("--matrix", help="Schrijf alle afstanden in dit bestand.")] = None,
    csv_en: o.CsvEn = False,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Meet de afstand tussen twee gemeenten in km."""
    from geodata.distance import travel, write_matrix
    from geodata.osrm import measured
    from geodata.userdata import folder
    from optimizer.publish import check_file_free, publish_file

    reads = () if afstanden is None else (afstanden,)
    if matrix is not None and not (van or naar):
        check_file_free(matrix, force=force, inputs=reads)
    maat = measured(o.measure_name(measure, afstanden, osrm) or o.Maat.STRAIGHT.value, folder())
    if matrix is not None:
        if van or naar:
            raise Gebruiksfout(
                "Geef twee gemeenten, of --matrix; niet allebei.", "Give two municipalities, or --matrix; not both."
            )
        publish_file(matrix, lambda file: write_matrix(file, maat, english=csv_en), force=force, inputs=reads)
        typer.echo(matrix)
        return
    if not van or not naar:
        raise Gebruiksfout(
            "Geef twee gemeenten, bijvoorbeeld: koppelwijzer geo distance Utrecht Amersfoort.",
            "Give two municipalities, such as: koppelwijzer geo distance Utrecht Amersfoort.",
        )
    a, b = o.resolved(van), o.resolved(naar)
    amount, unit, window = travel(a, b, maat)
    via = _crossings(a, b, maat) if crossings else None
    if as_json:
        more = {**({"vertrekvenster": window} if window else {}), **({} if via is None else {"via": via})}
        typer.echo(json.dumps({"van": a, "naar": b, "maat": maat, unit: amount, **more}, ensure_ascii=False))
    else:
        leaving = _LEAVING.fill(window=window).said(lang) if window else ""
        typer.echo(f"{number(amount, 1, lang.value)} {unit}{leaving}")
        if via is not None:
            typer.echo((_VIA.fill(names=", ".join(via)) if via else _DRY).said(lang))


def _crossings(van: str, naar: str, maat: str) -> list[str]:
    """Name the crossings on the way by road; raise Gebruiksfout for another measure, which knows no way."""
    from geodata.road import route

    if maat != o.Maat.ROAD.value:
        raise Gebruiksfout("--route kan alleen samen met --measure road.", "--route goes with --measure road only.")
    return route(("", van), ("", naar))


@app.command("refresh")
def refresh(
    jaar: Annotated[int | None, typer.Option("--jaar", help="Jaar van de indeling; standaard het nieuwste.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Map voor wat wij ophalen; standaard KOPPELWIJZER_DATA of de cache.")
    ] = None,
    cbs: Annotated[str | None, typer.Option("--cbs", help="Ander adres van de OData-dienst van het CBS.")] = None,
    pdok: Annotated[str | None, typer.Option("--pdok", help="Ander adres van de grenzen bij PDOK.")] = None,
    lang: o.Taal = o.Lang.NL,
) -> None:
    """Haal de officiële indeling, inwoners en grenzen op, en zeg wat er verschilt."""
    from geodata import userdata
    from geodata.cbs import GEBIEDEN
    from geodata.refresh import RECEIPT, Bronnen, differences
    from geodata.refresh import refresh as fetch_year
    from optimizer.publish import check_free, publish

    year, place = jaar or max(GEBIEDEN), folder or userdata.folder()
    if year not in GEBIEDEN:
        *others, last = map(str, sorted(GEBIEDEN))
        raise Gebruiksfout(
            f"Voor {year} is geen tabel van het CBS bekend. Kies {', '.join(others)} of {last}.",
            f"No table of CBS is known for {year}. Choose {', '.join(others)} or {last}.",
        )
    default = Bronnen()
    check_free(place / str(year), sign=RECEIPT, force=True)
    put = partial(publish, sign=RECEIPT, force=True)
    done = fetch_year(year, place, put, Bronnen(cbs or default.cbs, pdok or default.pdok))
    found = differences(done, lang.value)
    used = _USED if place == userdata.folder() else _UNUSED.fill(variable=userdata.VARIABLE)
    told = _DIFFERS.fill(n=len(found)) if found else _SAME
    typer.echo(_FETCHED.fill(year=str(year), place=str(done)).said(lang))
    typer.echo(used.said(lang))
    for line in found:
        typer.echo(f"- {line}")
    typer.echo(told.said(lang))


@app.command("map")
def draw(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Map van een uitkomst van koppelwijzer run.")],
    out: Annotated[Path | None, typer.Option("--out", help="Map waarin kaarten.html komt.")] = None,
    werk: Annotated[
        str | None,
        typer.Option("--werk", help="Gemeente waarvan u het bereik wilt zien; standaard die met de meeste banen."),
    ] = None,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Teken de kaarten van een uitkomst op één pagina die zonder internet werkt."""
    from optimizer.publish import check_file_free, publish_file
    from optimizer.read.run import read_run
    from optimizer.report.maps_page import render_maps

    place = run.resolve()
    page = (out or place.with_name(f"{place.name}-kaarten")) / "kaarten.html"
    found = read_run(run)
    check_file_free(page, parents=True, force=force)
    html = render_maps(found, lang.value, o.resolved(werk) if werk else None)
    publish_file(page, lambda file: file.write_bytes(html.encode()), parents=True, force=force)
    typer.echo(o.shown(page))


@app.command("export")
def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Map van een uitkomst van koppelwijzer run.")],
    out: Annotated[Path, typer.Option("--out", help="Bestand.gpkg (GeoPackage), of een map (GeoParquet).")],
    lang: o.Taal = o.Lang.NL,  # noqa: ARG001  (what is refused follows it; the layers have one form)
    force: o.Force = False,
) -> None:
    """Schrijf een uitkomst als kaartlagen voor QGIS: gemeenten, banen en verhuizingen (EPSG:28992)."""
    import datetime

    from geodata import userdata
    from geodata.mapareas import map_areas
    from optimizer.publish import check_file_free, check_free, publish, publish_file
    from optimizer.read.run import read_run
    from optimizer.report.export import GEOPACKAGE, LAYER_FILE, write_geopackage, write_geoparquet
    from optimizer.report.layers import layers

    found = read_run(run)
    one_file = out.suffix.lower() == GEOPACKAGE
    if one_file:
        check_file_free(out, parents=True, force=force, inputs=(run,))
    else:
        check_free(out, sign=LAYER_FILE, force=force, inputs=(run,))
    made = layers(found, map_areas(userdata.folder()))
    if one_file:
        day = datetime.date.fromisoformat(found.receipt["peildatum"])
        publish_file(out, lambda file: write_geopackage(file, made, day), parents=True, force=force, inputs=(run,))
    else:
        publish(out, lambda folder: write_geoparquet(folder, made), sign=LAYER_FILE, force=force, inputs=(run,))
    typer.echo(o.shown(out))
