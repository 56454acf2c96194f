"""Opening a finished run for the judge of letters."""

from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.finished import FinishedRun
from optimizer.domain.levels import LEVELS
from optimizer.domain.uitvoer import VOORSTEL
from optimizer.rules.parameters import Parameters
from optimizer.verify.adults import Adults, with_floors
from optimizer.verify.case import open_case
from optimizer.verify.letters.due import Opened
from optimizer.verify.levels import Kansen
from optimizer.verify.run.decided import as_decided


def open_letters(
    run: FinishedRun,
    batch: Batch,
    told: Mapping[str, Any],
    *,
    parameters: Parameters,
    eisen: Eisen,
    niveaus: Sequence[str],
    methode: str,
    chances: Kansen,
    adults: Adults,
) -> Opened:
    """Return what the judge needs to put every letter of a run together.

    Parameters
    ----------
    told
        ``brieven.json``: who sends the letters, and whom to ask.
    niveaus
        Levels of the policy, for the chances that they need. A letter shows those that the receipt says were reached.
    run, batch, parameters, eisen, methode, chances, adults
        As `optimizer.verify.judge_run` takes them; the proposal has been read and judged.
    """
    batch = as_decided(run, batch)
    chances = with_floors(chances, batch, adults, niveaus)
    reached = [str(level["name"]) for level in run.receipt["levels"]]
    policy, seed = run.receipt["policy"], run.receipt["seed"]
    case = open_case(batch, run.tables[VOORSTEL.name].frame, parameters, eisen, policy["bekend"], seed)
    sender, contact = (told.get(key) for key in ("afzender", "contact"))
    return Opened(
        case=case,
        niveaus=[name for name in reached if name in LEVELS],
        methode=methode,
        chances=chances,
        antwoord=str(run.receipt["answer"]["sha256"]),
        afzender=sender if isinstance(sender, str) else "",
        contact=contact if isinstance(contact, str) else "",
    )
