"""verantwoording: what an organisation answers for, from a finished run, and a bundle that an auditor can check."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.wording import Sentence
from optimizer.domain.batch import Batch
from optimizer.domain.register import faults
from optimizer.domain.uitvoer import RECEIPT, VOORSTEL
from optimizer.errors import Geweigerd
from optimizer.pipeline.again import finished_proposal, reopen
from optimizer.pipeline.orders import Listener
from optimizer.publish import check_free, publish
from optimizer.read.receipt import read_receipt
from optimizer.report import accountability as account

#: The bundle, and the list of hashes in it (as ``sha256sum -c`` reads it).
BUNDEL, MANIFEST = "bundel.zip", "MANIFEST.sha256"
#: Where the files of the run stand in the bundle.
_RUN = "run"
_NO_ACCOUNT = Sentence(
    "'{place}' is geen map van koppelwijzer verantwoording. Geef de map met algoritmeregister.json.",
    "'{place}' is no folder of koppelwijzer verantwoording. Give the folder with algoritmeregister.json.",
)
#: What is wrong with a field of the register, by code.
WRONG: Mapping[str, Sentence] = {
    "te_lang": Sentence("is te lang", "is too long"),
    "leeg": Sentence("ontbreekt", "is missing"),
    "geen_keuze": Sentence("is geen waarde uit de lijst van de standaard", "is no value of the list of the standard"),
    "geen_lijst": Sentence("moet een lijst zijn", "must be a list"),
    "geen_tekst": Sentence("moet tekst zijn", "must be text"),
    "geen_adres": Sentence("is geen e-mailadres", "is no e-mail address"),
    "geen_datum": Sentence("is geen maand of dag", "is no month or day"),
    "onbekend": Sentence("kent de standaard niet", "is not known to the standard"),
    "in_te_vullen": Sentence("is nog niet ingevuld", "is not filled in yet"),
}
_FIELD = Sentence("{file}, veld {field}: {what}.", "{file}, field {field}: {what}.")
_BUNDLE = Sentence(
    "{name} in {bundle} is weg, te veel of veranderd.", "{name} in {bundle} is gone, too many or changed."
)
_LOG = Sentence(
    "{file} noemt niet elk huishouden van de run precies één keer.",
    "{file} does not name every household of the run exactly once.",
)
_UNREADABLE = Sentence("{file} is niet te lezen.", "{file} cannot be read.")


@dataclass(frozen=True)
class Getoetst:
    """What checking an account found: what is wrong, and what a person must still fill in."""

    fout: tuple[Sentence, ...]
    open: tuple[Sentence, ...]


def write_account(folder: Path, out: Path, listener: Listener, given: Mapping[str, Any], *, force: bool) -> Path:
    """Write the account of a run; the same run gives the same bytes.

    Raises
    ------
    Geweigerd
        As `optimizer.pipeline.again.reopen` raises it, or when something stands at ``out``.
    """
    check_free(out, sign=account.REGISTER, force=force, inputs=(folder,))
    reopened = reopen(folder, given)
    listener.hear(reopened.in_force)
    receipt, batch = reopened.run.receipt, reopened.as_read
    counts = _counts(batch)
    record = json.dumps(account.register(receipt), ensure_ascii=False, indent=2) + "\n"
    ids = [str(h) for h in batch.huishoudens["huishouden_id"]]
    texts = {
        account.REGISTER: record,
        account.LOGBOEK: account.processing_log(receipt, ids),
        account.DPIA: account.dpia(receipt, counts, int(reopened.in_force.parameters["bewaren/rijen_maanden"])),
        account.IAMA: account.iama(receipt, counts),
    }
    named = [RECEIPT, receipt["answer"]["file"], *receipt["files"]]
    files = {name: text.encode() for name, text in texts.items()}
    of_run = {f"{_RUN}/{name}": (folder / name).read_bytes() for name in dict.fromkeys(named)}

    def write(place: Path) -> None:
        for name, data in files.items():
            (place / name).write_bytes(data)
        (place / BUNDEL).write_bytes(bundle({**files, **of_run}))

    return publish(out, write, sign=account.REGISTER, force=force, inputs=(folder,))


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Pack files with the hash of each, so that the same files give the same bytes on any day and any computer.

    >>> bundle({"a": b"1", "b": b"2"}) == bundle({"b": b"2", "a": b"1"})
    True
    """
    manifest = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, data in sorted({**files, MANIFEST: manifest.encode()}.items()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.create_system = 0o644 << 16, 3
            packed.writestr(info, data)
    return out.getvalue()


def check_account(folder: Path, place: Path) -> Getoetst:
    """Check an account: the register by its standard, the log by the households, the bundle by its hashes and the run.

    Raises
    ------
    Geweigerd
        When ``place`` holds no account, or ``folder`` no run.
    """
    if not (place / account.REGISTER).is_file():
        raise Geweigerd(*_NO_ACCOUNT.fill(place=str(place)))
    receipt = read_receipt(folder)
    wrong, still = _register(place)
    wrong += _log(folder, place)
    return Getoetst((*wrong, *_packed(folder, place, receipt)), tuple(still))


def _register(place: Path) -> tuple[list[Sentence], list[Sentence]]:
    try:
        record = json.loads((place / account.REGISTER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        record = None
    if not isinstance(record, dict):
        return [_UNREADABLE.fill(file=account.REGISTER)], []
    found = faults(record)
    said = {code: _FIELD.fill(file=account.REGISTER, field=code[0], what=WRONG[code[1]]) for code in found}
    still = [text for (_, code), text in said.items() if code == "in_te_vullen"]
    return [text for (_, code), text in said.items() if code != "in_te_vullen"], still


def _log(folder: Path, place: Path) -> list[Sentence]:
    """Compare whom the log names with the rows of the proposal."""
    try:
        lines = (place / account.LOGBOEK).read_text(encoding="utf-8").splitlines()
        told = [json.loads(line)["attributes"]["dpl.core.data_subject_id"] for line in lines]
    except (OSError, ValueError, KeyError, TypeError):
        return [_UNREADABLE.fill(file=account.LOGBOEK)]
    due = [str(h) for h in finished_proposal(folder).tables[VOORSTEL.name].frame["huishouden_id"]]
    return [] if sorted(map(str, told)) == sorted(due) else [_LOG.fill(file=account.LOGBOEK)]


def _packed(folder: Path, place: Path, receipt: Mapping[str, Any]) -> list[Sentence]:
    """Compare the bundle with its own hashes, with the account beside it, and with the run by its receipt."""
    try:
        with zipfile.ZipFile(place / BUNDEL) as packed:
            names = packed.namelist()
            held = {name: packed.read(name) for name in names}
        lines = [line.split("  ", 1) for line in held[MANIFEST].decode().splitlines()]
        manifest = {name: sha for sha, name in lines}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return [_UNREADABLE.fill(file=BUNDEL)]
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in held.items() if name != MANIFEST}
    due = {
        **{f"{_RUN}/{name}": sha for name, sha in receipt["files"].items()},
        f"{_RUN}/{receipt['answer']['file']}": receipt["answer"]["sha256"],
        f"{_RUN}/{RECEIPT}": hashlib.sha256((folder / RECEIPT).read_bytes()).hexdigest(),
    }
    beside = (account.LOGBOEK, account.DPIA, account.IAMA)
    due |= {name: hashes.get(name, "") for name in (account.REGISTER, *beside)}
    wrong = {name for name in {*hashes, *manifest, *due} if not hashes.get(name) == manifest.get(name) == due.get(name)}
    wrong |= {name for name in names if names.count(name) > 1}
    return [_BUNDLE.fill(name=name, bundle=BUNDEL) for name in sorted(wrong)]


def _counts(batch: Batch) -> dict[str, int]:
    tables = ("huishoudens", "personen", "werk", "gronden")
    return {name: len(getattr(batch, name)) for name in tables}
