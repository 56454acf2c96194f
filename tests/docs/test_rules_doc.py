"""docs/rules.md is what ``make docs`` writes."""

from scripts.schrijf_regels import FILE, render


def test_the_document_of_the_rules_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == render()
