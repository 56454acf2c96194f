"""Made-up people of a demonstration; production never knows them."""

from collections.abc import Mapping

from optimizer.review.who.actor import Rol
from optimizer.review.who.users import Person

#: By their key on the page to sign in.
DEMO_USERS: Mapping[str, Person] = {
    key: Person(f"demo:{key}", name, f"{key}@voorbeeld.invalid", rol, gebied)
    for key, name, rol, gebied in (
        ("utrecht", "Ans de Vries", Rol.GEMEENTE, "GM0344"),
        ("utrecht-2", "Bilal Aydin", Rol.GEMEENTE, "GM0344"),
        ("zwolle", "Chris Bakker", Rol.GEMEENTE, "GM0193"),
        ("nijkerk", "Dewi Smit", Rol.GEMEENTE, "GM0267"),
        ("coa", "Els Mulder", Rol.COA, ""),
        ("provincie", "Farid Haddad", Rol.PROVINCIE, "Utrecht"),
        ("arbeidsmarktregio", "Greet Visser", Rol.REGIO, "Midden-Utrecht"),
        ("onderzoeker", "Henk Jansen", Rol.ONDERZOEKER, ""),
    )
}


def demo_user(key: str) -> Person | None:
    """Return somebody by their key."""
    return DEMO_USERS.get(key)
