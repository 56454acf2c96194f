"""Names, regions and inhabitants of municipalities from the CBS OData service (version 3)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from geodata.errors import SchemaFout
from geodata.wording import Sentence

Record = dict[str, Any]
Json = Callable[[str], Any]  # fetches a URL and decodes the answer
# CBS, "Gebieden in Nederland" of each year; "Regionale kerncijfers" has every year in one table.
GEBIEDEN = {2023: "85385NED", 2024: "85755NED", 2025: "86097NED"}
KERNCIJFERS = "70072ned"
# More people than there are, and more pages than a table has.
_MOST = 10**9
_PAGES = 1000
_SHOWN = 50


def gemeenten(jaar: int, base: str, ask: Json) -> list[Record]:
    """Combine division, regions and inhabitants on 1 January of a year, in order of code.

    Parameters
    ----------
    jaar
        One of the years of :data:`GEBIEDEN`.
    base
        Address of the service, up to the name of a table.
    ask
        Fetches a URL and decodes the JSON.

    Returns
    -------
    Rows with gemeente, naam, provincie, arbeidsmarktregio, arbeidsmarktregio_naam, inwoners.

    Raises
    ------
    SchemaFout
        Where a column, a name or a number of inhabitants is missing.
    """
    if jaar not in GEBIEDEN:
        raise SchemaFout(
            "CBS",
            Sentence(
                f"voor {jaar} is geen tabel bekend; kies uit {sorted(GEBIEDEN)}",
                f"no table is known for {jaar}; choose from {sorted(GEBIEDEN)}",
            ),
        )
    table = f"{base}/{GEBIEDEN[jaar]}"
    properties = _all_rows(f"{table}/DataProperties?$format=json", ask)
    wanted = {
        "naam": _column(properties, "Codes en namen", "Naam", table),
        "provincie": _column(properties, "Provincies", "Naam", table),
        "arbeidsmarktregio": _column(properties, "Arbeidsmarktregio", "Code", table),
        "arbeidsmarktregio_naam": _column(properties, "Arbeidsmarktregio", "Naam", table),
    }
    people = _inwoners(jaar, base, ask)
    rows = []
    for record in _all_rows(f"{table}/TypedDataSet?$format=json", ask):
        code = _text(record, "RegioS", table)
        row = {name: _text(record, key, table) for name, key in wanted.items()}
        if code not in people:
            raise SchemaFout(
                table,
                Sentence(
                    f"{code} heeft geen inwonertal in {KERNCIJFERS}", f"{code} has no inhabitants in {KERNCIJFERS}"
                ),
            )
        rows.append({"gemeente": code, **row, "inwoners": people[code]})
    return sorted(rows, key=lambda row: str(row["gemeente"]))


def _text(record: Record, key: str, bron: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SchemaFout(bron, _row_without(key))
    return value.strip()


def _whole(count: object, bron: str) -> int:
    """Return a number of inhabitants; CBS writes numbers, not words."""
    if isinstance(count, (int, float)) and not isinstance(count, bool) and 0 <= count < _MOST and count == int(count):
        return int(count)
    shown = str(count)[:_SHOWN]
    raise SchemaFout(bron, Sentence(f"'{shown}' is geen aantal inwoners", f"'{shown}' is no number of inhabitants"))


def _row_without(key: str) -> Sentence:
    return Sentence(f"een rij zonder '{key}'", f"a row without '{key}'")


def _inwoners(jaar: int, base: str, ask: Json) -> dict[str, int]:
    period = quote(f"Perioden eq '{jaar}JJ00' and startswith(RegioS,'GM')")
    url = f"{base}/{KERNCIJFERS}/TypedDataSet?$format=json&$select=RegioS,TotaleBevolking_1&$filter={period}"
    people = {}
    for record in _all_rows(url, ask):
        count = record.get("TotaleBevolking_1", "absent")
        if count == "absent":
            raise SchemaFout(url, _row_without("TotaleBevolking_1"))
        if count is not None:  # a municipality that did not exist in that year
            people[_text(record, "RegioS", url)] = _whole(count, url)
    return people


def _all_rows(table: str, ask: Json) -> list[Record]:
    """Follow an OData table to its last page."""
    url = table
    rows: list[Record] = []
    asked: set[str] = set()
    while url:
        if url in asked:
            raise SchemaFout(
                url, Sentence("de volgende bladzijde is er een van eerder", "the next page is an earlier one")
            )
        asked.add(url)
        page = ask(url)
        found = page.get("value") if isinstance(page, dict) else None
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise SchemaFout(url, Sentence("er is geen lijst 'value'", "there is no list 'value'"))
        rows += found
        url = page.get("odata.nextLink") or ""
        if not isinstance(url, str) or len(asked) >= _PAGES:
            raise SchemaFout(table, Sentence("de bladzijden houden niet op", "the pages do not come to an end"))
    return rows


def _column(properties: list[Record], group: str, title: str, bron: str) -> str:
    """Find the key of the column with a title within a group of columns ("" for none)."""
    groups = {str(p.get("ID")): str(p.get("Title")) for p in properties if "Group" in str(p.get("Type"))}
    for column in properties:
        parent = groups.get(str(column.get("ParentID")), "")
        if column.get("Title") == title and parent.startswith(group) and column.get("Key"):
            return str(column["Key"])
    raise SchemaFout(
        bron, Sentence(f"geen kolom '{title}' in de groep '{group}'", f"no column '{title}' in the group '{group}'")
    )
