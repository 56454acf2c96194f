"""verify: judge any proposal, one link or a whole run, without the solver."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli import completion
from optimizer.cli import options as o
from optimizer.cli.receipt import beside, notes, overlays_of
from optimizer.cli.verdicts import show_link, show_reconstruction, show_verdict
from optimizer.domain.wissen import GEWIST
from optimizer.errors import Gebruiksfout

if TYPE_CHECKING:
    from optimizer.rules.parameters import Parameters
    from optimizer.settle import Wish


def verify(
    invoer: Annotated[
        Path, typer.Argument(metavar="INVOER|RUN", help="De invoer van het voorstel, of de map van een hele run.")
    ],
    voorstel: Annotated[
        Path | None, typer.Argument(metavar="VOORSTEL.csv", help="Het voorstel, van wie dan ook.", show_default=False)
    ] = None,
    huishouden: Annotated[
        str | None, typer.Option("--huishouden", help="Toets één koppeling: van dit huishouden ...")
    ] = None,
    gemeente: Annotated[str | None, typer.Option("--gemeente", help="... aan deze gemeente.")] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy",
            help="Keur ook wat dit beleid bindt, zoals de straal om een harde grond.",
            autocompletion=completion.policies,
        ),
    ] = None,
    bron: o.InvoerVanRun = None,
    bewijs: Annotated[
        bool, typer.Option("--bewijs", help="Bij een run: reken ook de grens van elk niveau na, in hele getallen.")
    ] = False,
    reconstrueer: Annotated[
        bool,
        typer.Option("--reconstrueer", help="Bij een run: reken het voorstel opnieuw uit met wat toen bekend was."),
    ] = False,
    brieven: Annotated[
        Path | None,
        typer.Option("--brieven", metavar="DIR", help="Bij een run: keur ook elk woord van de brieven in deze map."),
    ] = None,
    peildatum: o.Peildatum = None,
    seed: o.Seed = None,
    bekend: o.Bekend = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    vooruitblik: o.Vooruitblik = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Keur een voorstel of een hele run, zonder de rekenmachine. Of toets één koppeling aan elke regel."""
    from optimizer.read.receipt import find_run

    asked = _Asked(
        policy,
        peildatum,
        seed,
        bekend,
        o.measure_name(measure, afstanden, osrm),
        kolommen,
        pc4,
        vooruitblik,
        rules,
        scenario,
        lang,
    )
    if voorstel is None and huishouden is None and gemeente is None and o.is_run(invoer):
        if reconstrueer:
            return _again(invoer, bron, asked, bewijs=bewijs or brieven is not None, as_json=as_json)
        return _whole_run(invoer, bron, asked, bewijs=bewijs, brieven=brieven, as_json=as_json)
    alone = voorstel is None and huishouden is None and gemeente is None
    of_a_run = reconstrueer or bewijs or bron is not None or brieven is not None
    if alone and (of_a_run or not (invoer.exists() or o.example(invoer))):
        find_run(invoer)
    if reconstrueer:
        raise Gebruiksfout(
            "--reconstrueer hoort bij de map van een hele run. Geef die map.",
            "--reconstrueer belongs to the folder of a whole run. Give that folder.",
        )
    if bewijs:
        raise Gebruiksfout(
            "--bewijs hoort bij de map van een hele run. Geef die map.",
            "--bewijs belongs to the folder of a whole run. Give that folder.",
        )
    if brieven is not None:
        raise Gebruiksfout(
            "--brieven hoort bij de map van een hele run. Geef die map.",
            "--brieven belongs to the folder of a whole run. Give that folder.",
        )
    if bron is not None:
        raise Gebruiksfout(
            "--invoer hoort bij de map van een run. Geef anders de invoer als eerste.",
            "--invoer belongs to the folder of a run. Otherwise give the input first.",
        )
    if voorstel is not None and huishouden is None and gemeente is None:
        return _proposal(invoer, voorstel, asked, as_json=as_json)
    if voorstel is None and huishouden is not None and gemeente is not None:
        return _one_link(invoer, huishouden, gemeente, asked, as_json=as_json)
    raise Gebruiksfout(
        "Geef een voorstel, of de map van een run, of --huishouden en --gemeente.",
        "Give a proposal, or the folder of a run, or --huishouden and --gemeente.",
    )


@dataclass(frozen=True)
class _Asked:
    """What the user gives besides the input and what is to be judged; None where nothing is given."""

    policy: str | None
    peildatum: str | None
    seed: int | None
    bekend: float | None
    measure: str | None
    kolommen: Path | None
    pc4: Path | None
    vooruitblik: Path | None
    rules: list[Path] | None
    scenario: list[Path] | None
    lang: o.Lang

    def wish(self, invoer: Path, receipt: Mapping[str, Any], policy: str | None) -> "Wish":
        """Return what to judge by: as the user says, else as the receipt does."""
        from optimizer.pipeline.again import measure_of, need_postcodes
        from optimizer.settle import Wish

        lang, own = self.lang.value, (*(self.rules or ()), *(self.scenario or ()))
        need_postcodes(receipt, self.pc4)
        return Wish(
            source=o.find_input(invoer, self.lang),
            policy=policy,
            peildatum=o.parse_day(self.peildatum or receipt.get("peildatum")),
            seed=receipt.get("seed") if self.seed is None else self.seed,
            bekend=(receipt.get("policy") or {}).get("bekend") if self.bekend is None else self.bekend,
            kolommen=self.kolommen,
            pc4=self.pc4,
            vooruitblik=self.vooruitblik,
            rules=overlays_of(receipt, "rules", self.rules, lang),
            scenarios=overlays_of(receipt, "scenario", self.scenario, lang),
            measure=self.measure or measure_of(receipt, own),
        )

    def tell(self, receipt: Mapping[str, Any], parameters: "Parameters") -> None:
        """Say which rules are others now than when the proposal was made."""
        for note in notes(receipt, {name: parameters[name] for name in parameters}, self.lang.value):
            typer.echo(note, err=True)


def _whole_run(
    folder: Path, bron: Path | None, asked: _Asked, *, bewijs: bool, brieven: Path | None, as_json: bool
) -> int:
    """Judge a finished run from its written files, by the input, the day and the rules that its receipt names."""
    from optimizer.pipeline import Listener, judge_finished
    from optimizer.pipeline.again import find_again
    from optimizer.read.run import read_finished

    if not (bewijs or brieven) and (folder / GEWIST).is_file():
        return _erased(folder, asked.lang, as_json=as_json)
    if (asked.policy, asked.peildatum, asked.seed, asked.bekend) != (None, None, None, None):
        raise Gebruiksfout(
            "Bij een hele run komen beleid, peildatum, seed en bekend uit run.json. Laat die opties weg.",
            "Policy, peildatum, seed and share known of a whole run come from run.json. Leave these options out.",
        )
    run = read_finished(folder)
    given = {"path": bron, "kolommen": asked.kolommen, "pc4": asked.pc4, "vooruitblik": asked.vooruitblik}
    found = {key: path or find_again(folder, run.receipt, key) for key, path in given.items()}
    asked = replace(asked, kolommen=found["kolommen"], pc4=found["pc4"], vooruitblik=found["vooruitblik"])
    wish = asked.wish(found["path"] or folder, run.receipt, (run.receipt.get("policy") or {}).get("name"))
    listener = Listener(warn=o.warner(asked.lang), say=o.teller(asked.lang))
    verdict, parameters = judge_finished(
        folder, wish, run, listener, certificates=folder if bewijs else None, letters=brieven
    )
    asked.tell(run.receipt, parameters)
    return show_verdict(verdict, asked.lang.value, as_json=as_json)


def _erased(folder: Path, lang: o.Lang, *, as_json: bool) -> int:
    """Judge what is left of an erased run; the input is not needed."""
    from optimizer.pipeline.wis import judge_left

    verdict, said = judge_left(folder)
    if not as_json:
        typer.echo(said.said(lang))
    return show_verdict(verdict, lang.value, as_json=as_json)


def _again(folder: Path, bron: Path | None, asked: _Asked, *, bewijs: bool, as_json: bool) -> int:
    """Work the proposal of a run out again from what was known then."""
    from optimizer.pipeline import Listener, reconstruct

    own = (asked.policy, asked.peildatum, asked.seed, asked.bekend, asked.measure, asked.rules, asked.scenario)
    if bewijs or any(choice is not None for choice in own):
        raise Gebruiksfout(
            "Bij --reconstrueer komt alles uit de run. Geef alleen waar de invoer nu staat: --invoer, --kolommen, "
            "--pc4.",
            "With --reconstrueer everything comes from the run. Say only where the input stands now: --invoer, "
            "--kolommen, --pc4.",
        )
    given = {"source": bron, "kolommen": asked.kolommen, "pc4": asked.pc4}
    listener = Listener(warn=o.warner(asked.lang), say=o.teller(asked.lang))
    return show_reconstruction(reconstruct(folder, given, listener), asked.lang.value, as_json=as_json)


def _proposal(invoer: Path, voorstel: Path, asked: _Asked, *, as_json: bool) -> int:
    """Judge the proposal of anybody; by the receipt beside it, where that is about this file."""
    from optimizer.pipeline import Listener, judge_file

    receipt = beside(voorstel, asked.lang.value)
    wish = asked.wish(invoer, receipt, asked.policy)
    listener = Listener(warn=o.warner(asked.lang), say=o.teller(asked.lang))
    verdict, parameters = judge_file(wish, voorstel, listener, with_policy=asked.policy is not None)
    asked.tell(receipt, parameters)
    return show_verdict(verdict, asked.lang.value, as_json=as_json)


def _one_link(invoer: Path, huishouden: str, gemeente: str, asked: _Asked, *, as_json: bool) -> int:
    """Put every rule to one link."""
    from optimizer.pipeline import Listener, judge_one

    wish = asked.wish(invoer, {}, asked.policy)
    code, listener = o.resolved(gemeente), Listener(warn=o.warner(asked.lang), say=o.teller(asked.lang))
    tested = judge_one(wish, huishouden, code, listener, with_policy=asked.policy is not None)
    return show_link(tested, asked.lang.value, as_json=as_json)
