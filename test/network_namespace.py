# SPDX-License-Identifier: GPL-2.0-only
"""A network of its own for a test, in which it may do as it likes, and which goes when it ends.

The test runs itself again in new namespaces: of networks, of processes, and, where it has not the
right to make these, of users. Nothing of it is seen from outside, so that any number of tests can
run at the same time, and when it ends, in whatever way, the kernel removes interfaces, addresses
and filters, and kills every process that was started.
"""

import collections
import csv
import ctypes
import itertools
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time

SKIPPED = 77
INSIDE = "KEEPALIVE_TEST_IS_INSIDE"
NEW_NETWORK = 0x40000000  # CLONE_NEWNET; Python has no name for it before 3.12
UNSHARE = ["unshare", "--net", "--pid", "--fork", "--kill-child"]
AS_ANYBODY = ["--user", "--map-root-user"]
# What is tried first, to see whether the rest can work: all kinds of things that a test makes.
TRIAL = ("ip link set lo up && ip link add t1 type veth peer name t2 && "
         "ip address add 10.0.0.1/24 dev t1 && ethtool -K t1 tx off >/dev/null")
PACKAGES = {"unshare": "util-linux", "ip": "iproute2", "ethtool": "ethtool"}


def skip(reason):
    """End the whole test, with one line."""
    print(f"{reason}: skipped")
    sys.exit(SKIPPED)


def enter(**packages):
    """Go on in namespaces of our own, from the beginning of the script; or end it as skipped.

    packages: further programs that are needed (with _ for -), each with its Debian package.
    """
    wanted = {**PACKAGES, **packages}
    for program, package in wanted.items():
        if not find(program):
            skip(f"{program} is not installed (Debian package {package})")
    if os.environ.pop(INSIDE, None):
        command("ip", "link", "set", "lo", "up")
        return
    error = ""
    for unshare in (UNSHARE, UNSHARE + AS_ANYBODY):
        trial = subprocess.run([*unshare, "sh", "-c", TRIAL], capture_output=True, text=True,
                               check=False)
        if trial.returncode == 0:
            os.environ[INSIDE] = "yes"
            sys.stdout.flush()
            os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])
        error = trial.stderr.strip().partition("\n")[0]
    skip(f"no network namespace can be made: {error}")


def part():
    """Let this thread, and what it starts from now on, have a network of its own among our own: for
    daemons that want a port of all addresses.
    """
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    command("ip", "link", "set", "lo", "up")


def find(program):
    """Where a program is, those for administrators included; None if nowhere."""
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin:/usr/lib/frr"
    return shutil.which(program.replace("_", "-"), path=path)


def command(program, *arguments, stdin=None):
    """Run a program that must succeed; return what it says."""
    done = subprocess.run([find(program), *arguments], input=stdin, capture_output=True, text=True,
                          timeout=30, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program} {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def until(condition, timeout, step=0.01):
    """Wait until a condition holds; return its value, or its last one after so many seconds."""
    end = time.monotonic() + timeout
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(step)
    return value


class Cable:
    """A cable from the kernel, with an address, to the program under test: a pair of interfaces."""

    _numbers = itertools.count(1)

    def __init__(self):
        number = next(self._numbers)
        self.linux = f"linux{number}"  # the kernel's end
        self.module = f"module{number}"  # the end to be opened
        self.linux_address = f"10.0.{number}.1"
        self.module_address = f"10.0.{number}.2"
        self._make()
        # Nothing but what the test is about: no router solicitations.
        command("ip", "link", "set", self.linux, "addrgenmode", "none")
        command("ip", "address", "add", f"{self.linux_address}/24", "dev", self.linux)
        command("ip", "link", "set", self.linux, "up")
        self.option = f"--interface={self.module}"

    def _make(self):
        command("ip", "link", "add", self.linux, "type", "veth", "peer", "name", self.module)
        # A pair of interfaces does without checksums, which the program under test does not.
        command("ethtool", "-K", self.linux, "tx", "off")
        command("ip", "link", "set", self.module, "addrgenmode", "none", "up")

    def set_link(self, state):
        """Take the kernel's end "down", or "up" again."""
        command("ip", "link", "set", self.linux, state)

    def cut(self):
        """Let the kernel lose all that arrives at its end, silently; mend() ends it."""
        command("nft", "-f", "-", stdin=f"""
            table netdev {self.linux} {{
                chain lost {{
                    type filter hook ingress device {self.linux} priority 0; policy drop;
                }}
            }}""")

    def mend(self):
        """End a cut."""
        command("nft", "delete", "table", "netdev", self.linux)


class Tap(Cable):
    """The same with a TAP interface, of which the program under test is the other end."""

    def _make(self):
        self.module = self.linux
        command("ip", "tuntap", "add", self.linux, "mode", "tap")

    def __init__(self):
        super().__init__()
        self.option = f"--tap={self.linux}"

    @staticmethod
    def is_possible():
        """Whether there can be any."""
        return os.access("/dev/net/tun", os.R_OK | os.W_OK)


Segment = collections.namedtuple("Segment", "time by_kernel ports sequence acknowledgement flags size "
                                            "data")
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


class Wire:
    """All TCP segments that pass the kernel's end of a cable, even those that a cut swallows.

    Their times are the kernel's own, on the clock of time.time(). A subclass may look at another
    protocol.
    """

    PROTOCOL = socket.IPPROTO_TCP
    ALL = 3  # ETH_P_ALL
    TIMESTAMP = 35  # SO_TIMESTAMPNS

    def __init__(self, cable):
        self.segments = []
        self._stopped = False
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(self.ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, self.TIMESTAMP, 1)
        self._socket.bind((cable.linux, self.ALL))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while True:
            try:
                frame, (stamp,), _, (_, _, kind, *_) = self._socket.recvmsg(65536, 64)
            except OSError:  # as it says when its interface goes down
                continue
            if frame[12:14] != b"\x08\x00" or frame[23] != self.PROTOCOL:
                continue
            if self._stopped:
                return
            seconds, nanoseconds = struct.unpack("qq", stamp[2])
            packet = frame[14:14 + int.from_bytes(frame[16:18], "big")]
            self._take(seconds + nanoseconds / 1e9, kind == socket.PACKET_OUTGOING, packet,
                       packet[4 * (packet[0] & 15):])

    def _take(self, at, by_kernel, _, tcp):
        """Keep a packet: when it passed, who sent it, itself, and what is in it."""
        sequence, acknowledgement, offset, flags = struct.unpack("!4xIIBB", tcp[:14])
        data = tcp[4 * (offset >> 4):]
        self.segments.append(Segment(at, by_kernel, tcp[:4], sequence, acknowledgement, flags,
                                     len(data), data))

    def stop(self):
        """Let what passes from now on pass unseen."""
        self._stopped = True

    def probes(self, by_kernel):
        """The keepalive probes of one end: just below what the other end has acknowledged."""
        found = []
        expected = None
        for segment in self.segments:
            if segment.by_kernel != by_kernel:
                expected = segment.acknowledgement
            elif (segment.flags & (SYN | FIN | RST) == 0 and segment.size <= 1
                  and segment.sequence + 1 == expected):
                found.append(segment)
        return found


class TcpInfo:
    """What the kernel says of a connection, as far as it is of use here."""

    FORMAT = struct.Struct("8B 24I 4Q 2I")

    def __init__(self, connection):
        raw = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, self.FORMAT.size)
        fields = self.FORMAT.unpack(raw)
        self.established = fields[0] == 1
        self.unanswered = fields[3]  # keepalive probes
        self.heard = time.time() - fields[8 + 12] / 1000  # when the last acknowledgement came
        self.segments_out, self.segments_in = fields[-2:]


class Program:
    """A run of the program under test, at the module's end of a cable."""

    WIRE = Wire  # what to look at there
    PROTOCOL = "tcp"  # the same for tshark

    def __init__(self, program, cable, directory, *options):
        self.cable = cable
        self.wire = self.WIRE(cable)
        self.out = directory / "out"
        self._output = directory / "output"
        with open(self._output, "w", encoding="utf-8") as output:
            # pylint: disable-next=consider-using-with
            self.process = subprocess.Popen(
                [program, cable.option, f"--address={cable.module_address}", f"--out={self.out}",
                 "--pcap", *options], stdout=output, stderr=subprocess.STDOUT)
        self.status = None
        self.ended = None
        self.late = 0  # how far it fell behind the clock, of a busy machine, in seconds
        self.events = []
        self.packets = None  # see packets()

    def said(self):
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8")

    def wait_for(self, text, timeout=15):
        """Wait until it says something."""
        if not until(lambda: text in self.said(), timeout):
            raise AssertionError(f"no '{text}' in: {self.said()}")

    def finish(self):
        """Wait for its end, and read what it left; return self."""
        self.status = self.process.wait(60)
        self.ended = time.time()
        self.wire.stop()
        self.late = int(re.search(r"at worst (\d+) ms", self.said())[1]) / 1000
        self.packets = packets(self.out, self.PROTOCOL)
        with open(self.out / "events.csv", newline="", encoding="utf-8") as file:
            self.events = list(csv.DictReader(file))
        return self

    def times(self, event, detail=None):
        """When events of one kind happened to it, in its own time."""
        return [float(row["time_s"]) for row in self.events
                if row["event"] == event and detail in (None, row["detail"])]

    def details(self, event):
        """What is said of events of one kind."""
        return [row["detail"] for row in self.events if row["event"] == event]


def packets(directory, protocol):
    """Packets of the capture in a directory: those that are malformed or have a wrong checksum, and
    how many have not; None without tshark.
    """
    if not shutil.which("tshark"):
        return None
    capture, = directory.glob("*.pcap")
    lines = subprocess.run(
        ["tshark", "-r", str(capture), "-o", "ip.check_checksum:TRUE", "-o",
         f"{protocol}.check_checksum:TRUE", "-T", "fields", "-e", "frame.number", "-e", "_ws.malformed",
         "-e", "ip.checksum.status", "-e", f"{protocol}.checksum.status", "-Y", protocol],
        capture_output=True, text=True, check=True,
        # It crashes without a home that it can read.
        env={**os.environ, "HOME": str(directory)}).stdout.splitlines()
    broken = [line for line in lines if line.split("\t")[1:] != ["", "1", "1"]]
    return broken, len(lines) - len(broken)
