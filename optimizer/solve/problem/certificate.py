"""A certificate: what anybody needs to compute the bound of a level again, in whole numbers; docs/bewijs.md."""

from dataclasses import dataclass
from typing import Any

from optimizer.solve.problem.arrays import IntArray

CERTIFIED = ("prices", "knapsacks", "tree")


@dataclass(frozen=True, eq=False)
class View:
    """Prices in whole numbers, ``scale`` of which make one unit of the level.

    Attributes
    ----------
    place, region, resource
        [gemeenten], [regions] and [gemeenten, K]: prices per person, per person and per unit.
    weights
        One for each earlier level; equation (14).
    households
        [households], prices of (10); None for the bound (7).
    """

    scale: int
    place: IntArray
    region: IntArray
    resource: IntArray
    weights: tuple[int, ...]
    households: IntArray | None = None


@dataclass(frozen=True, eq=False)
class Split:
    """One node of a tree, in the order in which they are visited: the pair itself first, then without it.

    ``households`` [households] are the prices of the node; the pair is (-1, -1) where the node is closed.
    """

    households: IntArray
    household: int
    gemeente: int


@dataclass(frozen=True, eq=False)
class Certificate:
    """The certificate of one level.

    Attributes
    ----------
    name, value, bound
        The level, what the answer is worth, and what no answer exceeds that reaches the earlier levels.
    kind
        ``prices`` (7), ``knapsacks`` (10), ``tree``; or whose word it is: ``SCIP``, ``HiGHS``,
        ``branch`` (own branching in floats), ``none``.
    views
        Bounds that anybody can compute, also where the last step is somebody's word; they narrow later levels.
    tree
        Nodes, from the prices of the last view.
    """

    name: str
    value: int
    bound: int
    kind: str
    views: tuple[View, ...] = ()
    tree: tuple[Split, ...] = ()

    @property
    def certified(self) -> bool:
        """True when the bound rests on nobody's word."""
        return self.kind in CERTIFIED

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists and whole numbers, as `bewijs.json.gz` holds them."""
        return {
            "niveau": self.name,
            "waarde": self.value,
            "grens": self.bound,
            "soort": self.kind,
            "prijzen": [plain_view(view) for view in self.views],
            "boom": [
                {"huishoudens": node.households.tolist(), "paar": [node.household, node.gemeente]} for node in self.tree
            ],
        }


def plain_view(view: View) -> dict[str, Any]:
    """Return a view as plain lists."""
    return {
        "schaal": view.scale,
        "plaats": view.place.tolist(),
        "regio": view.region.tolist(),
        "middel": view.resource.tolist(),
        "gewichten": list(view.weights),
        "huishoudens": None if view.households is None else view.households.tolist(),
    }
