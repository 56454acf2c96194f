"""What a policy costs that does something for some: the same month worked out without that."""

import numpy as np
import pandas as pd

from geodata.wording import Lang
from optimizer.decide import Limits, work_out
from optimizer.domain.uitvoer import ZONDER
from optimizer.measure import price
from optimizer.model import Case
from optimizer.pipeline.judging import judged
from optimizer.pipeline.orders import Listener
from optimizer.pipeline.progress import stages
from optimizer.policy import without_care
from optimizer.report import Priced


def what_it_costs(case: Case, limits: Limits, listener: Listener, lang: Lang) -> Priced | None:
    """Work a month out without the floors of its policy, and without looking at the lottery; None where it has neither.

    Raises
    ------
    VoorstelAfgekeurd
        When the judge rejects that answer, or counts otherwise than this program does.
    """
    beleid = without_care(case.beleid)
    if beleid is None:
        return None
    listener.progress(stages(lang)["price"])
    known = case.problem.kansen
    without = work_out(case.batch, case.facts, beleid, case.parameters, known, limits=limits)
    judged(without)
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    links = {"beleid": ZONDER, "huishouden_id": case.facts.huishoudens, "gemeente": codes[without.answer.gemeente]}
    told = {
        "niveaus": list(beleid.niveaus),
        "levels": [vars(level) for level in without.answer.niveaus],
        "status": without.answer.status,
    }
    return Priced(price(case, without), pd.DataFrame(links), told)
