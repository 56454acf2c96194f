"""Jobs: the contract."""

import numpy as np

from optimizer.errors import Defect
from optimizer.read.table.typed import Tables


def contract_runs_forward(tables: Tables) -> list[Defect]:
    """Refuse a contract that ends before it begins."""
    jobs = tables["werk"]
    backward = (jobs.frame["contract_einde"] < jobs.frame["contract_begin"]).to_numpy()
    begins = jobs.frame["contract_begin"].dt.strftime("%Y-%m-%d")
    details = {i: {"begin": str(begins.iat[i])} for i in np.flatnonzero(backward).tolist()}
    return jobs.defects("contract_einde_voor_begin", backward, "contract_einde", details)
