"""A real mail server on this machine, for tests: it keeps what it takes, and can be told to refuse or to stop."""

import datetime
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: Who may send, on a server that asks.
NAME, PASSWORD = "koppelwijzer", "geheim"


@dataclass
class Mailbox:
    """What the server took, and how it behaves.

    Attributes
    ----------
    port
        Where it listens.
    taken
        To whom, and the mail.
    encrypted
        Of each mail whether it came over TLS.
    refuses
        Addresses that it does not take mail for.
    most
        Mails that it takes in one conversation; None: as many as come.
    """

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    most: int | None = None

    async def handle_RCPT(  # noqa: N802  (as aiosmtpd calls it)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        session.taken = getattr(session, "taken", 0)  # type: ignore[attr-defined]
        if self.most is not None and session.taken >= self.most:  # type: ignore[attr-defined]
            return "421 enough for one conversation"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.content
        assert isinstance(raw, bytes)
        found = message_from_bytes(raw, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.taken += [(to, found) for to in envelope.rcpt_tos]
        self.encrypted.append(session.ssl is not None)
        session.taken += 1  # type: ignore[attr-defined]
        return "250 OK"


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[Mailbox]:
    """Run a mail server; with a certificate it asks for STARTTLS and a password."""
    box = Mailbox()
    options: dict[str, object] = {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": _let_in}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _let_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, said: LoginPassword) -> AuthResult:
    return AuthResult(success=(said.login, said.password) == (NAME.encode(), PASSWORD.encode()))


def make_certificate(place: Path) -> Path:
    """Write a key and a certificate of its own for this machine into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.fromtimestamp(time.time(), datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return place
