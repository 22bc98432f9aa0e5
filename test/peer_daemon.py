# SPDX-License-Identifier: GPL-2.0-only
"""Real daemons for a test, at the other end of a cable.

Each runs in the foreground, with its files in a directory of its own, so that any number can run at
the same time. For network_namespace.py, which kills what is left of them.
"""

import json
import pathlib
import re
import signal
import subprocess
import time

from network_namespace import command, find, until


class Daemon:
    """What all have in common."""

    name = ""  # of the program

    def __init__(self, cable, directory, **facts):
        """facts: what its configuration says, besides addresses and directory."""
        self.cable = cable
        self.directory = pathlib.Path(directory)
        self.directory.mkdir()
        self.log = self.directory / "log"
        (self.directory / "config").write_text(self.configure(
            directory=self.directory, ours=cable.linux_address, theirs=cable.module_address,
            **facts), encoding="utf-8")
        self.process = None
        self.start()

    @staticmethod
    def configure(**facts):
        """The text of the configuration."""
        raise NotImplementedError

    def arguments(self):
        """Of the program."""
        raise NotImplementedError

    def start(self):
        """Start it; again, if it was killed."""
        with open(self.directory / "output", "a", encoding="utf-8") as output:
            # pylint: disable-next=consider-using-with
            self.process = subprocess.Popen([find(self.name), *self.arguments()], stdout=output,
                                            stderr=subprocess.STDOUT, cwd=self.directory)
        if not until(self.is_ready, 10):
            raise RuntimeError(f"{self.name}: {(self.directory / 'output').read_text()}")

    def is_ready(self):
        """Whether it answers."""
        try:
            self.state()
            return True
        except (RuntimeError, ValueError, KeyError, subprocess.TimeoutExpired):
            return False

    def suspend(self):
        """Stop the process; the kernel goes on for it."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        """Kill the process, as a crash does."""
        self.process.kill()
        self.process.wait()

    def state(self):
        """State of the session, as the daemon calls it."""
        raise NotImplementedError

    def lines(self, pattern):
        """Lines of its log: time of day in seconds, and the match of the pattern."""
        found = []
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            # All write dates as 2026/11/21 or 2026-11-21, and microseconds.
            stamp = re.match(r"(\d+[-/]\d+[-/]\d+) (\d+:\d+:\d+)(\.\d+)", line)
            match = re.search(pattern, line)
            if stamp and match:
                moment = time.strptime(stamp[1].replace("/", "-") + " " + stamp[2],
                                       "%Y-%m-%d %H:%M:%S")
                found.append((time.mktime(moment) + float(stamp[3]), match))
        return found


class FrrDaemon(Daemon):
    """A daemon of FRRouting by itself: without zebra, it touches no routes of the kernel."""

    def arguments(self):
        # No port for people.
        return ["-A", "127.0.0.1", "-P", "0", "-f", str(self.directory / "config"),
                "-i", str(self.directory / "pid"), "--vty_socket", str(self.directory),
                "-z", str(self.directory / "zserv.api")]

    def tell(self, *lines):
        """Have lines typed at its console; return what it says."""
        typed = [word for line in lines for word in ("-c", line)]
        return command("vtysh", "--vty_socket", str(self.directory), "-d", self.name, *typed)

    def show(self, what):
        """Its answer to "show ... json"."""
        return json.loads(self.tell(f"show {what} json"))
