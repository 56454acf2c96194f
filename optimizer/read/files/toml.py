"""TOML that people write by hand: any bytes give a table or the reason why there is none."""

import tomllib
from typing import Any


def read_toml(data: bytes) -> tuple[dict[str, Any], str]:
    r"""Read the bytes of a TOML file.

    Returns
    -------
    The table, and the reason why it cannot be read; empty where it can.

    Examples
    --------
    >>> read_toml(b"seed = 3"), read_toml(b"\xff")[1]
    (({'seed': 3}, ''), 'UTF-8')
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        return {}, "UTF-8"
    except tomllib.TOMLDecodeError as error:
        return {}, " ".join(str(error).split())
    except RecursionError:
        return {}, "[[[[[[…"
    except ValueError:  # a number of thousands of digits
        return {}, "99999999…"
