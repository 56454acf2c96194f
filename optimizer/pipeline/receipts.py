"""What the receipt says of the wish: files laid over the rules, differences that follow, policies in full."""

from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.domain.eisen import Eisen
from optimizer.policy import Beleid, changed
from optimizer.rules.differences import differences, fingerprint
from optimizer.rules.parameters import USER
from optimizer.settle import InForce, Wish


def overlays(wish: Wish, in_force: InForce, policies: Sequence[Beleid]) -> dict[str, Any]:
    """Say for the receipt which files were laid over the rules, and what differs from those that ship because of it.

    A setting of a policy comes from a scenario, or from ``beleid.toml`` where no scenario names it.
    """
    by_name = {beleid.naam: beleid for beleid in policies}
    scenario = in_force.scenario
    settings = [
        {**change, "layer": origin.layer, "source": str(origin.source)}
        for beleid in by_name.values()
        for change in changed(beleid)
        for origin in [scenario.origins.get(f"policies.{beleid.naam}.{change['setting']}", USER)]
    ]
    return {
        "rules": [{"path": p.as_posix(), "sha256": fingerprint(p)} for p in wish.rules],
        "scenarios": [
            {"path": p.as_posix(), "sha256": fingerprint(p), "name": title}
            for p, title in zip(wish.scenarios, scenario.titles, strict=True)
        ],
        "differences": {"parameters": differences(in_force.parameters), "policies": settings},
    }


def asked(wish: Wish) -> dict[str, Any]:
    """Return for the receipt where the input stands, and what is needed to read it: None where nothing is."""
    given = {"path": wish.source, "kolommen": wish.kolommen, "pc4": wish.pc4, "vooruitblik": wish.vooruitblik}
    return {name: None if path is None else path.as_posix() for name, path in given.items()}


def described(beleid: Beleid, eisen: Eisen, unknown: Mapping[str, int]) -> dict[str, Any]:
    """Return the policy in full, as plain data for the receipt."""
    return {**beleid.model_dump(), "eisen": vars(eisen), "onbekende_kenmerken": dict(unknown)}
