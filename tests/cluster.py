"""One throw-away PostgreSQL server in a folder of its own."""

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar, LiteralString

import psycopg
from psycopg import sql

USER = "giaoban"
SECONDS_TO_START = 60
DATABASES_KEPT = 16
TRIES = 12
"""For each the server waits five seconds until whoever has left a database is gone from it."""
KNOWS_STRATEGIES = 150000
PR_SET_PDEATHSIG = 1
QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "autovacuum=off")
"""For tests: nothing has to outlive the machine, and nobody writes but who is asked to."""
DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=128MB")
"""As it has to be where people rely on it."""


class Cluster:
    """A server that is heard on a Unix socket in its folder, and nowhere else.

    It runs as whoever runs the tests, or where that is root, which PostgreSQL refuses, as `postgres` or `nobody`.
    """

    _running: ClassVar[dict[str, "Cluster"]] = {}
    """By what the URLs of its databases end with."""

    def __init__(self, programs: Path, folder: Path, settings: Sequence[str] = QUICK) -> None:
        self.folder = folder
        self._settings = ("listen_addresses=", *settings)
        self._owner = unprivileged() if os.geteuid() == 0 else None
        self._programs = programs
        self._server: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._templates: dict[Callable[[str], object], str] = {}
        self._databases: deque[str] = deque()
        if self._owner:
            self._make_room_for(self._owner)
        self._initdb(
            "-D", "cluster", f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"
        )

    def url(self, database: str) -> str:
        """What `DATABASE_URL` says to reach a database of this cluster."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    @classmethod
    def of(cls, url: str) -> "Cluster | None":
        """The one of this process whose database this is."""
        return cls._running.get(url.rpartition("?")[2])

    def start(self) -> None:
        """Starts the server and returns when it answers; it ends with the tests, however they end."""
        options = itertools.chain.from_iterable(("-c", setting) for setting in self._settings)
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", "cluster", "-k", self.folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=self._owner,
                group=group_of(self._owner),
                extra_groups=None if self._owner is None else [],
                preexec_fn=end_with_parent,  # noqa: PLW1509 - it makes one system call
            )
        until = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text(errors="replace"))
            time.sleep(0.02)
        self._running[f"host={self.folder}"] = self

    @property
    def pid(self) -> int:
        """The server's process while it runs; each connection is served by a child of it."""
        assert self._server is not None
        return self._server.pid

    def stop(self) -> None:
        """Stops the server, whoever is connected; `start` brings it back with what was committed."""
        if self._server is not None:
            self._running.pop(f"host={self.folder}", None)
            self._server.send_signal(signal.SIGINT)
            self._server.wait(timeout=SECONDS_TO_START)
            self._server = None

    def new_database(self, prepare: Callable[[str], object] | None = None) -> str:
        """The URL of a new database: empty, or a copy of one that `prepare(url)` filled when it was first wanted."""
        template = "template0" if prepare is None else self._template(prepare)
        name = f"test_{next(self._numbers)}"
        self._copy(template, name)
        self._databases.append(name)
        if len(self._databases) > DATABASES_KEPT:
            self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self._databases.popleft())
        return self.url(name)

    def copy_over(self, url: str, prepare: Callable[[str], object]) -> None:
        """Puts a copy of what `prepare(url)` made when it was first wanted in the place of a database to which nobody is connected."""
        template, name = self._template(prepare), self._name(url)
        self._execute("DROP DATABASE {}", name)
        self._copy(template, name)

    def logs_statements(self, url: str) -> None:
        """From now on every statement of new connections to the database at this URL is a line of the file `log` in the folder."""
        self._execute("ALTER DATABASE {} SET log_statement = 'all'", self._name(url))

    def _name(self, url: str) -> str:
        return url.partition("@/")[2].partition("?")[0]

    def _template(self, prepare: Callable[[str], object]) -> str:
        if prepare not in self._templates:
            name = f"template_{next(self._numbers)}"
            self._execute("CREATE DATABASE {} TEMPLATE template0", name)
            prepare(self.url(name))
            self._templates[prepare] = name
        return self._templates[prepare]

    def _copy(self, template: str, name: str) -> None:
        """By files, not through the log of what was written, which takes twice as long; older servers know no other way."""
        by_files = self._version >= KNOWS_STRATEGIES
        self._execute(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY" if by_files else "CREATE DATABASE {} TEMPLATE {}",
            name,
            template,
        )

    @cached_property
    def _version(self) -> int:
        with psycopg.connect(self.url("postgres")) as connection:
            return connection.info.server_version

    def _execute(self, statement: LiteralString, *names: str) -> None:
        composed = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for left in reversed(range(TRIES)):
                try:
                    connection.execute(composed)
                except psycopg.errors.ObjectInUse:
                    if not left:
                        raise
                else:
                    return

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_room_for(self, owner: str) -> None:
        """Gives the folder to who runs the server, with a copy of programs that lie where he may not go."""
        os.chown(self.folder, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
        try:
            self._initdb("--version")
        except (PermissionError, RuntimeError):
            installed = self._programs.parent
            package = self.folder / installed.parent.name
            shutil.copytree(installed, package / installed.name)
            libraries = installed.parent.with_name(installed.parent.name + ".libs")
            if libraries.exists():  # where a wheel's programs look for what they are linked to
                shutil.copytree(libraries, self.folder / libraries.name)
            self._programs = package / installed.name / "bin"

    def _initdb(self, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / "initdb", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd=self.folder,
            user=self._owner,
            group=group_of(self._owner),
            extra_groups=None if self._owner is None else [],
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def unprivileged() -> str:
    """Who runs the server where the tests are run by root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def group_of(owner: str | None) -> int | None:
    """The group that goes with the owner; none to change where there is no owner."""
    return pwd.getpwnam(owner).pw_gid if owner else None


def end_with_parent() -> None:
    """In the server, before it begins: let Linux stop it when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
