#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The module's TCP keepalives against those of this machine's kernel, in real time.

Usage: tcp-peer-test.py PROGRAM

All timers are those of the module's own captures of Linux: 2 s idle, 1 s interval, 3 probes. What
passes between the two is looked at in between, too. The module is the active and the passive side.

1. The kernel answers the module's probes, with an octet in them or without, and the connection
   stays.
2. A peer that is silent is given up idle + 3 * interval after its last segment; with a user timeout
   in its place, at the first tick at or after that. A filter at the kernel's end makes it silent,
   or a link that is down. The peer is sent a reset.
3. While the peer has something to say there are no probes.
4. The kernel's own probes are answered, and it keeps the connection.
5. If the module falls silent, the kernel gives it up with ETIMEDOUT, idle + 3 * interval after its
   last segment.
6. A peer that is killed, or that has forgotten the connection, is known by its reset.
7. A peer that closes is no failure.
8. The same through a TAP interface, where there can be one.
9. tshark finds no malformed packet and no wrong checksum.
10. Bad input gives one line, exit status 2, and leaves nothing behind.

All of it happens in a network namespace of its own, for which no privilege is needed on most
systems. Where there can be none, the exit status is 77: skipped.
"""

import concurrent.futures
import errno
import pathlib
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
# pylint: disable-next=wrong-import-position
from network_namespace import ACK, RST, Cable, Program, Tap, TcpInfo, enter, find

PROGRAM = ""
DIRECTORY = None  # of all runs
PORT = 5000
IDLE = 2
INTERVAL = 1
PROBES = 3
DEAD = IDLE + PROBES * INTERVAL
ALIVE = 5 * IDLE + 1.5  # several cycles
MODULE = 0.2  # how late the module may be, of a busy machine, in seconds
KERNEL = 0.03  # how late the kernel may be, as a share: its timers are coarse
# A peer that is reset when it is killed rather than closing the connection.
VICTIM = """
import socket, struct, sys, time
listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
print("ready", flush=True)
connection, _ = listener.accept()
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
time.sleep(20)
"""


class Run(Program):
    """A run of the program, with the kernel's end of the connection in this process."""

    # pylint: disable-next=too-many-arguments
    def __init__(self, *options, server=False, cable=None, keepalive=False, peer=True):
        cable = cable or Cable()
        self.server = server
        self.keepalive = keepalive
        self.listener = None
        self.connection = None
        self.error = None  # of the kernel's end
        self.error_time = None
        self.info = None
        self.killed = None  # when the peer was
        if peer and not server:
            self.listener = socket.create_server((cable.linux_address, PORT))
        super().__init__(
            PROGRAM, cable, pathlib.Path(tempfile.mkdtemp(dir=DIRECTORY)), f"--port={PORT}",
            f"--idle={IDLE}", f"--interval={INTERVAL}", f"--probes={PROBES}",
            f"--role={'server' if server else 'client'}", f"--tolerance={MODULE}",
            *([] if server else [f"--peer={cable.linux_address}"]), *options)
        if peer:
            self._connect()

    def _connect(self):
        if self.server:
            self.wait_for("listening on")
            self.connection = socket.create_connection((self.cable.module_address, PORT), 5)
        else:
            self.listener.settimeout(10)
            self.connection, _ = self.listener.accept()
        if self.keepalive:
            for name, value in (("TCP_KEEPIDLE", IDLE), ("TCP_KEEPINTVL", INTERVAL),
                                ("TCP_KEEPCNT", PROBES)):
                self.connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        """Wait for the end of the kernel's side, and know when it last heard of the other."""
        poll = select.poll()
        poll.register(self.connection, select.POLLIN)
        while not poll.poll(20):
            if self.ended:
                return  # what happens now is no concern of the test
            self.info = TcpInfo(self.connection)
        self.error_time = time.time()
        try:
            self.connection.recv(1)
            self.error = 0
        except OSError as error:
            self.error = error.errno

    def cause(self):
        """Why the connection ended, as the module has it; None if it did not."""
        return next(iter(self.details("connection-end")), None)


# ---- what is run; all at the same time, since it mostly waits ----


def alive(*options, **details):
    """Nothing goes wrong."""
    return Run(f"--duration={ALIVE}", *options, **details).finish()


def silent(*options, link=False, **details):
    """The peer falls silent after a while."""
    run = Run("--duration=20", *options, **details)
    time.sleep(2 * IDLE + 0.5)
    if link:
        run.cable.set_link("down")
    else:
        run.cable.cut()
    return run.finish()


def talking():
    """The peer sends an octet more often than there would be probes."""
    run = Run("--duration=7")
    for _ in range(4):
        time.sleep(0.75 * IDLE)
        run.connection.send(b"x")
    return run.finish()


def silent_module(**details):
    """The module falls silent, and the kernel has to find out."""
    return Run("--keepalive=off", f"--cut-at={2.25 * IDLE}", f"--duration={ALIVE}", keepalive=True,
               **details).finish()


def killed(unreachable):
    """The peer's process is killed; its kernel says so, at once or when asked."""
    cable = Cable()
    with subprocess.Popen([sys.executable, "-c", VICTIM, cable.linux_address, str(PORT)],
                          stdout=subprocess.PIPE) as victim:
        victim.stdout.readline()
        run = Run("--duration=15", cable=cable, peer=False)
        run.wait_for("connected to")
        time.sleep(1.3)
        if unreachable:
            run.cable.set_link("down")
        victim.kill()
        victim.wait()
        run.killed = time.time()
        if unreachable:
            time.sleep(0.2)
            run.cable.set_link("up")
    return run.finish()


def closed():
    """The peer closes the connection in good order."""
    run = Run("--duration=10")
    time.sleep(1)
    run.connection.shutdown(socket.SHUT_WR)
    return run.finish()


SCENARIOS = {
    "alive": alive,
    "alive, passive": lambda: alive(server=True),
    "alive, octet": lambda: alive("--garbage"),
    "alive, TAP": lambda: alive(cable=Tap()),
    "silent": silent,
    "silent, passive": lambda: silent(server=True),
    "silent, link": lambda: silent(link=True),
    "silent, user timeout": lambda: silent("--user-timeout=3.5"),
    "talking": talking,
    "probed": lambda: alive("--keepalive=off", keepalive=True),
    "probed, passive": lambda: alive("--keepalive=off", keepalive=True, server=True),
    "both probe": lambda: alive(keepalive=True),
    "silent module": silent_module,
    "silent module, passive": lambda: silent_module(server=True),
    "killed": lambda: killed(False),
    "forgotten": lambda: killed(True),
    "closed": closed,
}


class KernelTest(unittest.TestCase):
    """1 to 9."""

    @classmethod
    def setUpClass(cls):
        with concurrent.futures.ThreadPoolExecutor(len(SCENARIOS)) as pool:
            cls.runs = {}
            for name, scenario in SCENARIOS.items():
                if name.startswith("silent") and "m" not in name and not find("nft"):
                    continue
                if name.endswith("TAP") and not Tap.is_possible():
                    continue
                cls.runs[name] = pool.submit(scenario)

    def done(self, name):
        """A run that has ended, and agrees with itself."""
        if name not in self.runs:
            self.skipTest("needs /dev/net/tun" if "TAP" in name else "needs nft, of nftables")
        run = self.runs[name].result()
        self.assertEqual(run.status, 0, run.said())
        self.assertEqual(run.times("connected")[1:], [])
        return run

    def check_alive(self, run):
        """Nothing happened to a connection."""
        self.assertIsNone(run.cause(), run.said())
        self.assertTrue(run.info.established)
        self.assertGreater(run.error_time or run.ended, run.ended - 0.5)
        self.assertFalse([segment for segment in run.wire.segments if segment.flags & RST])

    def check_probed_by_module(self, name):
        """1, of one run."""
        run = self.done(name)
        self.check_alive(run)
        sent = run.times("keepalive-tx")
        self.assertEqual(len(sent), 5)
        self.assertEqual(len(run.times("keepalive-rx")), 5)
        # Each starts from the last answer, or from the end of the handshake.
        start = run.times("connected")[0]
        for probe, answer in zip(sent, run.times("keepalive-rx")):
            self.assertAlmostEqual(probe - start, IDLE, delta=MODULE)
            self.assertAlmostEqual(answer - probe, 0, delta=MODULE)
            start = answer
        # The kernel's own view: it heard so many, with so much in them, and answered each at once.
        seen = run.wire.probes(False)
        self.assertEqual(len(seen), 5)
        self.assertEqual({probe.size for probe in seen}, {1 if "octet" in name else 0})
        self.assertEqual({probe.flags for probe in seen}, {ACK})
        self.assertGreaterEqual(run.info.segments_out, 5)
        self.assertGreaterEqual(run.info.segments_in, 5)

    def test_1_probes_are_answered(self):
        for name in ("alive", "alive, passive", "alive, octet"):
            with self.subTest(name):
                self.check_probed_by_module(name)

    def test_2_silence_is_noticed(self):
        for name, cause, dead in (("silent", "keepalive", DEAD),
                                  ("silent, passive", "keepalive", DEAD),
                                  ("silent, link", "keepalive", DEAD),
                                  ("silent, user timeout", "user-timeout", IDLE + 2 * INTERVAL)):
            with self.subTest(name):
                run = self.done(name)
                self.assertEqual(run.cause(), cause)
                last = run.times("keepalive-rx")[-1]
                self.assertEqual(len(run.times("keepalive-rx")), 2)
                end, = run.times("connection-end")
                self.assertAlmostEqual(end - last, dead, delta=MODULE)
                lost = [at - last for at in run.times("keepalive-tx") if at > last]
                expected = [IDLE + i * INTERVAL for i in range(dead - IDLE)]
                self.assertEqual(len(lost), len(expected))
                for at, when in zip(lost, expected):
                    self.assertAlmostEqual(at, when, delta=MODULE)
                if "link" in name:
                    continue
                # On the wire, too, and with a reset in the end that nobody hears.
                last, *probes = run.wire.probes(False)[1:]
                self.assertEqual(len(probes), len(lost))
                for probe, when in zip(probes, expected):
                    self.assertAlmostEqual(probe.time - last.time, when, delta=MODULE)
                reset, = [segment for segment in run.wire.segments if segment.flags & RST]
                self.assertFalse(reset.by_kernel)
                self.assertAlmostEqual(reset.time - last.time, dead, delta=MODULE)
                self.assertEqual((reset.flags, reset.sequence), (RST | ACK, last.sequence + 1))
                self.assertTrue(run.info.established)

    def test_3_no_probes_while_the_peer_talks(self):
        run = self.done("talking")
        self.assertIsNone(run.cause())
        self.assertEqual(run.times("keepalive-tx"), [])
        self.assertEqual(len(run.times("data")), 4)

    def test_4_the_kernels_probes_are_answered(self):
        for name in ("probed", "probed, passive"):
            with self.subTest(name):
                run = self.done(name)
                self.check_alive(run)
                self.assertGreaterEqual(len(run.times("probe-received")), 4)
                self.assertEqual(len(run.times("probe-replied")), len(run.times("probe-received")))
                self.assertEqual(len(run.wire.probes(True)), len(run.times("probe-received")))
                self.assertEqual(run.times("keepalive-tx"), [])
                self.assertEqual(run.info.unanswered, 0)

    def test_4_both_probe(self):
        run = self.done("both probe")
        self.check_alive(run)
        self.assertEqual(len(run.times("keepalive-rx")), len(run.times("keepalive-tx")))
        self.assertEqual(len(run.times("probe-replied")), len(run.times("probe-received")))

    def test_5_a_silent_module_is_given_up(self):
        for name in ("silent module", "silent module, passive"):
            with self.subTest(name):
                run = self.done(name)
                self.assertEqual(run.error, errno.ETIMEDOUT)
                self.assertAlmostEqual(run.error_time - run.info.heard, DEAD, delta=KERNEL * DEAD)
                self.assertEqual(len(run.times("probe-replied")), 2)
                lost = [probe for probe in run.wire.probes(True) if probe.time > run.info.heard + 0.1]
                self.assertEqual(len(lost), PROBES)

    def test_6_a_reset_is_known(self):
        run = self.done("killed")
        self.assertEqual(run.cause(), "reset-by-peer")
        self.assertEqual(run.times("keepalive-tx"), [])
        reset, = [segment for segment in run.wire.segments if segment.flags & RST]
        self.assertTrue(reset.by_kernel)
        self.assertLess(run.ended - run.killed, 1)
        run = self.done("forgotten")
        self.assertEqual(run.cause(), "reset-by-peer")
        probe, = run.times("keepalive-tx")
        end, = run.times("connection-end")
        self.assertAlmostEqual(probe - run.times("connected")[0], IDLE, delta=MODULE)
        self.assertAlmostEqual(end - probe, 0, delta=MODULE)

    def test_7_a_close_is_no_failure(self):
        run = self.done("closed")
        self.assertEqual(run.cause(), "closed")
        self.assertEqual(run.error, 0)

    def test_8_tap(self):
        self.check_probed_by_module("alive, TAP")

    def test_9_captures_are_clean(self):
        for name in self.runs:
            run = self.done(name)
            if run.packets is None:
                self.skipTest("tshark is not installed")
            broken, sound = run.packets
            self.assertEqual(broken, [], name)
            self.assertGreaterEqual(sound, 4, name)


class BadInputTest(unittest.TestCase):
    """10."""

    CASES = {
        "no interface": ([], ["--interface", "--tap"]),
        "two interfaces": (["--interface=a", "--tap=b"], ["--interface", "--tap"]),
        "role": (["--interface=lo", "--role=both"], ["--role", "client"]),
        "peer of a server": (["--interface=lo", "--role=server", "--peer=10.0.0.1"], ["--peer"]),
        "peer elsewhere": (["--interface=lo", "--peer=10.0.1.1"], ["--peer", "--prefix-length"]),
        "port": (["--interface=lo", "--port=65536"], ["--port", "65535"]),
        "profile": (["--interface=lo", "--profile=os2"], ["--profile", "linux"]),
        "idle": (["--interface=lo", "--idle=-1"], ["--idle"]),
        "probes": (["--interface=lo", "--probes=1.5"], ["--probes"]),
        "prefix": (["--interface=lo", "--prefix-length=31"], ["--prefix-length", "30"]),
        "unknown": (["--nosuch=1"], ["--nosuch"]),
        "ns-3 attribute": (["--interface=lo", "--ns3::TcpSocket::SegmentSize=x"], ["SegmentSize"]),
    }

    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.directory = pathlib.Path(self._temporary.name)

    def run_program(self, *options):
        """Run it to its end."""
        return subprocess.run([PROGRAM, "--out=out", *options], capture_output=True, text=True,
                              cwd=self.directory, timeout=60, check=False)

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                done = self.run_program(*options)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                for word in words:
                    self.assertIn(word, done.stderr)
                self.assertEqual(list(self.directory.iterdir()), [], "nothing written")

    def test_no_interface(self):
        for option in ("--interface=nosuch", "--tap=much-too-long-a-name"):
            done = self.run_program(option)
            self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(option.partition("=")[2], done.stderr)
            self.assertEqual(list(self.directory.iterdir()), [], "nothing written")

    def test_nobody_there(self):
        cable = Cable()
        done = self.run_program(cable.option, f"--address={cable.module_address}",
                                f"--peer={cable.linux_address}", "--duration=1")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("no connection", done.stderr)


if __name__ == "__main__":
    enter()
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    with tempfile.TemporaryDirectory() as name_of_directory:
        DIRECTORY = pathlib.Path(name_of_directory)
        unittest.main(verbosity=2)
