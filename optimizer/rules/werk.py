"""When a job is a hard ground: at least 8 paid hours a week, shown by a contract and a payslip."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

NEE, NIET_AANGETOOND, JA = 0, 1, 2
#: Words for the three answers, by code.
HARD = ("nee", "niet_aangetoond", "ja")


@cites(
    Citation(
        id="werk_harde_grond",
        nl="Betaald werk in loondienst is een harde grond vanaf een minimum aan uren, met contract en loonstrook.",
        en="Paid employment is a hard ground from a minimum of hours, with contract and payslip.",
        source=Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "33"),
        layer="uitvoeringspraktijk",
        since=datetime.date(2016, 1, 1),
        parameters=("werk/minimum_uren", "werk/contract_nodig", "werk/loonstrook_nodig"),
    )
)
def hard_job(
    hours: npt.NDArray[np.float64],
    contract_shown: npt.NDArray[np.bool_],
    payslip_shown: npt.NDArray[np.bool_],
    self_employed: npt.NDArray[np.bool_],
    *,
    minimum_hours: float,
    need_contract: bool,
    need_payslip: bool,
) -> npt.NDArray[np.int8]:
    """Tell for each job whether it is a hard ground.

    Parameters
    ----------
    hours
        Paid hours a week [jobs].
    contract_shown, payslip_shown, self_employed
        Facts of the file [jobs].

    Returns
    -------
    int8 [jobs]
        ``JA``; ``NIET_AANGETOOND``: enough hours, but something not shown or self-employed; ``NEE``: too few hours.
    """
    enough = hours >= minimum_hours
    shown = (contract_shown | (not need_contract)) & (payslip_shown | (not need_payslip)) & ~self_employed
    return np.where(enough, np.where(shown, JA, NIET_AANGETOOND), NEE).astype(np.int8)
