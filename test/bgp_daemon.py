# SPDX-License-Identifier: GPL-2.0-only
"""Real BGP daemons for a test: one neighbour each, at the other end of a cable, and bound to the
address of that cable, so that any number can run at the same time in one network.
"""

import re

from network_namespace import command
from peer_daemon import Daemon, FrrDaemon

AS = 65001  # the daemon's
MODULE_AS = 65002


class BgpDaemon(Daemon):
    """What all have in common. Their state() is "Established" when the session is up."""

    # pylint: disable-next=too-many-arguments
    def __init__(self, cable, directory, *, hold=9, keepalive=3, passive=False,
                 prefixes=("192.0.2.0/24",)):
        super().__init__(cable, directory, as_=AS, their_as=MODULE_AS, hold=hold,
                         keepalive=keepalive, passive=passive, prefixes=prefixes)

    def timers(self):
        """Hold time and keepalive time in force, in seconds."""
        raise NotImplementedError

    def routes(self):
        """Prefixes learned from the neighbour: next hop and AS path of each."""
        raise NotImplementedError

    def shut(self, words):
        """As the operator, shut the session, and tell the neighbour why."""
        raise NotImplementedError

    def enable(self):
        """Let it come up again."""
        raise NotImplementedError


class Frr(BgpDaemon, FrrDaemon):
    """FRRouting's bgpd."""

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
        # No zebra, no change of user.
        return ["-Z", "-S", "-n", "-l", self.cable.linux_address, *super().arguments()]

    def _neighbour(self):
        return self.show(f"bgp neighbors {self.cable.module_address}")[self.cable.module_address]

    def state(self):
        return self._neighbour()["bgpState"]

    def timers(self):
        neighbour = self._neighbour()
        return (neighbour["bgpTimerHoldTimeMsecs"] / 1000,
                neighbour["bgpTimerKeepAliveIntervalMsecs"] / 1000)

    def _configure(self, line):
        self.tell("configure terminal", f"router bgp {AS}", line)

    def shut(self, words):
        self._configure(f"neighbor {self.cable.module_address} shutdown message {words}")

    def enable(self):
        self._configure(f"no neighbor {self.cable.module_address} shutdown")

    def routes(self):
        paths = self.show(f"bgp ipv4 unicast neighbors {self.cable.module_address} routes")["routes"]
        return {prefix: (path["nexthops"][0]["ip"], path["path"].split())
                for prefix, (path, *_) in paths.items()}


class Bird(BgpDaemon):
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

    def _tell(self, *what):
        return command("birdc", "-s", str(self.directory / "control"), *what)

    def _show(self, *what):
        return self._tell("show", *what)

    def shut(self, words):
        self._tell("disable", "module", f'"{words}"')

    def enable(self):
        self._tell("enable", "module")

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
