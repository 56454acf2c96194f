"""Brings what the application of the municipalities takes from npm into the package, with the licences beside it.

Runs with every build (`pip install`, also an editable one). Where npm is missing or the network is closed the build
goes on without: the application works whole without these files, with a style sheet of its own and drawn maps.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("optimizer/review/static")
LISTS = ("package.json", "package-lock.json", ".npmrc")
#: Components of Utrecht that the templates use.
COMPONENTS = (
    "alert",
    "button",
    "checkbox",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-label",
    "heading-1",
    "heading-2",
    "link-button",
    "page-body",
    "radio-button",
    "select",
    "table",
    "textarea",
    "textbox",
)
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
COPIED = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
}
LICENCES = {
    "htmx.org": "LICENSE",
    "leaflet": "LICENSE",
    "@utrecht/component-library-css": "LICENSE.md",
    TOKENS: "LICENSE.md",
}
#: How long npm may take (s).
LONGEST_S = 300
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_DEFINED = re.compile(r"^\s*(--[\w-]+):\s*(.+);$", re.MULTILINE)


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``static/vendor`` before the files of a build are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the files, unless they are there already; warn where that is not possible."""
        del version, build_data
        missing = bring(Path(self.root))
        if missing:
            self.app.display_warning(missing)


def bring(root: Path) -> str:
    """Fill ``static/vendor``; return why not, or an empty text.

    Parameters
    ----------
    root
        The folder of the project.
    """
    vendor = root / STATIC / "vendor"
    mark = fingerprint(root)
    if known(vendor) == mark:
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return _warning("npm is not on PATH")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in LISTS:
            shutil.copy(root / name, work / name)
        asked = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"]
        try:
            done = subprocess.run(asked, cwd=work, capture_output=True, text=True, timeout=LONGEST_S, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as failure:
            return _warning(f"npm ci: {type(failure).__name__}")
        if done.returncode:
            said = next((line for line in done.stderr.splitlines() if "code" in line), "").removeprefix("npm error ")
            return _warning(f"npm ci: {said or done.returncode}")
        made = work / "vendor"
        fill(made, work / "node_modules", mark)
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(made, vendor)
    return ""


def fingerprint(root: Path) -> str:
    """Return what the files are made from: if it is the same, they are."""
    sources = [*(root / name for name in LISTS), Path(__file__)]
    return hashlib.sha256(b"".join(f.read_bytes() for f in sources)).hexdigest()


def known(vendor: Path) -> str:
    """Return the fingerprint of the files that are there; empty if there are none."""
    try:
        return str(json.loads((vendor / "herkomst.json").read_text(encoding="utf-8"))["vingerafdruk"])
    except (OSError, ValueError, KeyError):
        return ""


def fill(vendor: Path, modules: Path, mark: str) -> None:
    """Put the files that pages ask for in a folder, with licences and where they come from.

    Parameters
    ----------
    vendor
        The folder to make.
    modules
        What npm installed.
    mark
        Fingerprint of the sources.
    """
    vendor.mkdir()
    for name, source in COPIED.items():
        text = (modules / source).read_text(encoding="utf-8")
        # The browser would ask for a map of the source that is not here.
        (vendor / name).write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", text), encoding="utf-8")
    parts = [(modules / f"@utrecht/{name}-css/dist/index.min.css").read_text(encoding="utf-8") for name in COMPONENTS]
    utrecht = "@layer basis, utrecht;\n@layer utrecht {\n" + "\n".join(parts) + "}\n"
    (vendor / "utrecht.css").write_text(utrecht, encoding="utf-8")
    theme = (modules / TOKENS / "dist/theme.css").read_text(encoding="utf-8")
    (vendor / "tokens.css").write_text(pruned(theme, utrecht), encoding="utf-8")
    (vendor / "licences").mkdir()
    for package, name in LICENCES.items():
        target = vendor / "licences" / f"{package.removeprefix('@').replace('/', '_')}.txt"
        shutil.copy(modules / package / name, target)
    versions = {
        package: json.loads((modules / package / "package.json").read_text(encoding="utf-8"))["version"]
        for package in LICENCES
    }
    sums = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(vendor.iterdir()) if f.is_file()}
    told = {"vingerafdruk": mark, "pakketten": versions, "sha256": sums}
    (vendor / "herkomst.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def pruned(theme: str, sheet: str) -> str:
    """Return a theme with its basis tokens and those that a style sheet uses, directly or through another token."""
    defined = dict(_DEFINED.findall(theme))
    wanted = [*_USED.findall(sheet), *(name for name in defined if name.startswith("--basis-"))]
    kept: dict[str, str] = {}
    while wanted:
        name = wanted.pop()
        if name in defined and name not in kept:
            kept[name] = defined[name]
            wanted += _USED.findall(defined[name])
    head = theme[: theme.index("*/") + 2]
    lines = "\n".join(f"  {name}: {kept[name]};" for name in sorted(kept))
    return f"{head}\n.voorbeeld-theme {{\n{lines}\n}}\n"


def _warning(why: str) -> str:
    return (
        f"De toepassing voor gemeenten werkt, maar zonder Utrecht-componenten, htmx en Leaflet ({why}). Installeer npm "
        f"en installeer opnieuw. / The municipalities' application works, but without Utrecht components, htmx and "
        f"Leaflet ({why}). Install npm and install again."
    )


if __name__ == "__main__":
    told = bring(Path(__file__).parent)
    if told:
        sys.stdout.write(f"{told}\n")
