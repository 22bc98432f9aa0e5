# SPDX-License-Identifier: GPL-2.0-only
"""Real BGP daemons for a test: one neighbour each, at the other end of a cable.

Each runs in the foreground, with its files in a directory of its own and bound to the address of
its cable, so that any number can run at the same time. For network_namespace.py, which kills what
is left of them.
"""

import json
import pathlib
import re
import signal
import subprocess
import time

from network_namespace import command, find, until

AS = 65001  # the daemon's
MODULE_AS = 65002


class Daemon:
    """What all have in common."""

    name = ""  # of the program
    config = ""  # with {directory} and the like

    # pylint: disable-next=too-many-arguments
    def __init__(self, cable, directory, *, hold=9, keepalive=3, passive=False,
                 prefixes=("192.0.2.0/24",)):
        self.cable = cable
        self.directory = pathlib.Path(directory)
        self.directory.mkdir()
        self.log = self.directory / "log"
        (self.directory / "config").write_text(self.configure(
            directory=self.directory, ours=cable.linux_address, theirs=cable.module_address,
            as_=AS, their_as=MODULE_AS, hold=hold, keepalive=keepalive, passive=passive,
            prefixes=prefixes), encoding="utf-8")
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
        """State of the session, as the daemon calls it; all have "Established"."""
        raise NotImplementedError

    def timers(self):
        """Hold time and keepalive time in force, in seconds."""
        raise NotImplementedError

    def routes(self):
        """Prefixes learned from the neighbour: next hop and AS path of each."""
        raise NotImplementedError

    def lines(self, pattern):
        """Lines of its log: time of day in seconds, and the match of the pattern."""
        found = []
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            # Both write dates as 2026/11/21 or 2026-11-21, and microseconds.
            stamp = re.match(r"(\d+[-/]\d+[-/]\d+) (\d+:\d+:\d+)(\.\d+)", line)
            match = re.search(pattern, line)
            if stamp and match:
                moment = time.strptime(stamp[1].replace("/", "-") + " " + stamp[2],
                                       "%Y-%m-%d %H:%M:%S")
                found.append((time.mktime(moment) + float(stamp[3]), match))
        return found


class Frr(Daemon):
    """FRRouting's bgpd by itself: without zebra, it touches no routes of the kernel."""

    name = "bgpd"

    @staticmethod
    def configure(**facts):
        networks = "\n".join(f"  network {prefix}" for prefix in facts["prefixes"])
        passive = "neighbor {theirs} passive".format(**facts) if facts["passive"] else "!"
        return """\
log file {directory}/log debugging
log timestamp precision 6
debug bgp neighbor-events
debug bgp keepalives
router bgp {as_}
 bgp router-id {ours}
 bgp log-neighbor-changes
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor {theirs} remote-as {their_as}
 neighbor {theirs} timers {keepalive} {hold}
 neighbor {theirs} timers connect 1
 neighbor {theirs} advertisement-interval 0
 neighbor {theirs} update-source {ours}
 {passive_line}
 address-family ipv4 unicast
{networks}
 exit-address-family
""".format(**facts, networks=networks, passive_line=passive)

    def arguments(self):
        # No zebra, no change of user, no port for people.
        return ["-Z", "-S", "-n", "-A", "127.0.0.1", "-P", "0", "-l", self.cable.linux_address,
                "-f", str(self.directory / "config"), "-i", str(self.directory / "pid"),
                "--vty_socket", str(self.directory), "-z", str(self.directory / "zserv.api")]

    def _show(self, what):
        return json.loads(command("vtysh", "--vty_socket", str(self.directory), "-d", "bgpd", "-c",
                                  f"show bgp {what} json"))

    def _neighbour(self):
        return self._show(f"neighbors {self.cable.module_address}")[self.cable.module_address]

    def state(self):
        return self._neighbour()["bgpState"]

    def timers(self):
        neighbour = self._neighbour()
        return (neighbour["bgpTimerHoldTimeMsecs"] / 1000,
                neighbour["bgpTimerKeepAliveIntervalMsecs"] / 1000)

    def routes(self):
        paths = self._show(f"ipv4 unicast neighbors {self.cable.module_address} routes")["routes"]
        return {prefix: (path["nexthops"][0]["ip"], path["path"].split())
                for prefix, (path, *_) in paths.items()}


class Bird(Daemon):
    """BIRD, without a kernel protocol: it touches no routes of the kernel."""

    name = "bird"

    @staticmethod
    def configure(**facts):
        routes = "\n".join(f"    route {prefix} blackhole;" for prefix in facts["prefixes"])
        return """\
log "{directory}/log" all;
timeformat log iso long us;
router id {ours};
debug protocols {{ states, events }};
protocol device {{ scan time 1; }}
protocol static {{
    ipv4;
{routes}
}}
protocol bgp module {{
    local {ours} as {as_};
    neighbor {theirs} as {their_as};
    strict bind yes;
    passive {passive_word};
    hold time {hold};
    keepalive time {keepalive};
    connect delay time 1;
    connect retry time 1;
    error wait time 1, 1;
    debug all;
    ipv4 {{ import all; export all; }};
}}
""".format(**facts, routes=routes, passive_word="yes" if facts["passive"] else "no")

    def arguments(self):
        return ["-f", "-c", str(self.directory / "config"), "-s", str(self.directory / "control"),
                "-P", str(self.directory / "pid")]

    def _show(self, *what):
        return command("birdc", "-s", str(self.directory / "control"), "show", *what)

    def _protocol(self, key):
        found = re.search(rf"^ *{key}: +(.+?) *$", self._show("protocols", "all", "module"),
                          re.MULTILINE)
        if not found:
            raise KeyError(key)
        return found[1]

    def state(self):
        return self._protocol("BGP state")

    def timers(self):
        # As "3.4/9", the time left and the whole.
        return tuple(float(self._protocol(key).partition("/")[2])
                     for key in ("Hold timer", "Keepalive timer"))

    def routes(self):
        text = self._show("route", "all", "protocol", "module")
        routes = {}
        prefix = None
        for line in text.splitlines():
            if match := re.match(r"(\d+\.\d+\.\d+\.\d+/\d+) ", line):
                prefix = match[1]
                routes[prefix] = ["", []]
            elif match := re.match(r"\s+BGP\.next_hop: (\S+)", line):
                routes[prefix][0] = match[1]
            elif match := re.match(r"\s+BGP\.as_path: ([\d ]*)", line):
                routes[prefix][1] = match[1].split()
        return {prefix: (hop, path) for prefix, (hop, path) in routes.items()}


DAEMONS = {"frr": Frr, "bird": Bird}
