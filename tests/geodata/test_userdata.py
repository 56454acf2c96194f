from pathlib import Path

import pytest

from geodata.userdata import folder

HOME = Path("/home/an")


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"KOPPELWIJZER_DATA": "/mnt/kaarten", "XDG_CACHE_HOME": "/var/cache/an"}, "linux", "/mnt/kaarten"),
        ({"XDG_CACHE_HOME": "/var/cache/an"}, "linux", "/var/cache/an/koppelwijzer"),
        ({"XDG_CACHE_HOME": "ergens"}, "linux", "/home/an/.cache/koppelwijzer"),
        ({}, "darwin", "/home/an/Library/Caches/koppelwijzer"),
        ({"LOCALAPPDATA": "/c/local"}, "win32", "/c/local/koppelwijzer"),
        ({}, "win32", "/home/an/AppData/Local/koppelwijzer"),
    ],
)
def test_the_folder_is_what_the_user_says_or_where_the_system_keeps_caches(
    environment: dict[str, str], platform: str, expected: str
) -> None:
    assert folder(environment, platform, HOME) == Path(expected)
