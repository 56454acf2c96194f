"""The way to the mail server: SMTP, with STARTTLS and a password where the settings ask for them."""

import datetime
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from urllib.parse import urlsplit

from optimizer.review.settings import TLS_PORT, Settings

_TIMEOUT_S = 30.0
#: What ends a conversation with a server, so that the next mail would fail too.
_ENDED = (
    OSError,
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
)
_REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


class Refused(Exception):
    """The server does not take this mail; it may take others."""


class Unreachable(Exception):
    """The server cannot be reached, or takes nothing from us.

    Parameters
    ----------
    why
        The kind of failure; never the words of the server, which may name an address.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Letter:
    """A mail on its way: its id, the address, its words, and when it was written."""

    id: str
    to: str
    onderwerp: str
    tekst: str
    gemaakt: datetime.datetime


class Post:
    """A conversation with the mail server, begun with the first mail and ended with the block.

    Parameters
    ----------
    settings
        Which server, and who we are to it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None
        self._handed_in = 0

    def __enter__(self) -> "Post":
        """Begin; nothing is asked of the server yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the conversation, as well as it goes."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()

    def send(self, letter: Letter) -> None:
        """Hand a mail to the server.

        Raises
        ------
        Refused
            When it does not take this one.
        Unreachable
            When it cannot be reached, or takes nothing from us.
        """
        message = self.message(letter)
        try:
            try:
                self._hand_in(message)
            except smtplib.SMTPSenderRefused:  # before any of the mail was sent: it may want a conversation anew
                if self._handed_in == 0:
                    raise
                self._server, self._handed_in = None, 0
                self._hand_in(message)
        except _REFUSED as error:  # some of these are an OSError too
            raise Refused from error
        except _ENDED as error:
            raise Unreachable(type(error).__name__) from error

    def _hand_in(self, message: EmailMessage) -> None:
        if self._server is None:
            self._server = self._connect()
        self._server.send_message(message)
        self._handed_in += 1

    def message(self, letter: Letter) -> EmailMessage:
        """Return a mail as it is sent: plain text, marked as written by a program."""
        message = EmailMessage()
        message["From"] = self._settings.mail_from
        message["To"] = letter.to
        message["Subject"] = letter.onderwerp
        message["Date"] = format_datetime(letter.gemaakt)
        message["Message-ID"] = f"<{letter.id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.tekst, cte="quoted-printable")
        return message

    @property
    def _domain(self) -> str:
        host = urlsplit(self._settings.base_url).hostname
        return host if host and "." in host else "koppelwijzer.invalid"

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        where = (settings.smtp_host, settings.smtp_port)
        server: smtplib.SMTP
        if settings.smtp_port == TLS_PORT:
            server = smtplib.SMTP_SSL(*where, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(*where, timeout=_TIMEOUT_S)
            if settings.smtp_starttls:
                server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        return server
