"""What an installation sets in its environment; production refuses what only a demonstration may have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from geodata.wording import Sentence
from optimizer.errors import Gebruiksfout

#: Every variable of the environment begins with this.
PREFIX = "KOPPELWIJZER_REVIEW_"
#: Letters of a secret that nobody guesses.
SECRET_LETTERS = 32
#: The port on which a mail server speaks TLS from the first byte.
TLS_PORT = 465

_WRONG = Sentence(
    "De instelling {name} klopt niet: {why}.",
    "The setting {name} is not right: {why}.",
)
_REFUSED = Sentence(
    "In productie start de applicatie zo niet:\n{list}",
    "In production the application does not start like this:\n{list}",
)
_NO_SQLITE = Sentence(
    "- Een SQLite-bestand is voor een proef. Geef met {name} het adres van een PostgreSQL-database.",
    "- A SQLite file is for a trial. Give the address of a PostgreSQL database with {name}.",
)
_NO_SECRET = Sentence(
    "- Geef met {name} een geheim van minstens {n} tekens.",
    "- Give a secret of at least {n} letters with {name}.",
)
_NO_ISSUER = Sentence(
    "- Er is geen aanmelddienst. Geef {name}; de proefgebruikers werken hier niet.",
    "- There is no identity provider. Give {name}; the demonstration users do not work here.",
)
_NO_HTTPS = Sentence(
    "- Het adres van de applicatie ({name}) moet met https:// beginnen.",
    "- The address of the application ({name}) must begin with https://.",
)
_NO_SENDER = Sentence(
    "- Geef met {name} het adres waarvan de e-mail komt.",
    "- Give the address that e-mail comes from with {name}.",
)
_OPEN_PASSWORD = Sentence(
    "- Het wachtwoord van de mailserver gaat niet onversleuteld over het net. Laat {name} weg.",
    "- The password of the mail server does not cross the net unencrypted. Leave {name} out.",
)


class Settings(BaseModel):
    """Settings of one installation.

    Attributes
    ----------
    mode
        ``demo`` (example month, users without a password) or ``productie``.
    database
        URL for SQLAlchemy.
    secret
        Of which the keys of sessions and of sealed texts are made.
    base_url
        Where people find the application; forms are taken from there only.
    oidc_issuer, oidc_client_id, oidc_client_secret
        The identity provider (OpenID Connect); empty where there is none.
    claim_role, claim_area
        Names of the claims that hold somebody's role and the code of the municipality, province or region.
    smtp_host, smtp_port, smtp_user, smtp_password, smtp_starttls, mail_from
        The mail server; no mail is sent where the host is empty. Port 465 means TLS from the first byte.
    answer_days
        Days that municipalities have to answer, unless the COA sets a deadline (aanname).
    session_minutes, session_hours
        When a session ends without use, and in any case (aanname).
    requests_per_minute, sign_ins_per_minute
        Of one address (aanname).
    upload_mb
        Largest upload.
    theme
        Name of a file of tokens in ``static/tokens``.
    tiles
        Address of a tile layer for maps, empty for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Literal["demo", "productie"] = "productie"
    database: str = ""
    secret: SecretStr = SecretStr("")
    base_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    claim_role: str = "koppelwijzer_rol"
    claim_area: str = "koppelwijzer_gebied"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = True
    mail_from: str = ""
    answer_days: int = Field(default=14, ge=1, le=365)
    session_minutes: int = Field(default=30, ge=1, le=24 * 60)
    session_hours: int = Field(default=10, ge=1, le=48)
    requests_per_minute: int = Field(default=600, ge=1)
    sign_ins_per_minute: int = Field(default=20, ge=1)
    upload_mb: int = Field(default=64, ge=1, le=256)
    theme: str = "koppelwijzer"
    tiles: str = ""

    @property
    def is_demo(self) -> bool:
        """Whether this is a demonstration."""
        return self.mode == "demo"

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over https, so that cookies need it."""
        return self.base_url.startswith("https://")

    def refused(self) -> list[Sentence]:
        """Return why this may not run in production; nothing for a demonstration."""
        if self.is_demo:
            return []
        checks = (
            (self.database.startswith("postgresql"), _NO_SQLITE, "database"),
            (len(self.secret.get_secret_value()) >= SECRET_LETTERS, _NO_SECRET, "secret"),
            (bool(self.oidc_issuer and self.oidc_client_id), _NO_ISSUER, "oidc_issuer"),
            (self.is_secure, _NO_HTTPS, "base_url"),
            (bool(self.mail_from) or not self.smtp_host, _NO_SENDER, "mail_from"),
            (self.smtp_starttls or self.smtp_port == TLS_PORT or not self.smtp_user, _OPEN_PASSWORD, "smtp_starttls"),
        )
        return [said.fill(name=variable(name), n=SECRET_LETTERS) for good, said, name in checks if not good]


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises
    ------
    Gebruiksfout
        When one is not right, or production would run as a demonstration does.
    """
    given = {name: environment[variable(name)] for name in Settings.model_fields if variable(name) in environment}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = variable(str(first["loc"][0])) if first["loc"] else PREFIX
        raise Gebruiksfout(*_WRONG.fill(name=name, why=first["msg"])) from error
    refuse(settings)
    return settings


def to_environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which a process of its own reads the same settings.

    >>> to_environment(Settings(mode="demo", database="sqlite://"))["KOPPELWIJZER_REVIEW_DATABASE"]
    'sqlite://'
    """
    told = {name: getattr(settings, name) for name in Settings.model_fields}
    plain = {k: v.get_secret_value() if isinstance(v, SecretStr) else str(v) for k, v in told.items()}
    return {variable(name): value for name, value in plain.items()}


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the variables from which `from_environment` reads the same settings.

    >>> from_environment(environment_of(Settings(mode="demo", session_minutes=5))).session_minutes
    5
    """
    told = {name: getattr(settings, name) for name in Settings.model_fields}
    plain = {name: v.get_secret_value() if isinstance(v, SecretStr) else v for name, v in told.items()}
    return {variable(name): str(value) for name, value in plain.items()}


def refuse(settings: Settings) -> None:
    """Raise Gebruiksfout with everything that forbids to run like this."""
    wrong = settings.refused()
    if wrong:
        lines = Sentence("\n".join(s.nl for s in wrong), "\n".join(s.en for s in wrong))
        raise Gebruiksfout(*_REFUSED.fill(list=lines))


def variable(name: str) -> str:
    """Return the variable of the environment in which a setting stands.

    >>> variable("base_url")
    'KOPPELWIJZER_REVIEW_BASE_URL'
    """
    return PREFIX + name.upper()


def sqlite_url(file: Path) -> str:
    """Return the address of a SQLite file."""
    return f"sqlite+pysqlite:///{file}"
