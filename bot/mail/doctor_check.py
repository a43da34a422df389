"""Whether our mails are taken: the server is reached, greets us, and knows our password."""

import smtplib
import ssl
from socket import create_connection

from bot.doctor.findings import Finding, Surroundings, failing, warned, well
from bot.mail.settings import MailSettings

SECONDS = 10.0


def check_email(of: Surroundings) -> Finding:
    """The server for what leaves, and our listener, which is there while the program runs."""
    mail = of.settings.of(MailSettings)
    if not mail.smtp_host:
        return well("doctor_email_none")
    server = f"{mail.smtp_host}:{mail.smtp_port}"
    try:
        _greet(mail)
    except smtplib.SMTPAuthenticationError:
        return failing("doctor_email_password", server=server, user=mail.smtp_user)
    except ssl.SSLCertVerificationError as error:
        return failing("doctor_email_untrusted", server=server, why=error.verify_message)
    except smtplib.SMTPNotSupportedError:
        return failing("doctor_email_open", server=server)
    except (smtplib.SMTPException, OSError) as error:
        return failing("doctor_email_away", server=server, why=str(error) or type(error).__name__)
    host, _, port = mail.mail_listen.rpartition(":")
    try:
        create_connection((host, int(port)), SECONDS).close()
    except OSError:
        return warned("doctor_email_deaf", server=server, listen=mail.mail_listen)
    return well("doctor_email_good", server=server, listen=mail.mail_listen)


def _greet(mail: MailSettings) -> None:
    context = ssl.create_default_context()
    if mail.tls == "implicit":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(mail.smtp_host, mail.smtp_port, timeout=SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(mail.smtp_host, mail.smtp_port, timeout=SECONDS)
    with smtp:
        if mail.tls == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if mail.smtp_user:
            smtp.login(mail.smtp_user, mail.smtp_password)
