"""One link checked live by the judge, for somebody who may read the household whole or without its private grounds."""

from dataclasses import replace

from optimizer.domain.batch import Batch
from optimizer.report.privacy import PRIVATE
from optimizer.settle import InForce
from optimizer.verify import Toets, judge_link


def checked(in_force: InForce, huishouden: str, gemeente: str, *, private: bool) -> tuple[Toets, ...]:
    """Put every rule to one link.

    Parameters
    ----------
    in_force
        Of the round.
    huishouden, gemeente
        Key of the household and CBS code of the municipality.
    private
        Whether the reader may know private grounds; else the judge itself does not see them.
    """
    # Which jobs were known in time is drawn over all of them, so nobody may be left out then.
    batch = around(in_force.batch, huishouden) if in_force.bekend == 1.0 else in_force.batch
    return judge_link(
        batch if private else without_private(batch, huishouden),
        huishouden,
        gemeente,
        parameters=in_force.parameters,
        bekend=in_force.bekend,
        seed=in_force.seed,
    )


def around(batch: Batch, huishouden: str) -> Batch:
    """Return the batch with this household only, and those who are fixed somewhere: the others change no verdict."""
    table = batch.huishoudens
    may_stay = table["opvang_gemeente"].isin(set(batch.bestuursovereenkomsten["gemeente"]) - {""})
    fixed = (table["vastgezet_gemeente"] != "") | may_stay
    kept = set(table["huishouden_id"][(table["huishouden_id"] == huishouden) | fixed])
    personen = batch.personen[batch.personen["huishouden_id"].isin(kept)].reset_index(drop=True)
    return replace(
        batch,
        huishoudens=table[table["huishouden_id"].isin(kept)].reset_index(drop=True),
        personen=personen,
        werk=batch.werk[batch.werk["persoon_id"].isin(personen["persoon_id"])].reset_index(drop=True),
        gronden=batch.gronden[batch.gronden["huishouden_id"].isin(kept)].reset_index(drop=True),
        verzoeken=batch.verzoeken[batch.verzoeken["huishouden_id"].isin(kept)].reset_index(drop=True),
    )


def without_private(batch: Batch, huishouden: str) -> Batch:
    """Return a batch in which nothing tells a private ground of a household, or why it is fixed."""
    table, gronden = batch.huishoudens, batch.gronden
    mine = table["huishouden_id"] == huishouden
    blanked = {name: table[name].mask(mine, "") for name in ("vastgezet_reden", "woning_nodig") if name in table}
    own = (gronden["huishouden_id"] == huishouden) & gronden["grond"].isin(PRIVATE)
    return replace(batch, huishoudens=table.assign(**blanked), gronden=gronden[~own].reset_index(drop=True))
