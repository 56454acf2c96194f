"""How Sphinx makes a site of these pages (scripts/bouw_site.py): in Dutch, with English pages, without a network."""

from typing import Any

from sphinx.locale import get_translation

project = "Koppelwijzer"
extensions = ["myst_parser"]
language = "nl"
exclude_patterns = [".doctrees"]
myst_heading_anchors = 4
highlight_language = "none"
html_theme = "pydata_sphinx_theme"
html_title = "Koppelwijzer"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {"text": "Koppelwijzer"},
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "navigation_with_keys": False,
    "secondary_sidebar_items": {"**": ["page-toc"], "index": [], "gids": [], "english": []},
    "show_toc_level": 1,
    "show_prev_next": False,
    "footer_start": ["regel"],
    "footer_end": [],
}
templates_path = ["_static/templates"]
html_sidebars: dict[str, list[str]] = {"index": [], "kwartier": [], "quarter_of_an_hour": [], "galerij": []}


#: What the theme says and has no Dutch for.
DUTCH = {
    "Collapse Sidebar": "Menu inklappen",
    "Expand Sidebar": "Menu uitklappen",
    "On this page": "Op deze bladzijde",
    "Section Navigation": "In dit deel",
    "Site navigation": "Delen van de site",
    "Skip to main content": "Naar de tekst",
    "Back to top": "Naar boven",
    "Breadcrumb": "Waar u bent",
    "Home": "Begin",
    "Search": "Zoeken",
    "Version warning": "Welke versie",
    "Color mode": "Licht of donker",
    "Light": "Licht",
    "Dark": "Donker",
    "System Settings": "Zoals uw computer",
}


def _dutch(text: str) -> str:
    return DUTCH.get(text) or str(get_translation("sphinx")(text))


def _language(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001
    """Have a page speak one language, also to screen readers: what lies under english.md is English."""
    english = pagename in {"english", *app.env.toctree_includes.get("english", ())}
    context["language"] = "en" if english else "nl"
    context["gettext"] = str if english else _dutch
    context["theme_search_bar_text"] = "Search this site" if english else "Zoek op deze site"


def setup(app: Any) -> None:
    """Let Sphinx ask for each page."""
    app.connect("html-page-context", _language)
