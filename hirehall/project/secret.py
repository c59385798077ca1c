"""The key with which cookies and links are signed; a market that was given none makes its own."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The key from the environment, or one made at the first start and kept readable by the owner alone."""
    given = os.environ.get("HIREHALL_SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret_key.{os.getpid()}")
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.chmod(0o600)
        # Two processes at the first start must end with the same key: the first link wins.
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        fresh.unlink()
    return path.read_text()
