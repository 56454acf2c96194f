"""YAML in which nothing changes in silence: a key stands once, and a number is what a person reads in it.

YAML 1.1 reads ``050`` as 40, ``1:30`` as 90, ``1_0`` as 10 and ``no`` as false. Here a number is written as in JSON,
``true`` and ``false`` are the only words for yes and no, and everything else is text, which a parameter of numbers
refuses.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml


class _Once(yaml.SafeLoader):
    """A safe loader that refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for i, key in enumerate(keys) if key in keys[:i]), None)
        if twice is not None:
            raise yaml.YAMLError(f"'{twice}' staat er twee keer")
        return super().construct_mapping(node, deep)


#: Words and numbers that are no text: their form, and the characters that they begin with.
_PLAIN = {
    "bool": ("true|false|True|False|TRUE|FALSE", "tfTF"),
    "int": ("[-+]?(?:0|[1-9][0-9]{0,17})", "-+0123456789"),
    "float": (r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?", "-+0123456789"),
    "timestamp": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    "null": ("~|null|Null|NULL|", ["~", "n", "N", ""]),
}
_Once.yaml_implicit_resolvers = {}
for _tag, (_form, _first) in _PLAIN.items():
    _Once.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), list(_first))


def parse(text: str) -> Any:
    """Read a YAML text.

    Raises
    ------
    yaml.YAMLError
        For a text that is no YAML, or a key that stands twice in one mapping.

    Examples
    --------
    >>> parse("2026-01-01: 8")
    {datetime.date(2026, 1, 1): 8}
    >>> parse("[050, 1:30, 1_0, no, 0x1F, 1.5, 1e3, true]")
    ['050', '1:30', '1_0', 'no', '0x1F', 1.5, 1000.0, True]
    """
    return yaml.load(text, Loader=_Once)  # noqa: S506 - a safe loader that is stricter
