"""YAML in which a key stands once: a second value for the same date would be lost in silence."""

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
    """
    return yaml.load(text, Loader=_Once)  # noqa: S506 - a safe loader that is stricter
