#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The module's BGP against FRRouting's and BIRD's, in real time.

Usage: bgp-peer-test.py PROGRAM

1. The session comes up, with the module as the active side, as the passive one, and with both
   active at the same time; they agree on the timers. Prefixes are exchanged both ways, and the
   daemon shows what the module announced.
2. While nothing happens, nothing happens: KEEPALIVEs go both ways, the module's at its intervals.
3. The module hangs, while its TCP goes on: the daemon ends the session by its own rules, FRR at the
   hold time, BIRD at 75 to 100 % of it, saying so up to 3 s later. When the module goes on it hears
   of it, and the session comes up again.
4. The daemon is stopped, while the kernel goes on for it: the module ends the session at the hold
   time, with NOTIFICATION 4/0; afterwards it comes up again. Routes go and come with it.
5. The cable is cut, silently: both ends notice. Once it is mended the session comes up again.
6. The daemon's operator shuts the session, saying why (RFC 9003): the module shows the words, stays
   out, and comes up again when the session is enabled.
7. tshark finds no malformed packet and no wrong checksum.
8. Bad input gives one line, exit status 2, and leaves nothing behind.

All of it happens in a network namespace of its own, for which no privilege is needed on most
systems. Where there can be none, or neither daemon is installed, the exit status is 77: skipped.
"""

import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from bgp_daemon import AS, DAEMONS, MODULE_AS
from network_namespace import Cable, Program, enter, find, skip, until

PROGRAM = ""
DIRECTORY = None  # of all runs
HOLD = 6
KEEPALIVE = 2
MODULE = 0.05  # how late the module may be, in seconds, on a machine that is not busy
OURS = ["198.51.100.0/24", "203.0.113.128/25", "100.64.0.0/10"]  # the module's
THEIRS = ["192.0.2.0/24", "10.64.0.0/15"]
COLLISION = "6/7"
SHUTDOWN = "6/2"
HOLD_TIMER_EXPIRED = b"\x04\x00"
WORDS = "moving house, back at noon"  # of an operator
MARKER = b"\xff" * 16
OPEN, UPDATE, NOTIFICATION, KEEPALIVE_MESSAGE = 1, 2, 3, 4
# From the end of the HoldTimer to the NOTIFICATION, at most. BIRD sleeps up to 3 s in between.
LATE = {"frr": 0.02, "bird": 3.1}
EARLIEST = {"frr": 1, "bird": 0.75}  # expiry, as a share of the hold time
CHANGES = {"frr": r"went from Established|Hold_Timer_expired|ADJCHANGE.*Down",
           "bird": r"Hold timer expired"}


class Run(Program):
    """A run of the program with a daemon at the other end."""

    def __init__(self, kind, *options, module_active=True, daemon_active=False):
        cable = Cable()
        directory = pathlib.Path(tempfile.mkdtemp(dir=DIRECTORY))
        self.kind = kind
        self.daemon = DAEMONS[kind](cable, directory / "daemon", hold=HOLD, keepalive=KEEPALIVE,
                                    passive=not daemon_active, prefixes=THEIRS)
        self.seen = {}  # what the daemon showed
        super().__init__(PROGRAM, cable, directory, f"--peer={cable.linux_address}",
                         f"--as={MODULE_AS}", f"--peer-as={AS}", f"--hold={HOLD}",
                         f"--announce={','.join(OURS)}", *options,
                         *([] if module_active else ["--passive"]))

    def wait_until_up(self, times=1, timeout=20):
        """Wait until the session has come up so many times, with all routes; look at the daemon."""
        if not until(lambda: self.said().count("session up") == times, timeout):
            raise AssertionError(f"not up {times} times: {self.said()}")
        if not until(lambda: len(self.daemon.routes()) == len(OURS)
                     and self.said().count("BGP: route to") == times * len(THEIRS), 10, 0.1):
            raise AssertionError(f"routes are missing: {self.daemon.routes()} {self.said()}")
        self.seen = {"state": self.daemon.state(), "timers": self.daemon.timers(),
                     "routes": self.daemon.routes()}

    def messages(self, by_kernel, *types):
        """When BGP messages of some types were sent by one side, as the wire has it; with data."""
        found = []
        seen = set()
        for segment in self.wire.segments:
            place = segment.ports, segment.sequence
            if segment.by_kernel != by_kernel or segment.size == 0 or place in seen:
                continue
            seen.add(place)  # the rest are retransmissions
            rest = segment.data
            while rest.startswith(MARKER):
                length = int.from_bytes(rest[16:18], "big")
                if rest[18] in types:
                    found.append((segment.time, rest[19:length]))
                rest = rest[length:]
        return found

    def expiries(self, by_kernel):
        """When one side said that its hold timer had expired, as the wire has it."""
        return [at for at, data in self.messages(by_kernel, NOTIFICATION)
                if data == HOLD_TIMER_EXPIRED]

    def finish(self):
        self.process.wait(60)
        self.daemon.kill()  # what it would say now, nobody hears
        return super().finish()


# ---- what is run; all at the same time, since it mostly waits ----


def up(kind, **details):
    """Nothing goes wrong."""
    run = Run(kind, "--duration=13", **details)
    run.wait_until_up()
    return run.finish()


def module_hangs(kind):
    """The module's process hangs for longer than the daemon puts up with."""
    run = Run(kind, "--stall-at=4.5", "--stall-for=11", "--duration=30", daemon_active=True)
    run.wait_until_up()
    run.wait_for("R1 is repaired", 20)
    run.wait_until_up(2)
    return run.finish()


def daemon_hangs(kind):
    """The daemon's process is stopped for longer than the module puts up with."""
    run = Run(kind, "--duration=30", daemon_active=True)
    run.wait_until_up()
    time.sleep(2)
    run.daemon.suspend()
    run.wait_for("session down", 2 * HOLD)
    time.sleep(0.3)
    run.daemon.resume()
    run.wait_until_up(2)
    return run.finish()


def cut(kind, module_active):
    """The cable is cut for longer than either puts up with."""
    run = Run(kind, "--cut-at=4.5", f"--cut-for={HOLD + 5}", "--duration=30",
              module_active=module_active, daemon_active=not module_active)
    run.wait_until_up()
    run.wait_for("cable is repaired", 20)
    run.wait_until_up(2)
    return run.finish()


def shut(kind):
    """The daemon's operator shuts the session for a while."""
    run = Run(kind, "--duration=30", daemon_active=True)
    run.wait_until_up()
    run.daemon.shut(WORDS)
    run.wait_for("session down", 5)
    time.sleep(3)
    run.daemon.enable()
    run.wait_until_up(2)
    return run.finish()


SCENARIOS = {}
for name_of_daemon in DAEMONS:
    for name, scenario in {
            "active": lambda kind: up(kind),
            "passive": lambda kind: up(kind, module_active=False, daemon_active=True),
            "both active": lambda kind: up(kind, daemon_active=True),
            "module hangs": module_hangs,
            "daemon hangs": daemon_hangs,
            "cut": lambda kind: cut(kind, True),
            "cut, passive": lambda kind: cut(kind, False),
            "shut": shut}.items():
        SCENARIOS[name_of_daemon, name] = scenario


class DaemonTest(unittest.TestCase):
    """1 to 7."""

    @classmethod
    def setUpClass(cls):
        with concurrent.futures.ThreadPoolExecutor(len(SCENARIOS)) as pool:
            cls.runs = {(kind, name): pool.submit(scenario, kind)
                        for (kind, name), scenario in SCENARIOS.items() if find(DAEMONS[kind].name)}

    def check_each(self, check, *names):
        """Check the runs of some names, with every daemon that is installed."""
        for (kind, name), future in self.runs.items():
            if name in names:
                with self.subTest(f"{kind}, {name}"):
                    run = future.result()
                    self.assertEqual(run.status, 0, run.said())
                    check(run, MODULE + 2 * run.late)

    def check_exchange(self, run):
        """Both ends know what the other one announced, and agree on the rest."""
        self.assertEqual(run.seen["state"], "Established")
        self.assertEqual(run.seen["timers"], (HOLD, KEEPALIVE))
        self.assertEqual(run.seen["routes"], {prefix: (run.cable.module_address, [str(MODULE_AS)])
                                              for prefix in OURS})
        ups = len(run.times("line-up"))
        self.assertEqual(sorted(run.details("route-added")), sorted(
            f"{prefix} via {run.cable.linux_address} path {AS}" for prefix in THEIRS * ups), run.said())
        self.assertEqual(sorted(run.details("route-removed")), sorted(THEIRS * (ups - 1)))

    def test_1_comes_up(self):
        self.check_each(self.check_comes_up, "active", "passive", "both active")

    def check_comes_up(self, run, _):
        """1, of one run."""
        self.check_exchange(run)
        self.assertEqual(len(run.times("line-up")), 1, run.said())
        self.assertEqual(run.times("line-down"), [])
        # Of two connections at the same time, one is closed.
        self.assertLessEqual(set(run.details("notification-tx")), {COLLISION})

    def test_2_stays_up(self):
        self.check_each(self.check_stays_up, "active", "passive")

    def check_stays_up(self, run, late):
        """2, of one run."""
        sent = [at for at, _ in run.messages(False, KEEPALIVE_MESSAGE)]
        heard = [at for at, _ in run.messages(True, KEEPALIVE_MESSAGE)]
        self.assertGreaterEqual(len(sent), 6)
        self.assertGreaterEqual(len(heard), 6)
        self.assertEqual(len(run.times("message-tx", "KEEPALIVE")), len(sent))
        # The last one may come too late.
        self.assertIn(len(heard) - len(run.times("message-rx", "KEEPALIVE")), (0, 1))
        # The first one answers the OPEN, and an UPDATE starts the timer anew.
        for before, after in zip(sent[1:], sent[2:]):
            self.assertGreater(after - before, 0.75 * KEEPALIVE - late)
            self.assertLess(after - before, KEEPALIVE + late)

    def test_3_the_daemon_notices(self):
        self.check_each(self.check_the_daemon_notices, "module hangs")

    def check_the_daemon_notices(self, run, late):
        """3, of one run."""
        self.check_exchange(run)
        ended, = run.expiries(True)
        heard = max(at for at, _ in run.messages(False, UPDATE, KEEPALIVE_MESSAGE)
                    if at < ended)
        self.assertGreaterEqual(ended - heard, EARLIEST[run.kind] * HOLD)
        self.assertLessEqual(ended - heard, HOLD + LATE[run.kind] + 2 * run.late)
        expiry = min(at for at, _ in run.daemon.lines(CHANGES[run.kind]) if at > heard)
        self.assertGreaterEqual(expiry - heard, EARLIEST[run.kind] * HOLD)
        self.assertLessEqual(expiry - heard, HOLD + LATE["frr"] + 2 * run.late)
        self.assertLessEqual(ended - expiry, LATE[run.kind] + 2 * run.late)
        # The module hears of it when it goes on, and not before; but its own timer has expired, too.
        down, = run.details("line-down")
        self.assertIn(down, ("notification-received", "hold-time-expired"))
        self.assertAlmostEqual(run.times("line-down")[0], run.times("failure-end")[0],
                               delta=late)

    def test_4_the_module_notices(self):
        self.check_each(self.check_the_module_notices, "daemon hangs")

    def check_the_module_notices(self, run, late):
        """4, of one run."""
        self.check_exchange(run)
        self.assertEqual(run.details("line-down"), ["hold-time-expired"])
        down, = run.times("line-down")
        heard = max(at for kind in ("KEEPALIVE", "UPDATE")
                    for at in run.times("message-rx", kind) if at < down)
        self.assertAlmostEqual(down - heard, HOLD, delta=1e-6)
        self.assertIn("4/0", run.details("notification-tx"))
        # By the clock of the kernel, too.
        ended, = run.expiries(False)
        heard = max(at for at, _ in run.messages(True, UPDATE, KEEPALIVE_MESSAGE)
                    if at < ended)
        self.assertAlmostEqual(ended - heard, HOLD, delta=late)

    def test_5_cut_and_mended(self):
        self.check_each(self.check_cut_and_mended, "cut", "cut, passive")

    def check_cut_and_mended(self, run, late):
        """5, of one run."""
        self.check_exchange(run)
        self.assertEqual(run.details("line-down"), ["hold-time-expired"])
        down, = run.times("line-down")
        began, = run.times("failure-begin")
        mended, = run.times("failure-end")
        self.assertGreaterEqual(down - began, HOLD - KEEPALIVE - late)
        self.assertLessEqual(down - began, HOLD + late)
        self.assertGreater(run.times("line-up")[1], mended)
        heard = max(at for at in run.times("message-tx", "KEEPALIVE") if at < began)
        self.assertGreater(heard, began - KEEPALIVE - late)
        self.assertTrue(run.daemon.lines(CHANGES[run.kind]))

    def test_6_shut(self):
        self.check_each(self.check_shut, "shut")

    def check_shut(self, run, _):
        """6, of one run."""
        self.check_exchange(run)
        self.assertEqual(run.details("line-down"), ["notification-received"])
        self.assertEqual(run.details("notification-rx")[0], SHUTDOWN)
        self.assertIn(f"received: {SHUTDOWN} (Cease/Administrative Shutdown: {WORDS})", run.said())
        down, = run.times("line-down")
        self.assertGreater(run.times("line-up")[1] - down, 3)

    def test_7_captures_are_clean(self):
        self.check_each(self.check_captures_are_clean, *{name for _, name in self.runs})

    def check_captures_are_clean(self, run, _):
        """7, of one run."""
        if run.packets is None:
            self.skipTest("tshark is not installed")
        broken, sound = run.packets
        self.assertEqual(broken, [])
        self.assertGreater(sound, 20)


class BadInputTest(unittest.TestCase):
    """8."""

    CASES = {
        "no interface": ([], ["--interface", "--tap"]),
        "hold 1": (["--interface=lo", "--hold=1"], ["--hold", "3"]),
        "hold 2": (["--interface=lo", "--hold=2"], ["--hold", "3"]),
        "hold": (["--interface=lo", "--hold=65536"], ["--hold", "65535"]),
        "as": (["--interface=lo", "--as=0"], ["--as"]),
        "profile": (["--interface=lo", "--profile=gated"], ["--profile", "bird"]),
        "prefix": (["--interface=lo", "--announce=10.0.0.0"], ["--announce", "10.0.0.0"]),
        "length": (["--interface=lo", "--announce=10.0.0.0/33"], ["--announce", "/33"]),
        "peer": (["--interface=lo", "--peer=10.0.1.1"], ["--peer", "--prefix-length"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as directory:
                done = subprocess.run([PROGRAM, "--out=out", *options], capture_output=True,
                                      text=True, cwd=directory, timeout=60, check=False)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                for word in words:
                    self.assertIn(word, done.stderr)
                self.assertEqual(list(pathlib.Path(directory).iterdir()), [], "nothing written")


if __name__ == "__main__":
    if not any(find(daemon.name) for daemon in DAEMONS.values()):
        skip("neither bgpd nor bird is installed (Debian packages frr and bird2)")
    enter()
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    with tempfile.TemporaryDirectory() as name_of_directory:
        DIRECTORY = pathlib.Path(name_of_directory)
        unittest.main(verbosity=2)
