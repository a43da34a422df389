"""nginx before several processes: the configuration that is deployed, with the addresses of the test in place of its own."""

import os
import pwd
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cluster import end_with_parent, group_of, unprivileged
from tests.environment import ROOT, not_on_this_machine
from tests.machine import find_nginx
from tests.ports import free_port

DEPLOYED = ROOT / "deploy" / "nginx.conf"
SECONDS_TO_START = 60
MAIN = """
worker_processes 1;
daemon off;
pid nginx.pid;
error_log error.log warn;
events { worker_connections 256; }
http {
    access_log access.log;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include giaoban.conf;
}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where one process listens, on loopback."""

    webhook: int
    desk: int
    public: int
    zalo: int


def free_ports(count: int) -> list[int]:
    """So many ports that nobody listens at."""
    return [free_port() for _ in range(count)]


def as_deployed(port: int, processes: Sequence[Ports]) -> str:
    """deploy/nginx.conf, listening at a port of loopback without a certificate, with these processes behind it."""
    told = DEPLOYED.read_text()
    told = told.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    told = re.sub(r"\n    ssl_certificate.*;", "", told)
    for name in ("webhook", "desk", "public", "zalo"):
        servers = "".join(
            f"    server 127.0.0.1:{getattr(each, name)} max_fails=1 fail_timeout=2s;\n" for each in processes
        )
        told, found = re.subn(
            rf"(upstream giaoban_{name} {{\n(?:    [a-z_]+;\n)?)(?:    server .*\n)+", rf"\g<1>{servers}", told
        )
        assert found == 1, f"deploy/nginx.conf has no servers for {name}"
    assert not re.search(r"\b443\b", told)
    assert not re.search(r"127\.0\.0\.1:8\d(?:80|82|9[01])\b", told)
    return told


@dataclass(frozen=True, slots=True)
class Proxy:
    """nginx as it runs. `folder`: where its logs are."""

    url: str
    folder: Path


@contextmanager
def nginx(processes: Sequence[Ports]) -> Iterator[Proxy]:
    """Runs it in a folder of its own, by nobody who may do anything."""
    program = find_nginx()
    if program is None:
        not_on_this_machine("nginx")
    port = free_port()
    owner = unprivileged() if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="giaoban-nginx-") as name:
        folder = Path(name)
        (folder / "nginx.conf").write_text(MAIN)
        (folder / "giaoban.conf").write_text(as_deployed(port, processes))
        if owner is not None:
            entry = pwd.getpwnam(owner)
            for each in (folder, *folder.iterdir()):
                os.chown(each, entry.pw_uid, entry.pw_gid)
        with (folder / "start.log").open("wb") as log:
            running = subprocess.Popen(
                [program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                user=owner,
                group=group_of(owner),
                extra_groups=None if owner is None else [],
                preexec_fn=end_with_parent,  # noqa: PLW1509 - it makes one system call
            )
        try:
            _wait_for(port, running, folder)
            yield Proxy(f"http://127.0.0.1:{port}", folder)
        finally:
            running.terminate()
            running.wait(SECONDS_TO_START)


def _wait_for(port: int, running: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if running.poll() is not None or time.monotonic() > until:
                said = "".join(each.read_text() for each in folder.glob("*.log"))
                raise RuntimeError(f"nginx did not start:\n{said}") from None
            time.sleep(0.02)
        else:
            return
