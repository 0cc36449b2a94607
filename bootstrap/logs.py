"""One line per log record, without secrets and without personal data."""

import logging
import re
import sys

_SECRETS = re.compile(
    r"((?:access_token|corpsecret|secret|key|ticket|msg_signature|response_code|session|token)"
    r"[\\\"']*\s*[=:]\s*[\\\"']*)[^\s&\\\"',}]{6,}",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@\s]+@")
_MOBILE = re.compile(r"(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)")


class SafeFormatter(logging.Formatter):
    """Masks what looks like a secret or a mobile number, in messages and tracebacks alike."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the masked line."""
        line = _PASSWORD.sub(r"\1***@", _SECRETS.sub(r"\1***", super().format(record)))
        return _MOBILE.sub(r"\1****\2", line)


def set_up_logging(level: str) -> None:
    """Log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("alembic", "urllib3", "waitress.queue"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
