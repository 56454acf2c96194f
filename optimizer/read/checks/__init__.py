"""What must hold between cells: each check is one function from the tables to its defects."""

from collections.abc import Callable
from functools import partial

from optimizer.errors import Defect
from optimizer.read.checks.agreements import (
    agreements_do_not_overlap,
    agreements_run_forward,
    dwellings_known,
    dwellings_once,
)
from optimizer.read.checks.households import adults_fit, adults_present, lock_has_reason, lock_is_allowed
from optimizer.read.checks.jobs import contract_runs_forward
from optimizer.read.checks.keys import keys_are_no_bsn, known_reference, unique_key
from optimizer.read.checks.requests import reason_is_a_code
from optimizer.read.checks.room import excused_within_arrears, halfjaar_kept, one_halfjaar, room_present
from optimizer.read.table.typed import Tables

Check = Callable[[Tables], list[Defect]]

#: Every check that needs nothing but the tables.
CHECKS: tuple[Check, ...] = (
    *(partial(unique_key, name) for name in ("huishoudens", "personen", "werk", "taakstelling", "capaciteit")),
    partial(known_reference, "personen", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "gronden", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "verzoeken", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "werk", "persoon_id", "personen", "persoon_onbekend"),
    adults_fit,
    adults_present,
    lock_has_reason,
    lock_is_allowed,
    contract_runs_forward,
    one_halfjaar,
    excused_within_arrears,
    halfjaar_kept,
    room_present,
    agreements_run_forward,
    agreements_do_not_overlap,
    dwellings_once,
    dwellings_known,
    reason_is_a_code,
    keys_are_no_bsn,
)
