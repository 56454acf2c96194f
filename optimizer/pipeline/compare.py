"""Compare policies on one batch, and on other months and assumptions when asked, and write the comparison."""

from collections.abc import Callable
from pathlib import Path

from optimizer import report
from optimizer.domain.uitvoer import ATTRIBUTIE
from optimizer.measure import (
    Comparison,
)
from optimizer.pipeline.fairness import after_the_answer, who_gains
from optimizer.pipeline.first_time import explain_the_wait
from optimizer.pipeline.further import worked_further
from optimizer.pipeline.judging import approve
from optimizer.pipeline.orders import Listener, Order
from optimizer.pipeline.policies import compare
from optimizer.pipeline.progress import stages
from optimizer.pipeline.receipts import asked, described, overlays
from optimizer.policy import present_name
from optimizer.publish import publish
from optimizer.settle import settle

#: The file that makes a folder the outcome of a comparison.
SIGN = "beleidsvergelijking.csv"


def compare_policies(order: Order, listener: Listener) -> tuple[Path, Comparison]:
    """Work one batch out under several policies and write the comparison."""
    order.check(sign=SIGN)
    listener.progress(stages(order.output.style.lang)["read"])
    in_force = settle(order.wish)
    listener.hear(in_force, order.notes())
    explain_the_wait(listener)
    policies = tuple(in_force.policy(naam) for naam in order.named_policies())
    baseline = present_name(order.baseline)
    comparison = compare(
        in_force,
        policies,
        baseline=baseline,
        draws=order.draws,
        limits=order.limits,
        attributed=True,
        shapley=order.further.shapley,
        followed=True,
        progress=comparing(order, listener),
    )

    further = worked_further(order, in_force, listener)
    known = who_gains(in_force, comparison, baseline)
    fair = after_the_answer(order, in_force, comparison, known, baseline, listener)

    def write(place: Path) -> None:
        report.write_comparison(
            place,
            comparison.tabel,
            in_force.batch,
            in_force.parameters,
            command=order.output.command,
            seed=in_force.seed,
            policies={
                beleid.naam: {
                    **described(beleid, comparison.eisen[beleid.naam], {}),
                    "levels": [vars(level) for level in comparison.niveaus.get(beleid.naam, ())],
                    "status": comparison.statussen[beleid.naam],
                }
                for beleid in policies
            },
            overlays=overlays(order.wish, in_force, policies),
            bekend=in_force.bekend,
            baseline=baseline,
            draws=order.draws,
            reproducible=comparison.reproducible,
            further={
                **({} if comparison.attributie is None else {ATTRIBUTIE: comparison.attributie}),
                **further.tables,
                **known,
                **fair.tables,
            },
            months=further.months,
            overeenkomsten=comparison.overeenkomsten,
            asked=asked(order.wish),
            groepen=fair.told,
            style=order.output.style,
        )
        approve(place, in_force, groepen=fair.groepen)

    folder = publish(order.output.place, write, sign=SIGN, force=order.output.force, inputs=order.wish.reads)
    further.clear()
    return folder, comparison


def comparing(order: Order, listener: Listener) -> Callable[[str], None]:
    """Return what tells the name of each policy before its turn."""
    say = stages(order.output.style.lang)["compare"]
    return lambda naam: listener.progress(say.format(naam))
