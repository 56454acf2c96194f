"""What every command says with ``--help``, as Markdown for the site: tables, which a narrow screen can show."""

import re
from collections.abc import Iterator
from typing import Any

import typer

from geodata.wording import Lang, Sentence
from optimizer.cli.app import app
from optimizer.cli.help import in_language

_HEAD = Sentence("| wat u typt | wat het doet |", "| what you type | what it does |")
_DEFAULT = Sentence("standaard: ", "default: ")
_REQUIRED = Sentence("verplicht", "required")
#: What stands in brackets at the end of a help: whether it must be given, its default, its range.
_EXTRA = re.compile(r"  \[([^]]+)\]$")


def written(lang: Lang) -> str:
    """Return a section per command, in the order of the help."""
    group = in_language(typer.main.get_command(app), lang)
    return "\n".join(_section(command, words, lang) for words, command in commands(group))


def commands(group: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Return every command with the words after ``koppelwijzer``, those of a group after the group."""
    for name, command in group.commands.items():
        yield (name,), command
        if hasattr(command, "commands"):
            yield from (((name, *words), below) for words, below in commands(command))


def _section(command: Any, words: tuple[str, ...], lang: Lang) -> str:
    name = " ".join(("koppelwijzer", *words))
    context = command.context_class(command, info_name=name)
    records = [p.get_help_record(context) for p in [*command.params, command.get_help_option(context)] if not p.hidden]
    rows = "".join(
        f"| `{_cell(typed)}` | {_cell(_meaning(does, lang)).replace('<', '&lt;')} |\n" for typed, does in records
    )
    text, usage = " ".join(str(command.help).split()), f"```text\n{command.get_usage(context)}\n```"
    return f"## {name}\n\n{text}\n\n{usage}\n\n{_HEAD.said(lang)}\n| --- | --- |\n{rows}"


def _meaning(help_: str, lang: Lang) -> str:
    extra = _EXTRA.search(help_)
    if extra is None:
        return help_
    said = extra[1].replace("default: ", _DEFAULT.said(lang)).replace("required", _REQUIRED.said(lang))
    return f"{_EXTRA.sub('', help_)} *({said})*"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
