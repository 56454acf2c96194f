"""Texts about a household, sealed with a key of its own case: whoever destroys the key erases all of them at once."""

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from optimizer.review.data.tables import Sleutel

_NONCE = 12
_KEY = 32


class Sealer:
    """Makes, opens and destroys the keys of cases; each is kept wrapped by the secret of the installation.

    Parameters
    ----------
    secret
        The secret of the settings.
    """

    def __init__(self, secret: str) -> None:
        self._wrap = AESGCM(derived(secret, b"keys of cases"))

    def new_key(self, session: Session, zaak_id: str) -> bytes:
        """Make the key of a new case and keep it."""
        key = AESGCM.generate_key(8 * _KEY)
        session.add(Sleutel(zaak_id=zaak_id, sleutel=_sealed(self._wrap, key, zaak_id)))
        return key

    def key(self, session: Session, zaak_id: str) -> bytes | None:
        """Return the key of a case; None when it was erased."""
        kept = session.get(Sleutel, zaak_id)
        return None if kept is None else _opened(self._wrap, kept.sleutel, zaak_id)

    def unwrap(self, kept: Sleutel) -> bytes:
        """Return the key that a row keeps."""
        return _opened(self._wrap, kept.sleutel, kept.zaak_id)


def seal(key: bytes, about: str, what: Any) -> bytes:
    """Seal a value (JSON) with the key of a case; it opens only where it belongs (``about``)."""
    return _sealed(AESGCM(key), json.dumps(what, ensure_ascii=False, sort_keys=True).encode(), about)


def unseal(key: bytes, about: str, sealed: bytes) -> Any:
    """Open what `seal` sealed.

    Raises
    ------
    ValueError
        When it was changed, or belongs elsewhere.
    """
    return json.loads(_opened(AESGCM(key), sealed, about))


def derived(secret: str, purpose: bytes) -> bytes:
    """Return a key for one purpose, 32 bytes, from the secret of the installation."""
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=None, info=b"koppelwijzer " + purpose).derive(
        secret.encode()
    )


def _sealed(cipher: AESGCM, content: bytes, about: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, content, about.encode())


def _opened(cipher: AESGCM, sealed: bytes, about: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except InvalidTag as error:
        raise ValueError("what was sealed does not open: changed, or of another place or secret") from error
