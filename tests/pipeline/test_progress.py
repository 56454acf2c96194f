"""What a run says while it searches."""

from optimizer.pipeline.progress import level_progress


def test_progress_is_a_line_for_every_change_in_whole_units() -> None:
    said: list[str] = []
    tell = level_progress({"level": "niveau {}: {:.0f}, ten hoogste {:.0f}", "draft": "verkenning"}, said.append)
    tell("draft", 3.0, 4.4)
    for value, bound in ((6811470.0, 6811482.6), (6811470.0, 6811482.6), (6811470.0, 6811470.2)):
        tell("kans_werk", value, bound)
    assert said == [
        "niveau verkenning: 3, ten hoogste 4",
        "niveau kans_werk: 6811470, ten hoogste 6811483",
        "niveau kans_werk: 6811470, ten hoogste 6811470",
    ]
