#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The module's BFD against FRRouting's bfdd, in real time.

Usage: bfd-peer-test.py PROGRAM

1. The session comes up by way of Down, Init and Up, told at once, with both ends active, and with
   either of them passive, which is silent until it hears the other. Both know what the other wants;
   intervals and detection times are those of RFC 5880, also where the two ends want different ones.
2. While nothing happens, nothing happens: packets go both ways at 75 to 100 % of the interval, with
   TTL 255, from one and the same port each.
3. The module hangs: bfdd is down a detection time after the last packet. When the module goes on,
   it, too, finds that the time is over, and the session comes up again.
4. bfdd is stopped: the module is down a detection time after the last packet, to the microsecond of
   its own clock. When bfdd goes on, the session comes up again.
5. The cable is cut, silently: both ends notice on the agreed time. Once it is mended the session
   comes up again. Cut one way only, who does not hear tells who does.
6. Timers are changed while the session is up, by the module and then by bfdd, each in a Poll
   Sequence that the other ends with Final. Both agree on what follows from it, and notice a cut on
   the time that is agreed on now.
7. The session is shut and enabled again by the module's operator, then by bfdd's. Each tells the
   other, with its diagnostic.
8. tshark finds no malformed packet and no wrong checksum.
9. Bad input gives one line, exit status 2, and leaves nothing behind.

All of it happens in network namespaces of its own. Where there can be none, or no bfdd in one, the
exit status is 77: skipped. bfdd wants the rights of root there, and not only of root in a namespace
of any user's.
"""

import concurrent.futures
import itertools
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time
import types
import unittest

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from bfd_daemon import Bfdd, why_not
from network_namespace import Cable, Program, Wire, enter, find, part, skip, until

PROGRAM = ""
DIRECTORY = None  # of all runs
NUMBERS = itertools.count(1)  # of the runs
MODULE = 0.05  # how late the module may be, in seconds, on a machine that is not busy
BFDD = 0.02  # the same for bfdd
COARSE = 0.001  # steps of what clocks and timers show
STATES = ["AdminDown", "Down", "Init", "Up"]
EXPIRED, SIGNALED, SHUT = 1, 3, 7  # diagnostics
SLOW = 1  # interval in seconds, before the session is up
PORT = 3784
# Desired Min TX Interval, Required Min RX Interval, Detect Mult: of the module, of bfdd.
EQUAL = (0.3, 0.3, 3), (0.3, 0.3, 3)
UNEQUAL = (0.1, 0.3, 5), (0.2, 0.15, 4)
FAST = (0.1, 0.1, 5), (0.1, 0.1, 5)
NEW_MODULE = 0.15, 0.5  # Desired Min TX Interval, Required Min RX Interval
NEW_BFDD = 0.1, 0.4
AT_A_TIME = 7  # runs
SOON = 15  # seconds that anything may take, of a busy machine


class BfdWire(Wire):
    """All BFD packets that pass the kernel's end of a cable."""

    PROTOCOL = socket.IPPROTO_UDP

    def _take(self, at, by_kernel, packet, udp):
        source, destination, length, _, first, flags, multiplier, size, mine, yours, tx, rx, echo = (
            struct.unpack("!4H4B5I", udp[:32]))
        self.segments.append(types.SimpleNamespace(
            time=at, by_kernel=by_kernel, ttl=packet[8], ports=(source, destination),
            sizes=(length - 8, size), version=first >> 5, diagnostic=first & 31, state=flags >> 6,
            poll=bool(flags & 0x20), final=bool(flags & 0x10), rest=flags & 0xf,
            multiplier=multiplier, names=(mine, yours), tx=tx / 1e6, rx=rx / 1e6, echo=echo / 1e6))


class Run(Program):
    """A run of the program with bfdd at the other end."""

    WIRE = BfdWire
    PROTOCOL = "udp"

    # pylint: disable-next=too-many-arguments
    def __init__(self, *options, duration=15, timers=EQUAL, module_passive=False,
                 bfdd_passive=False, bfdd_stopped=False):
        part()
        cable = Cable()
        directory = DIRECTORY / str(next(NUMBERS))
        directory.mkdir()
        self.timers = timers
        self.duration = duration
        self.end = None  # of the run, as a time of day
        self.counters = {}  # of bfdd, in the end
        (min_tx, min_rx, multiplier), (their_tx, their_rx, their_multiplier) = timers
        self.daemon = Bfdd(cable, directory / "daemon", min_tx=their_tx, min_rx=their_rx,
                           multiplier=their_multiplier, passive=bfdd_passive)
        self.seen = []  # what bfdd showed and counted
        if bfdd_stopped:
            self.daemon.suspend()
        super().__init__(PROGRAM, cable, directory, f"--peer={cable.linux_address}",
                         f"--min-tx={min_tx}", f"--min-rx={min_rx}",
                         f"--multiplier={multiplier}", f"--duration={duration}", *options,
                         *(["--passive"] if module_passive else []))

    def look(self):
        """Let bfdd show what it knows."""
        self.seen.append({**self.daemon.peer(), **self.daemon.counters()})

    def wait_until_up(self, times=1):
        """Wait until the session has come up so many times at both ends; look at bfdd."""
        # Each comes up on its own, and agrees on timers later: with the other's Final.
        if not until(lambda: self.said().count("session up") == times
                     and self.daemon.peer()["status"] == "up", SOON, 0.1):
            raise AssertionError(f"not up {times} times: {self.said()} {self.daemon.peer()}")
        time.sleep(0.7)
        self.look()

    def sent(self, by_kernel, since=0, until_=float("inf")):
        """Packets of one side, as the wire has them."""
        return [packet for packet in self.wire.segments
                if packet.by_kernel == by_kernel and since <= packet.time <= until_]

    def changes(self):
        """States in the order in which they were first told: by whom, and what."""
        told = []
        last = {}
        for packet in self.wire.segments:
            if last.get(packet.by_kernel) != packet.state:
                last[packet.by_kernel] = packet.state
                told.append(("bfdd" if packet.by_kernel else "module", STATES[packet.state]))
        return told

    def downs(self):
        """When bfdd was no longer up because it heard nothing, by its log: the time of day."""
        return [at for at, match in self.daemon.lines(r"state-change: .* up -> down (.*)")
                if "control-expired" in match[1] and at < self.end]

    def finish(self):
        self.process.wait(60)
        self.counters = self.daemon.counters()
        self.daemon.kill()
        super().finish()
        # That the program ended, bfdd notices, too: forget what it did about it.
        self.end = self.sent(False)[0].time - self.times("packet-tx")[0] + self.duration
        self.wire.segments = self.sent(False) + self.sent(True, until_=self.end)
        self.wire.segments.sort(key=lambda packet: packet.time)
        return self


# ---- what is run; several at the same time, since they mostly wait ----


def up(**details):
    """Nothing goes wrong."""
    run = Run(duration=7, **details)
    run.wait_until_up()
    return run.finish()


def module_waits():
    """The module is passive; bfdd has nothing to say for a while."""
    run = Run(duration=10, module_passive=True, bfdd_stopped=True, timers=UNEQUAL)
    time.sleep(3 * SLOW)
    run.daemon.resume()
    run.wait_until_up()
    return run.finish()


def module_hangs(timers):
    """The module's process hangs for longer than bfdd puts up with."""
    run = Run("--stall-at=4", "--stall-for=3", timers=timers)
    run.wait_until_up()
    run.wait_for("R1 fails", SOON)
    until(lambda: run.daemon.state() == "down", 2.5, 0.1)
    run.look()
    run.wait_for("R1 is repaired", SOON)
    run.wait_until_up(2)
    return run.finish()


def bfdd_hangs(timers):
    """bfdd is stopped for longer than the module puts up with."""
    run = Run(timers=timers)
    run.wait_until_up()
    time.sleep(1)
    run.daemon.suspend()
    run.wait_for("session down", SOON)
    time.sleep(0.5)
    run.daemon.resume()
    run.wait_until_up(2)
    return run.finish()


def cut(**details):
    """The cable is cut for longer than either puts up with."""
    run = Run("--cut-at=4", "--cut-for=3", **details)
    run.wait_until_up()
    run.wait_for("cable is repaired", SOON)
    run.wait_until_up(2)
    return run.finish()


def one_way_cut():
    """The kernel's end of the cable, and so bfdd, hears nothing."""
    run = Run()
    run.wait_until_up()
    time.sleep(1)
    run.cable.cut()
    run.wait_for("session down", SOON)
    time.sleep(0.5)
    run.look()
    run.cable.mend()
    run.wait_until_up(2)
    return run.finish()


def renegotiation():
    """Both ends change their timers, one after the other; then a cut."""
    run = Run("--renegotiate-at=4", f"--renegotiate-tx={NEW_MODULE[0]}",
              f"--renegotiate-rx={NEW_MODULE[1]}", "--cut-at=13", duration=17)
    run.wait_until_up()
    run.wait_for("sends every 0.3 s; waits for 1.5 s", SOON)
    time.sleep(1)
    run.look()
    run.daemon.configure_peer(f"transmit-interval {round(NEW_BFDD[0] * 1000)}",
                              f"receive-interval {round(NEW_BFDD[1] * 1000)}")
    run.wait_for("sends every 0.4 s", SOON)
    time.sleep(1)
    run.look()
    return run.finish()


def shut():
    """The session is shut at both ends, one after the other."""
    run = Run("--shut-at=4", "--shut-for=2", duration=18)
    run.wait_until_up()
    run.wait_for("R1 fails", SOON)
    until(lambda: run.daemon.state() == "down", SOON, 0.1)
    run.look()
    run.wait_for("R1 is repaired", SOON)
    run.wait_until_up(2)
    run.daemon.configure_peer("shutdown")
    until(lambda: run.said().count("session down") == 2, SOON)
    time.sleep(0.5)
    run.look()
    run.daemon.configure_peer("no shutdown")
    run.wait_until_up(3)
    return run.finish()


SCENARIOS = {
    "both active": up,
    "both active, unequal": lambda: up(timers=UNEQUAL),
    "module passive": module_waits,
    "bfdd passive": lambda: up(bfdd_passive=True),
    "module hangs": lambda: module_hangs(EQUAL),
    "module hangs, fast": lambda: module_hangs(FAST),
    "bfdd hangs": lambda: bfdd_hangs(EQUAL),
    "bfdd hangs, unequal": lambda: bfdd_hangs(UNEQUAL),
    "cut": cut,
    "cut, module passive": lambda: cut(module_passive=True, timers=UNEQUAL),
    "cut, bfdd passive": lambda: cut(bfdd_passive=True),
    "cut one way": one_way_cut,
    "renegotiation": renegotiation,
    "shut": shut}


def detection_times(timers):
    """The detection times of the module and of bfdd, in seconds."""
    (tx, rx, multiplier), (their_tx, their_rx, their_multiplier) = timers
    return (round(their_multiplier * max(rx, their_tx), 6),
            round(multiplier * max(their_rx, tx), 6))


class DaemonTest(unittest.TestCase):
    """1 to 8."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
            cls.runs = {name: pool.submit(scenario) for name, scenario in SCENARIOS.items()
                        if find("nft") or "one way" not in name}

    def check_each(self, check, *names):
        """Check the runs of some names."""
        for name, future in self.runs.items():
            if name in names:
                with self.subTest(name):
                    run = future.result()
                    self.assertEqual(run.status, 0, run.said())
                    check(run, 2 * run.late)

    def check_shown(self, shown, timers, **more):
        """What bfdd shows of the session is true, in milliseconds."""
        (tx, rx, multiplier), (their_tx, their_rx, their_multiplier) = timers
        expected = {
            "status": "up", "diagnostic": "ok", "transmit-interval": their_tx * 1000,
            "receive-interval": their_rx * 1000, "detect-multiplier": their_multiplier,
            "remote-transmit-interval": tx * 1000, "remote-receive-interval": rx * 1000,
            "remote-detect-multiplier": multiplier, "remote-echo-receive-interval": 0, **more}
        self.assertEqual({key: shown[key] for key in expected}, expected)

    def check_timers(self, run, timers):
        """What the module says of them last is true, in microseconds."""
        (tx, _, _), (_, their_rx, _) = timers
        self.assertEqual(self.values(run, "transmit-interval")[-1], round(max(tx, their_rx) * 1e6))
        self.assertEqual(self.values(run, "detection-time")[-1],
                         round(detection_times(timers)[0] * 1e6))

    @staticmethod
    def values(run, event):
        """Values of events of one kind."""
        return [int(row["value"]) for row in run.events if row["event"] == event]

    def check_bfdd_noticed(self, run, late, timers=None):
        """bfdd was down when the detection time was over: when, and when it had last heard."""
        down, = run.downs()
        heard = max(packet.time for packet in run.sent(False) if packet.time < down)
        _, detection_time = detection_times(timers or run.timers)
        self.assertGreaterEqual(down - heard, detection_time - COARSE)
        self.assertLessEqual(down - heard, detection_time + BFDD + late)
        return heard, down

    def check_module_noticed(self, run, timers=None):
        """The module was down when the detection time was over, by its own clock."""
        self.assertEqual(run.details("line-down"), ["detection-time-expired"])
        down, = run.times("line-down")
        heard = max(at for at in run.times("packet-rx") if at < down)
        self.assertAlmostEqual(down - heard, detection_times(timers or run.timers)[0], delta=1e-6)

    def check_up_again(self, run):
        """The session came up twice at both ends."""
        self.assertEqual(len(run.times("line-up")), 2, run.said())
        shown = run.seen[-1]
        self.assertEqual((shown["session-up"], shown["session-down"]), (2, 1))
        self.check_shown(shown, run.timers, diagnostic=shown["diagnostic"])
        self.check_timers(run, run.timers)

    def test_1_comes_up(self):
        self.check_each(self.check_comes_up, "both active", "both active, unequal",
                        "module passive", "bfdd passive")
        for name, first, second in (("module passive", "bfdd", "module"),
                                    ("bfdd passive", "module", "bfdd")):
            with self.subTest(name):
                self.assertEqual(self.runs[name].result().changes(),
                                 [(first, "Down"), (second, "Init"), (first, "Up"),
                                  (second, "Up")])

    def check_comes_up(self, run, _):
        """1, of one run."""
        self.assertEqual(len(run.times("line-up")), 1, run.said())
        self.assertEqual(run.times("line-down"), [])
        self.check_shown(run.seen[0], run.timers)
        self.check_timers(run, run.timers)
        self.assertIn(run.details("state"), (["Init", "Up"], ["Up"]))
        # Each change is told at once, and not when the next packet is due.
        first_init = next(packet.time for packet in run.wire.segments
                          if packet.state == STATES.index("Init"))
        last_up = max(next(packet.time for packet in run.sent(side)
                           if packet.state == STATES.index("Up")) for side in (False, True))
        self.assertLess(last_up - first_init, MODULE + 2 * run.late)
        # Slow start ends with a Poll Sequence of each end.
        for side in (False, True):
            with self.subTest("bfdd" if side else "module"):
                tx, rx, multiplier = run.timers[side]
                for packet in run.sent(side):
                    slow = packet.state != STATES.index("Up") or packet.tx == SLOW
                    self.assertEqual((packet.tx, packet.multiplier),
                                     (SLOW if slow else tx, multiplier))
                polls = [packet for packet in run.sent(side) if packet.poll]
                finals = [packet for packet in run.sent(not side) if packet.final]
                self.assertTrue(polls)
                self.assertEqual({(packet.tx, packet.rx) for packet in polls}, {(tx, rx)})
                self.assertEqual(len(polls), len(finals))
                self.assertFalse([packet for packet in run.sent(side)
                                  if packet.poll and packet.final])

    def test_2_stays_up(self):
        self.check_each(self.check_stays_up, "both active", "both active, unequal",
                        "module passive", "bfdd passive")

    def check_stays_up(self, run, late):
        """2, of one run."""
        self.assertEqual((run.seen[0]["session-up"], run.seen[0]["session-down"]), (1, 0))
        self.assertEqual(run.counters["control-packet-input"], len(run.sent(False)))
        self.assertGreaterEqual(run.counters["control-packet-output"], len(run.sent(True)))
        self.assertEqual(len(run.times("packet-tx")), len(run.sent(False)))
        tolerance = MODULE + late
        for side in (False, True):
            with self.subTest("bfdd" if side else "module"):
                interval = max(run.timers[side][0], run.timers[not side][1])
                packets = run.sent(side)
                self.assertEqual({packet.ttl for packet in packets}, {255})
                self.assertEqual({packet.ports[1] for packet in packets}, {PORT})
                source, = {packet.ports[0] for packet in packets}
                self.assertGreaterEqual(source, 49152)
                self.assertEqual({(packet.version, packet.sizes) for packet in packets},
                                 {(1, (24, 24))})
                agreed = max(packet.time for packet in run.wire.segments if packet.final)
                periodic = [packet.time for packet in run.sent(side, agreed)]
                # bfdd's first gap may have begun at another interval.
                gaps = [after - before for before, after in zip(periodic[1:], periodic[2:])]
                self.assertGreater(len(gaps), 8)
                self.assertGreater(min(gaps), 0.75 * interval - tolerance)
                self.assertLess(max(gaps), interval + tolerance)

    def test_3_bfdd_notices(self):
        self.check_each(self.check_bfdd_notices, "module hangs", "module hangs, fast")

    def check_bfdd_notices(self, run, late):
        """3, of one run."""
        self.check_bfdd_noticed(run, late)
        self.check_shown(run.seen[1], run.timers, status="down",
                         diagnostic="control detection time expired",
                         **{key: run.seen[1][key] for key in
                            ("remote-transmit-interval", "remote-receive-interval",
                             "remote-detect-multiplier")})
        self.assertEqual(run.details("line-down"), ["detection-time-expired"])
        self.assertAlmostEqual(run.times("line-down")[0], run.times("failure-end")[0],
                               delta=MODULE + late)
        self.check_up_again(run)

    def test_4_module_notices(self):
        self.check_each(self.check_module_notices, "bfdd hangs", "bfdd hangs, unequal")

    def check_module_notices(self, run, late):
        """4, of one run."""
        self.check_module_noticed(run)
        # By the clock of the kernel, too: the first packet that says Down.
        down = next(packet for packet in run.sent(False) if packet.diagnostic == EXPIRED)
        self.assertEqual(STATES[down.state], "Down")
        heard = max(packet.time for packet in run.sent(True) if packet.time < down.time)
        self.assertAlmostEqual(down.time - heard, detection_times(run.timers)[0],
                               delta=MODULE + late)
        self.check_up_again(run)

    def test_5_cut_and_mended(self):
        self.check_each(self.check_cut_and_mended, "cut", "cut, module passive",
                        "cut, bfdd passive")
        self.check_each(self.check_cut_one_way, "cut one way")

    def check_cut_and_mended(self, run, late):
        """5, of one run."""
        self.check_module_noticed(run)
        heard, _ = self.check_bfdd_noticed(run, late)
        mended, = run.times("failure-end")
        self.assertGreater(run.times("line-up")[1], mended)
        self.assertFalse(run.sent(False, heard + COARSE, heard + 2.5), "no cut")
        self.check_up_again(run)

    def check_cut_one_way(self, run, late):
        """5, of the run in which bfdd is deaf."""
        down, = run.downs()
        self.assertEqual(run.details("line-down"), ["peer-signaled-down"])
        told = next(packet for packet in run.sent(True) if packet.diagnostic == EXPIRED)
        self.assertAlmostEqual(told.time, down, delta=BFDD + late)
        told = next(packet for packet in run.sent(False) if packet.diagnostic == SIGNALED)
        self.assertAlmostEqual(told.time, down, delta=MODULE + late)
        self.check_up_again(run)

    def test_6_renegotiation(self):
        self.check_each(self.check_renegotiation, "renegotiation")

    def check_renegotiation(self, run, late):
        """6."""
        before, middle, after = EQUAL, (NEW_MODULE + (3,), EQUAL[1]), (
            NEW_MODULE + (3,), NEW_BFDD + (3,))
        for shown, timers in zip(run.seen, (before, middle, after)):
            self.check_shown(shown, timers)
        sequences = []
        for packet in run.wire.segments:
            if packet.poll and (packet.by_kernel, packet.tx, packet.rx) not in sequences:
                sequences.append((packet.by_kernel, packet.tx, packet.rx))
                answer = next(other for other in run.wire.segments
                              if other.time > packet.time and other.final
                              and other.by_kernel != packet.by_kernel)
                self.assertLess(answer.time - packet.time, MODULE + late)
        self.assertEqual(sequences[2:], [(False, *NEW_MODULE), (True, *NEW_BFDD)])
        self.check_timers(run, after)
        self.check_module_noticed(run, after)
        self.check_bfdd_noticed(run, late, after)
        # What tshark sees in the module's capture.
        if find("tshark"):
            seen = subprocess.run(
                ["tshark", "-r", str(next(run.out.glob("*.pcap"))), "-Y",
                 "bfd.flags.p == 1 || bfd.flags.f == 1", "-T", "fields", "-e", "ip.src", "-e",
                 "bfd.flags.p", "-e", "bfd.flags.f", "-e", "bfd.desired_min_tx_interval", "-e",
                 "bfd.required_min_rx_interval"], capture_output=True, text=True, check=True,
                env={"HOME": str(run.out), "PATH": "/usr/bin:/bin"}).stdout.splitlines()
            expected = [packet for packet in run.wire.segments if packet.poll or packet.final]
            self.assertEqual(sorted(seen), sorted(
                "\t".join(map(str, (
                    run.cable.linux_address if packet.by_kernel else run.cable.module_address,
                    int(packet.poll), int(packet.final), round(packet.tx * 1e6),
                    round(packet.rx * 1e6)))) for packet in expected))

    def test_7_shut(self):
        self.check_each(self.check_shut, "shut")

    def check_shut(self, run, late):
        """7."""
        self.assertEqual(run.details("line-down"), ["admin-shutdown", "peer-admin-down"])
        self.assertEqual(len(run.times("line-up")), 3, run.said())
        _, shut_by_module, _, shut_by_bfdd, _ = run.seen
        self.assertEqual(
            (shut_by_module["status"], shut_by_module["diagnostic"],
             shut_by_module["remote-diagnostic"]),
            ("down", "neighbor signaled session down", "administratively down"))
        self.assertEqual((shut_by_bfdd["status"], shut_by_bfdd["remote-diagnostic"]),
                         ("shutdown", "neighbor signaled session down"))
        for side in (False, True):
            farewells = [packet for packet in run.sent(side)
                         if packet.state == STATES.index("AdminDown")]
            told = next(packet for packet in run.sent(not side, farewells[0].time)
                        if packet.state == STATES.index("Down"))
            self.assertEqual(told.diagnostic, SIGNALED)
            self.assertLess(told.time - farewells[0].time, MODULE + late)
            # bfdd says so once, and gives no reason.
            self.assertEqual({packet.diagnostic for packet in farewells}, {0 if side else SHUT})
            self.assertGreaterEqual(len(farewells), 1 if side else 2)

    def test_8_captures_are_clean(self):
        self.check_each(self.check_captures_are_clean, *self.runs)

    def check_captures_are_clean(self, run, _):
        """8, of one run."""
        if run.packets is None:
            self.skipTest("tshark is not installed")
        broken, sound = run.packets
        self.assertEqual(broken, [])
        self.assertGreater(sound, 20)


class BadInputTest(unittest.TestCase):
    """9."""

    CASES = {
        "no interface": ([], ["--interface", "--tap"]),
        "min-tx": (["--interface=lo", "--min-tx=0"], ["--min-tx", "0.001"]),
        "min-rx": (["--interface=lo", "--min-rx=4295"], ["--min-rx"]),
        "multiplier": (["--interface=lo", "--multiplier=256"], ["--multiplier", "255"]),
        "no multiplier": (["--interface=lo", "--multiplier=0"], ["--multiplier", "1"]),
        "renegotiate": (["--interface=lo", "--renegotiate-tx=1"],
                        ["--renegotiate-tx", "--renegotiate-at"]),
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
    for needed in ("bfdd", "vtysh"):
        if not find(needed):
            skip(f"{needed} is not installed (Debian package frr)")
    enter()
    if reason := why_not():
        skip(f"bfdd cannot run: {reason}")
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    with tempfile.TemporaryDirectory() as name_of_directory:
        DIRECTORY = pathlib.Path(name_of_directory)
        DIRECTORY.chmod(0o755)
        unittest.main(verbosity=2)
