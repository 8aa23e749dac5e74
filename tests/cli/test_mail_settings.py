"""Settings of the mail server that cannot be meant are refused before anything runs."""

from pathlib import Path

import pytest

from kids_feedback.config import ConfigError, Smtp, new_key_file, settings_from


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    keys = tmp_path / "keys.toml"
    keys.write_text(new_key_file())
    return {"KIDS_FEEDBACK_DATABASE_URL": "sqlite://", "KIDS_FEEDBACK_KEY_FILE": str(keys)}


def smtp(environ: dict[str, str], **said: str) -> Smtp:
    return settings_from(
        environ | {f"KIDS_FEEDBACK_SMTP_{name.upper()}": value for name, value in said.items()}
    ).smtp


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_out_under_a_checked_certificate(environ: dict[str, str], security: str) -> None:
    found = smtp(environ, host="mail.example.org", security=security, sender="help@example.org")
    assert (found.security, found.sender) == (security, "help@example.org")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_mail_may_be_open_on_this_machine_only(environ: dict[str, str], host: str) -> None:
    assert smtp(environ, host=host, security="none").security == "none"


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "localhost.example.org", ""])
def test_mail_is_never_open_on_its_way_to_another_machine(
    environ: dict[str, str], host: str
) -> None:
    with pytest.raises(ConfigError, match="SMTP_SECURITY"):
        smtp(environ, host=host, security="none")


@pytest.mark.parametrize("security", ["ssl", "STARTTLS", "yes"])
def test_an_unknown_kind_of_security_is_none(environ: dict[str, str], security: str) -> None:
    with pytest.raises(ConfigError, match="not starttls, tls or none"):
        smtp(environ, security=security)


@pytest.mark.parametrize(
    "sender",
    [
        "help",
        "Have your say <help@example.org>",
        "<help@example.org>",
        "a@b, c@d",
        "a b@c.org",
        "=?utf-8?q?a?=@b",
    ],
)
def test_the_sender_is_a_bare_address(environ: dict[str, str], sender: str) -> None:
    with pytest.raises(ConfigError, match="SMTP_SENDER is not a bare"):
        smtp(environ, sender=sender)


@pytest.mark.parametrize("port", ["0", "65536", "99999999999"])
def test_a_port_is_one_that_there_is(environ: dict[str, str], port: str) -> None:
    with pytest.raises(ConfigError, match="SMTP_PORT is no port"):
        smtp(environ, port=port)


@pytest.mark.parametrize("to", ["nobody", "duty@example.org, other@example.org", "<duty@x.org>"])
def test_who_is_told_can_be_written_to(environ: dict[str, str], to: str) -> None:
    with pytest.raises(ConfigError, match="ALERT_TO: not each"):
        settings_from({**environ, "KIDS_FEEDBACK_ALERT_TO": to})


def test_every_fault_is_told_at_once(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as told:
        smtp(environ, port="many", security="ssl", sender="help")
    assert str(told.value).count("KIDS_FEEDBACK_SMTP_") == 3
