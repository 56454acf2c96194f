"""Numbers as Dutch officials write them, inside sentences."""


def dutch(value: float, decimals: int = 0) -> str:
    """Write a number with a decimal comma and points between thousands.

    >>> dutch(1234.56, 1), dutch(-3), dutch(0.04, 1)
    ('1.234,6', '-3', '0,0')
    """
    text = f"{value:,.{decimals}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def signed(value: float, decimals: int) -> str:
    """Write a difference with its sign and without points between thousands, to be read back by machines.

    >>> signed(0.125, 4), signed(-2, 0)
    ('+0,1250', '-2')
    """
    return f"{value:+.{decimals}f}".replace(".", ",")


def people(count: int) -> str:
    """Write a number of persons.

    >>> people(1), people(12)
    ('1 persoon', '12 personen')
    """
    return f"{dutch(count)} {'persoon' if count == 1 else 'personen'}"


def are(count: int) -> str:
    """Return the verb that goes with a number.

    >>> are(1), are(0)
    ('is', 'zijn')
    """
    return "is" if count == 1 else "zijn"


def places(count: int) -> str:
    """Write a number of places.

    >>> places(1), places(0)
    ('1 plek', '0 plekken')
    """
    return f"{dutch(count)} {'plek' if count == 1 else 'plekken'}"


def plain(value: float) -> str:
    """Write a number with as many decimals as it needs.

    >>> plain(50), plain(37.5)
    ('50', '37,5')
    """
    return f"{value:g}".replace(".", ",")
