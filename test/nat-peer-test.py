#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The module's NAT against that of this machine's kernel: the same packets through both.

Usage: nat-peer-test.py PROGRAM

The kernel is a router between two links, with nftables and connection tracking; see kernel_nat.py.
It gets a script of packets in real time, with timeouts of a few seconds. The program gets the same
script, at the times at which the packets were really sent, in no time. A binding is probed MARGIN
before and behind its end.

1. By itself, the simulated box does with each packet what the script expects.
2. The same packets come out of the kernel on the same side, octet by octet, checksums included;
   only where a port is taken, Linux draws another one at random. All others are dropped by both.
3. The same bindings are made: an end that has been missed by one of them would show in the next
   packet from inside.
4. A binding of the kernel ends within TOLERANCE of the time at which the simulated one does.
5. What the routers say for themselves is the same: resets, errors, echo replies.
6. Bad input gives one line, exit status 2, and leaves nothing behind.

All of it happens in network namespaces of its own, for which no privilege is needed on most
systems. Where there can be none, the exit status is 77: skipped.
"""

import concurrent.futures
import csv
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
# pylint: disable-next=wrong-import-position
from kernel_nat import Line, Packet
# pylint: disable-next=wrong-import-position
from network_namespace import command, enter, skip

PROGRAM = ""
DIRECTORY = None  # of all runs
MARGIN = 0.1  # seconds between a probe and the end of what it probes
TOLERANCE = 0.02  # seconds: a tick of the kernel's clock, up to 10 ms, and some for the machine
LATE = 0.05  # how late a packet may be sent, if a run is to count
ATTEMPTS = 3  # to find the machine idle enough
STREAM_AGE = 2  # seconds, from which on an answered flow is a stream
# Timeouts in seconds: the sysctl below nf_conntrack_, and the program's option.
TIMEOUTS = {
    "udp_timeout": ("udp-timeout", 2),
    "udp_timeout_stream": ("udp-stream-timeout", 4),
    "icmp_timeout": ("icmp-timeout", 2),
    "tcp_timeout_syn_sent": ("tcp-syn-sent-timeout", 3),
    "tcp_timeout_syn_recv": ("tcp-syn-received-timeout", 2),
    "tcp_timeout_established": ("tcp-timeout", 6),
    "tcp_timeout_fin_wait": ("tcp-fin-wait-timeout", 3),
    "tcp_timeout_close_wait": ("tcp-close-wait-timeout", 2),
    "tcp_timeout_last_ack": ("tcp-last-ack-timeout", 1),
    "tcp_timeout_time_wait": ("tcp-time-wait-timeout", 2),
    "tcp_timeout_close": ("tcp-close-timeout", 1),
    "tcp_timeout_max_retrans": ("tcp-retransmitted-timeout", 4),
    "tcp_timeout_unacknowledged": ("tcp-unacknowledged-timeout", 5),
}
(UDP, STREAM, ICMP, SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT,
 CLOSE, RETRANSMITTED, UNACKNOWLEDGED) = (value for _, value in TIMEOUTS.values())
REMOTE = "10.0.2.2"


class Script:
    """A script, with what is to become of each packet."""

    def __init__(self, loose=True, firewall=False):
        self.loose = loose
        self.firewall = firewall
        self.lines = []
        self.passes = {}  # by name
        self.moved = set()  # packets of a flow whose port was taken
        self.same = {}  # names of packets that get the same port outside, if not that inside
        self.reopened = set()  # ports of connections that began anew: Linux has a new entry then
        self.sharp = {}  # probes that are nearer than MARGIN, each with what made its binding
        self._ports = itertools.count(20000)
        self._starts = itertools.count(0)

    def start(self):
        """When the next flow begins: not all at the same time."""
        return round(0.05 + 0.004 * next(self._starts), 3)

    def port(self):
        """A port that nobody has used."""
        return next(self._ports)

    # pylint: disable-next=too-many-arguments
    def add(self, time, side, name, protocol, source, destination, passes=True, **details):
        """Add a packet."""
        words = [f"{key}={value}" for key, value in details.items()]
        self.lines.append((time, " ".join([side, name, protocol, source, destination, *words])))
        assert name not in self.passes, name
        self.passes[name] = passes

    def flush(self, time):
        """Let all bindings be lost."""
        self.lines.append((time, "box flush"))

    def text(self, sent=None):
        """The script, at the times of its own or those at which its lines were played."""
        times = sent or [time for time, _ in self.lines]
        return "".join(f"{time:.6f} {words}\n" for time, (_, words) in zip(times, self.lines))


class Flow:
    """A flow of a script between an end inside and one outside."""

    # pylint: disable-next=too-many-arguments
    def __init__(self, script, name, protocol, host=2, port=None, remote=(REMOTE, 5000)):
        self.script = script
        self.name = name
        self.protocol = protocol
        self.begin = script.start()
        self.number = 0
        self.port = port or script.port()
        self.inside = f"10.0.1.{host}:{self.port}"
        self.remote = f"{remote[0]}:{remote[1]}" if protocol in ("udp", "tcp") else remote[0]
        self.known = f"{self.inside if script.firewall else f'10.0.2.1:{self.port}'}"
        self.moved = False  # its port was taken
        self.next = {"inside": 1000, "outside": 5000}  # sequence numbers

    def send(self, at, side, passes, **details):
        """Send a packet; return its name."""
        self.number += 1
        name = f"{self.name}-{self.number}"
        ends = (self.inside, self.remote) if side == "inside" else (self.remote, self.known)
        protocol = self.protocol
        if protocol == "echo" and side == "outside":
            protocol = "echo-reply"
        if protocol == "tcp":
            self._number(side, passes, details)
        self.script.add(self.begin + at, side, name, protocol, *ends, passes=passes, **details)
        if self.moved:
            self.script.moved.add(name)
        return name

    def _number(self, side, passes, details):
        other = "outside" if side == "inside" else "inside"
        details.setdefault("seq", self.next[side])
        if "A" in details["flags"]:
            details.setdefault("ack", self.next[other])
        size = int(details.get("data", 0)) + len(set("SF") & set(details["flags"]))
        if passes:
            self.next[side] = max(self.next[side], details["seq"] + size)

    def out(self, at, flags="", passes=True, **details):
        """Send from inside."""
        return self.send(at, "inside", passes, **({"flags": flags} if flags else {}), **details)

    def back(self, at, flags="", passes=True, **details):
        """Send from outside."""
        return self.send(at, "outside", passes, **({"flags": flags} if flags else {}), **details)

    def connect(self):
        """A handshake, which is over at 0.2."""
        self.out(0, "S")
        self.back(0.1, "SA")
        self.out(0.2, "A")
        return self


def at_end(script, name, protocol, prepare, **details):
    """Two flows that are used alike, and probed before and behind their end.

    prepare: makes a flow what it is to be; returns when it ends.
    """
    for word, offset in (("before", -MARGIN), ("behind", MARGIN)):
        flow = Flow(script, f"{name}-{word}", protocol)
        end = prepare(flow)
        flow.back(end + offset, passes=offset < 0, **details)


# ---- the cases; each adds its packets to a script ----


def udp(script):
    """One way, answered, and a stream from an age of 2 s on; answers prolong, too."""
    def one_way(flow):
        flow.out(0)
        return UDP

    def answered(flow):
        flow.out(0)
        flow.back(0.2)
        flow.out(0.4)
        return 0.4 + UDP

    def not_yet(flow):
        answered(flow)
        flow.out(STREAM_AGE - MARGIN)
        return STREAM_AGE - MARGIN + UDP

    def stream(flow):
        answered(flow)
        flow.out(STREAM_AGE + MARGIN)
        return STREAM_AGE + MARGIN + STREAM

    def inbound(flow):
        answered(flow)
        flow.back(STREAM_AGE + MARGIN)
        return STREAM_AGE + MARGIN + STREAM

    def first_answer(flow):
        flow.out(0)
        flow.out(1.5)
        flow.back(3)
        return 3 + UDP

    def only_answers(flow):
        flow.out(0)
        flow.back(1.5)
        flow.back(1.8)
        return 1.8 + UDP

    for prepare in (one_way, answered, not_yet, stream, inbound, first_answer, only_answers):
        at_end(script, f"udp-{prepare.__name__}", "udp", prepare)
    keepalives(script)
    for milliseconds in (5, 10, 15, 20, 30, 40):
        for offset in (-milliseconds / 1000, milliseconds / 1000):
            flow = Flow(script, f"udp-sharp{offset}", "udp")
            first = flow.out(0)
            script.sharp[flow.back(UDP + offset, passes=offset < 0)] = first


def keepalives(script):
    """An octet 0xFF in time, and too late."""
    flow = Flow(script, "keepalive", "udp")
    for i in range(4):
        flow.out(i * (UDP - MARGIN))
    flow.back(3 * (UDP - MARGIN) + UDP - MARGIN)
    flow = Flow(script, "keepalive-late", "udp")
    for i in range(3):
        flow.out(i * (UDP + 2 * MARGIN))
        flow.back(i * (UDP + 2 * MARGIN) + UDP + MARGIN, passes=False)


def ports(script):
    """Two ends with the same port; who has lost it has another one towards all other ends, too."""
    for protocol in ("udp", "tcp", "echo"):
        first = Flow(script, f"{protocol}-port", protocol)
        second = Flow(script, f"{protocol}-port-taken", protocol, host=3, port=first.port)
        third = Flow(script, f"{protocol}-port-elsewhere", protocol, host=3, port=first.port,
                     remote=("10.0.2.3", 5001))
        second.moved = third.moved = not script.firewall
        flags = ("S", "SA") if protocol == "tcp" else ("", "")
        for flow in (first, second, third):
            name = flow.out(0, flags[0])
            if flow.moved:
                flow.known = f"from:{name}"
            flow.back(0.1, flags[1])
            if flow.moved:
                script.same.setdefault((protocol, flow.inside), []).append(name)
            if not flags[0]:
                flow.back(UDP - MARGIN)
                flow.back(2 * UDP, passes=False)


def strangers(script):
    """Who gets in: the other end only."""
    flow = Flow(script, "stranger", "udp")
    flow.out(0)
    for i, (address, port) in enumerate((("10.0.2.3", 5000), (REMOTE, 5001), ("10.0.2.3", 5001))):
        script.add(flow.begin + 0.1 * (i + 1), "outside", f"stranger-in-{i}", "udp",
                   f"{address}:{port}", flow.known, passes=False)
    flow.back(1)
    for protocol, details in (("udp", {}), ("tcp", {"flags": "S"}), ("tcp", {"flags": "A"}),
                              ("tcp", {"flags": "SA"}), ("tcp", {"flags": "R"}),
                              ("echo-reply", {})):
        for where in ("10.0.1.2", "10.0.2.1"):
            name = f"unsolicited-{protocol}-{details.get('flags', '')}-{where}"
            port = script.port()
            script.add(script.start(), "outside", name, protocol, f"{REMOTE}:5000",
                       f"{where}:{port}", passes=False, **details)


def icmp(script):
    """Echoes, and errors about a flow."""
    def echo(flow):
        flow.out(0, data=20)
        flow.back(0.1, data=20)
        return 0.1 + ICMP

    def unanswered(flow):
        flow.out(0, data=20)
        return ICMP

    def answers(flow):
        flow.out(0)
        flow.back(1.5)
        flow.back(2.9)
        return 2.9 + ICMP

    def error(flow):
        about = flow.out(0)
        script.add(flow.begin + UDP - 3 * MARGIN, "outside", f"{flow.name}-error", "unreachable",
                   REMOTE, f"from:{about}", about=about)
        script.add(flow.begin + UDP - 2 * MARGIN, "outside", f"{flow.name}-router-error",
                   "unreachable", "10.0.2.9", f"from:{about}", about=about)
        script.add(flow.begin + UDP + 2 * MARGIN, "outside", f"{flow.name}-error-late",
                   "unreachable", REMOTE, f"from:{about}", about=about,
                   passes=flow.name.endswith("before"))
        return UDP

    def error_out(flow):
        flow.out(0)
        about = flow.back(0.1, data=30)
        script.add(flow.begin + 0.2, "inside", f"{flow.name}-error", "unreachable", "10.0.1.2",
                   f"from:{about}", about=about)
        return 0.1 + UDP

    for prepare in (echo, unanswered, answers):
        at_end(script, f"icmp-{prepare.__name__}", "echo", prepare)
    for prepare in (error, error_out):
        at_end(script, f"icmp-{prepare.__name__}", "udp", prepare)
    flow = Flow(script, "ttl", "udp")
    flow.out(0, ttl=1, passes=False)
    flow.back(0.1, passes=False)
    flow.out(0.2)
    flow.back(0.3, ttl=1, passes=False)
    script.add(script.start(), "outside", "echo-to-router", "echo", f"{REMOTE}:77", "10.0.2.1",
               passes=False, data=8)


def tcp_open(script):
    """The states of a connection that opens, and what becomes of one that does not."""
    def syn_sent(flow):
        flow.out(0, "S")
        return SYN_SENT

    def syn_again(flow):
        flow.out(0, "S")
        flow.out(1, "S", seq=1000)
        return SYN_SENT  # or else whoever tries again and again would keep an old port for ever

    def syn_received(flow):
        flow.out(0, "S")
        flow.back(0.1, "SA")
        return 0.1 + SYN_RECV

    def syn_of_both(flow):
        flow.out(0, "S")
        flow.back(1, "S")
        return SYN_SENT

    for prepare in (syn_sent, syn_again, syn_received, syn_of_both):
        at_end(script, f"tcp-{prepare.__name__}", "tcp", prepare, flags="SA",
               **({"seq": 5000} if prepare in (syn_received, syn_of_both) else {}))

    def established(flow):
        flow.connect()
        return 0.2 + ESTABLISHED

    def answered(flow):
        flow.connect()
        flow.out(0.3, "A", data=10)
        flow.back(0.5, "A", data=20)
        flow.out(0.7, "A")
        return 0.7 + ESTABLISHED

    for prepare in (established, answered):
        at_end(script, f"tcp-{prepare.__name__}", "tcp", prepare, flags="A")

    refused = Flow(script, "tcp-refused", "tcp")
    refused.out(0, "S")
    refused.back(0.1, "RA", seq=0)
    refused.back(0.2, "RA", passes=False, seq=0)
    refused.out(0.3, "S", seq=1000)
    refused.back(0.4, "SA")
    both = Flow(script, "tcp-both", "tcp")
    both.out(0, "S")
    both.back(0.1, "S")
    both.out(0.2, "SA", seq=1000)
    both.back(0.3, "SA", seq=5000)
    both.out(0.4, "A")
    both.back(0.4 + ESTABLISHED - MARGIN, "A")


def tcp_long(script):
    """What shortens the life of an established connection."""
    def probes(count):
        def repeated(flow):
            flow.connect()
            for i in range(count):
                flow.out(0.3 + 0.1 * i, "A", seq=flow.next["inside"] - 1)
            return 0.2 + 0.1 * count + (RETRANSMITTED if count > 3 else ESTABLISHED)
        return repeated

    def answered_probes(flow):
        probes(3)(flow)
        flow.back(0.6, "A")
        flow.out(0.7, "A", seq=flow.next["inside"] - 1)
        return 0.7 + ESTABLISHED

    def closed_window(flow):
        flow.connect()
        flow.back(0.3, "A", window=0)
        return 0.3 + RETRANSMITTED

    def unacknowledged(flow):
        flow.connect()
        flow.out(0.3, "A", data=10)
        return 0.3 + UNACKNOWLEDGED

    def acknowledged(flow):
        unacknowledged(flow)
        flow.back(0.4, "A")
        return 0.4 + ESTABLISHED

    def both(flow):
        # Repeated, too: then what is not acknowledged does not matter any more.
        flow.connect()
        for i in range(4):
            flow.out(0.3 + 0.1 * i, "A", data=10, seq=1001)
        return 0.6 + RETRANSMITTED

    for name, prepare in (("probes-3", probes(3)), ("probes-4", probes(4)),
                          ("answered", answered_probes), ("window", closed_window),
                          ("unacknowledged", unacknowledged), ("acknowledged", acknowledged),
                          ("unacknowledged-4", both)):
        at_end(script, f"tcp-long-{name}", "tcp", prepare, flags="A",
               **({"ack": 1001} if "unack" in name else {}))


def tcp_close(script):
    """The states of a connection that closes, in either direction, or is reset."""
    def closing(first, second):
        def fin_wait(flow):
            flow.connect()
            first(flow)(0.3, "FA")
            return 0.3 + FIN_WAIT

        def close_wait(flow):
            fin_wait(flow)
            second(flow)(0.4, "A")
            return 0.4 + CLOSE_WAIT

        def last_ack(flow):
            close_wait(flow)
            second(flow)(0.5, "FA")
            return 0.5 + LAST_ACK

        def last_ack_at_once(flow):
            fin_wait(flow)
            second(flow)(0.4, "FA")
            return 0.4 + LAST_ACK

        def time_wait(flow):
            last_ack(flow)
            first(flow)(0.6, "A")
            return 0.6 + TIME_WAIT

        def reset(flow):
            flow.connect()
            first(flow)(0.3, "R")
            return 0.3 + CLOSE

        return fin_wait, close_wait, last_ack, last_ack_at_once, time_wait, reset

    for side, ends in (("inside", (lambda flow: flow.out, lambda flow: flow.back)),
                       ("outside", (lambda flow: flow.back, lambda flow: flow.out))):
        for prepare in closing(*ends):
            at_end(script, f"tcp-{prepare.__name__}-{side}", "tcp", prepare, flags="A")


def tcp_again(script):
    """The same ports are used again while the old connection is still known."""
    for side in ("inside", "outside"):
        flow = Flow(script, f"tcp-reopened-{side}", "tcp").connect()
        first, second = (flow.out, flow.back) if side == "inside" else (flow.back, flow.out)
        first(0.3, "FA")
        second(0.4, "FA")
        first(0.5, "A")
        flow.next = {"inside": 100000, "outside": 200000}
        script.reopened.add(flow.port)
        flow.out(1, "S")
        flow.back(1 + SYN_SENT - MARGIN, "SA")
        flow.out(1 + SYN_SENT, "A")
        flow.back(1 + SYN_SENT + ESTABLISHED - MARGIN, "A")


def tcp_dead(script):
    """An end begins anew in the middle of a connection, which the router takes for alive."""
    def begin(flow):
        flow.connect()
        flow.next = {"inside": 100000, "outside": 200000}
        flow.out(1, "S")

    def accepted(flow):
        begin(flow)
        flow.back(1.1, "SA")
        return 1.1 + SYN_RECV

    def opened(flow):
        accepted(flow)
        flow.out(1.2, "A")
        return 1.2 + ESTABLISHED

    def unanswered(flow):
        begin(flow)
        flow.next = {"inside": 1001, "outside": 5001}
        return 0.2 + ESTABLISHED

    def refused(flow):
        begin(flow)
        flow.back(1.1, "RA", seq=0)
        flow.next = {"inside": 1001, "outside": 5001}
        return 1.1 + CLOSE

    def reset_inside(flow):
        flow.connect()
        flow.out(0.3, "R")
        flow.next = {"inside": 100000, "outside": 200000}
        flow.out(0.5, "S")
        script.reopened.add(flow.port)
        return 0.5 + SYN_SENT

    def reset_outside(flow):
        flow.connect()
        flow.back(0.3, "R")
        flow.next = {"inside": 100000, "outside": 200000}
        flow.out(0.5, "S")
        flow.back(0.6, "SA")
        flow.out(0.7, "A")
        return 0.7 + ESTABLISHED

    def reset_unheard(flow):
        flow.connect()
        flow.back(0.3, "R")
        flow.next = {"inside": 100000, "outside": 200000}
        flow.out(0.5, "S")
        return 0.3 + CLOSE

    for prepare, flags in ((accepted, "SA"), (opened, "A"), (unanswered, "A"), (refused, "A"),
                           (reset_inside, "SA"), (reset_outside, "A"), (reset_unheard, "SA")):
        at_end(script, f"tcp-dead-{prepare.__name__}", "tcp", prepare, flags=flags,
               **({"seq": 200000} if prepare is accepted else {}))
    flow = Flow(script, "tcp-dead-server", "tcp").connect()
    flow.back(0.3, "FA")
    flow.out(0.4, "FA")
    flow.back(0.5, "A")
    flow.back(0.6, "S", passes=False, seq=200000)
    flow.back(0.7, "A", passes=False)


def tcp_midstream(script):
    """TCP that begins in the middle, and segments of no connection."""
    loose = script.loose
    def unheard(flow):
        flow.out(0, "A", passes=loose, data=10)
        return min(UNACKNOWLEDGED, RETRANSMITTED)

    def heard(flow):
        flow.out(0, "A", passes=loose, data=10)
        flow.next["inside"] = 1010
        flow.back(0.1, "A", passes=loose)
        return 0.1 + UNACKNOWLEDGED

    def settled(flow):
        heard(flow)
        flow.out(0.2, "A", passes=loose)
        return 0.2 + ESTABLISHED

    for prepare in (unheard, heard, settled):
        for word, offset in (("before", -MARGIN), ("behind", MARGIN)):
            flow = Flow(script, f"tcp-midstream-{prepare.__name__}-{word}", "tcp")
            flow.back(prepare(flow) + offset, "A", passes=loose and offset < 0)
    for flags in ("SA", "FA", "R", "RA"):
        Flow(script, f"tcp-of-nothing-{flags}", "tcp").out(0, flags, passes=False)
    lost = Flow(script, "tcp-lost", "tcp").connect()
    lost.back(0.2 + ESTABLISHED + MARGIN, "A", passes=False, data=10)
    lost.out(0.2 + ESTABLISHED + 2 * MARGIN, "A", passes=loose, data=10)
    lost.back(0.2 + ESTABLISHED + 3 * MARGIN, "A", passes=loose, data=10)


CASES = (udp, ports, strangers, icmp, tcp_open, tcp_long, tcp_close, tcp_again, tcp_dead,
         tcp_midstream)


def everything(loose, firewall):
    """A script with all cases."""
    script = Script(loose, firewall)
    for case in CASES:
        case(script)
    return script


def flushed():
    """All bindings are lost."""
    script = Script()
    datagrams = Flow(script, "flushed-udp", "udp")
    datagrams.out(0)
    datagrams.back(0.1)
    stream = Flow(script, "flushed-tcp", "tcp").connect()
    script.flush(0.5)
    datagrams.back(0.7, passes=False)
    stream.back(0.7, "A", passes=False)
    datagrams.out(0.8)
    datagrams.back(0.9)
    stream.out(0.8, "A", data=10)
    stream.back(0.9, "A")
    return script


def unfiltered():
    """What is of no binding comes to the router's own sockets, of which there are none."""
    script = Script()
    for protocol, details in (("udp", {}), ("tcp", {"flags": "S", "seq": 7}),
                              ("tcp", {"flags": "A", "seq": 7, "ack": 9})):
        script.add(script.start(), "outside", f"{protocol}-{details.get('flags', '')}", protocol,
                   f"{REMOTE}:5000", f"10.0.2.1:{script.port()}", passes=False, **details)
    flow = Flow(script, "tcp-forgotten", "tcp").connect()
    flow.back(0.2 + ESTABLISHED + MARGIN, "A", passes=False, data=10)
    return script


VARIANTS = {
    "masquerade": (everything(True, False), {}, []),
    "strict": (everything(False, False), {"tcp_loose": "0"}, ["--tcp-loose=no"]),
    # What is for the router itself is no concern of a firewall between two networks.
    "firewall": (everything(True, True), {"firewall": "1", "local": "1"}, ["--firewall"]),
    "flush": (flushed(), {}, []),
    "unfiltered": (unfiltered(), {"local": "1"}, ["--unknown=local"]),
}


class Run:
    """A script that was played by both."""

    def __init__(self, name):
        self.script, self.settings, self.options = VARIANTS[name]
        self.directory = DIRECTORY / name
        self.directory.mkdir()
        self.planned = self.simulate("planned", self.script.text())
        for attempt in range(ATTEMPTS):
            self.kernel = self.play(f"kernel-{attempt}")
            self.late = max(sent - time for sent, (time, _)
                            in zip(self.kernel["sent"], self.script.lines))
            if self.late <= LATE:
                break
        # The same at the times at which the packets were really sent.
        self.simulated = self.simulate("sent", self.script.text(self.kernel["sent"]))

    def simulate(self, name, text):
        """Run the program; return what came out, and bindings that were made."""
        file = self.directory / f"{name}.txt"
        out = self.directory / name
        file.write_text(text, encoding="utf-8")
        options = [f"--{option}={value}" for option, value in TIMEOUTS.values()]
        done = subprocess.run([PROGRAM, f"--script={file}", f"--out={out}", "--quiet", *options,
                               *self.options], capture_output=True, text=True, timeout=60,
                              check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        tables = {}
        for table in ("packets", "bindings", "drops"):
            with open(out / f"{table}.csv", newline="", encoding="utf-8") as rows:
                tables[table] = list(csv.DictReader(rows))
        return tables

    def play(self, name):
        """Let the kernel do it; return what happened."""
        file = self.directory / f"{name}.txt"
        result = self.directory / f"{name}.json"
        file.write_text(self.script.text(), encoding="utf-8")
        sysctls = {sysctl: value for sysctl, (_, value) in TIMEOUTS.items()}
        settings = [f"{key}={value}" for key, value in {**sysctls, **self.settings}.items()]
        player = pathlib.Path(__file__).with_name("kernel_nat.py")
        done = subprocess.run(["unshare", "--net", sys.executable, str(player), str(file),
                               str(result), *settings], capture_output=True, text=True, timeout=120,
                              check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return json.loads(result.read_text(encoding="utf-8"))

    def bindings(self):
        """Those that the simulated box has made, as kernel_nat.py tells them."""
        def end(text):
            address, _, port = text.partition(":")
            return [address, int(port)]
        return [[int(row["protocol"]), end(row["internal"]), end(row["external"]),
                 end(row["remote"])]
                for row in self.simulated["bindings"] if row["event"] == "created"]


class KernelTest(unittest.TestCase):
    """1 to 5."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with concurrent.futures.ThreadPoolExecutor(len(VARIANTS)) as pool:
            cls.runs = {name: pool.submit(Run, name) for name in VARIANTS}

    def results(self):
        """All runs, each with its name."""
        return [(name, run.result()) for name, run in self.runs.items()]

    def test_1_the_box_does_what_is_expected(self):
        for name, run in self.results():
            with self.subTest(name):
                came = {row["packet"] for row in run.planned["packets"]} - {""}
                wrong = sorted(name for name, passes in run.script.passes.items()
                               if passes != (name in came))
                self.assertEqual(wrong, [])

    def test_2_the_same_packets_come_out(self):
        compared = 0
        for name, run in self.results():
            with self.subTest(name):
                kernel, simulated = ({row["packet"]: [row["side"], row["octets"]] for row in rows}
                                     for rows in (run.kernel["seen"], run.simulated["packets"]))
                wrong = {}
                for name in run.script.passes:
                    if name in run.script.sharp:
                        continue
                    ours, theirs = simulated.get(name), kernel.get(name)
                    if name in run.script.moved and None not in (ours, theirs):
                        ours, theirs = map(self.without_port, (ours, theirs))
                    if ours != theirs:
                        wrong[name] = {"module": ours, "kernel": theirs}
                    compared += 1
                self.assertEqual(wrong, {}, f"packets were sent up to {run.late:.3f} s late")
        print(f"{compared} packets", end=" ", flush=True)

    def test_2_a_port_that_is_taken(self):
        # Whoever has to have another port has it towards all.
        for name, run in self.results():
            with self.subTest(name):
                for rows in (run.kernel["seen"], run.simulated["packets"]):
                    octets = {row["packet"]: bytes.fromhex(row["octets"]) for row in rows}
                    for (_, inside), packets in run.script.same.items():
                        drawn = {Packet(octets[packet]).source[1] for packet in packets}
                        self.assertEqual(len(drawn), 1)
                        self.assertNotIn(int(inside.partition(":")[2]), drawn)

    @staticmethod
    def without_port(seen):
        """A packet outside without the port that was drawn for it; inside all of it counts."""
        side, octets = seen
        if side == "inside":
            return seen
        packet = Packet(bytes.fromhex(octets))
        return [side, packet.protocol, packet.flags, packet.source[0], packet.destination]

    def test_3_the_same_bindings_are_made(self):
        made = 0
        for name, run in self.results():
            with self.subTest(name):
                moved = {line.source for line in Line.read(run.script.text())
                         if line.name in run.script.moved and line.side == "inside"}

                def known(binding):
                    protocol, internal, external, remote = binding
                    if f"{internal[0]}:{internal[1]}" in moved and external[1] != internal[1]:
                        external = [external[0], "drawn"]
                    return repr((protocol, internal, external, remote))
                ours, theirs = (sorted(known(binding) for binding in bindings
                                       if binding[1][1] not in run.script.reopened)
                                for bindings in (run.bindings(), run.kernel["bindings"]))
                self.assertEqual(ours, theirs)
                made += len(ours)
        print(f"{made} bindings", end=" ", flush=True)

    def test_4_bindings_end_in_time(self):
        worst = 0
        for name, run in self.results():
            with self.subTest(name):
                names = [words.split()[1] for _, words in run.script.lines]
                times = dict(zip(names, run.kernel["sent"]))
                came = {row["packet"] for row in run.kernel["seen"]}
                for probe, first in run.script.sharp.items():
                    offset = times[probe] - times[first] - UDP
                    if (offset < 0) != (probe in came):
                        worst = max(worst, abs(offset))
        print(f"within {1000 * worst:.1f} ms", end=" ", flush=True)
        self.assertLess(worst, TOLERANCE)

    def test_5_the_routers_say_the_same(self):
        said = 0
        for name, run in self.results():
            with self.subTest(name):
                def own(rows):
                    for row in rows:
                        packet = Packet(bytes.fromhex(row["octets"]))
                        if not row["packet"]:
                            yield row["side"], packet.protocol, packet.source, packet.destination, \
                                packet.flags
                ours = sorted(own(run.simulated["packets"]))
                self.assertEqual(ours, sorted(own(run.kernel["seen"])))
                said += len(ours)
        self.assertGreater(said, 0)


class BadInputTest(unittest.TestCase):
    """6."""

    PACKET = "0 inside a udp 10.0.1.2:1 10.0.2.2:2\n"
    SCRIPTS = {
        "empty": ("", ["--script"]),
        "time": ("x inside a udp 10.0.1.2:1 10.0.2.2:2", ["line 1", "x"]),
        "negative time": ("-1 inside a udp 10.0.1.2:1 10.0.2.2:2", ["line 1", "-1"]),
        "short": ("0 inside a udp 10.0.1.2:1", ["line 1", "DESTINATION"]),
        "side": ("0 upside a udp 10.0.1.2:1 10.0.2.2:2", ["upside", "outside"]),
        "protocol": ("0 inside a sctp 10.0.1.2:1 10.0.2.2:2", ["sctp", "unreachable"]),
        "twice": (PACKET + PACKET, ["line 2", "'a'"]),
        "address": ("0 inside a udp 10.0.1:1 10.0.2.2:2", ["10.0.1:1"]),
        "port": ("0 inside a udp 10.0.1.2:65536 10.0.2.2:2", ["65536", "65535"]),
        "reference": (PACKET + "1 outside b udp to:c from:a", ["line 2", "'c'"]),
        "detail": ("0 inside a udp 10.0.1.2:1 10.0.2.2:2 flags=S", ["flags=S"]),
        "flags": ("0 inside a tcp 10.0.1.2:1 10.0.2.2:2 flags=X", ["flags=X"]),
        "ttl": ("0 inside a udp 10.0.1.2:1 10.0.2.2:2 ttl=64", ["64", "63"]),
        "about": ("0 inside a unreachable 10.0.1.2 10.0.2.2", ["about"]),
    }
    OPTIONS = {
        "no script": ([], ["--script"]),
        "no such script": (["--script=nosuch"], ["nosuch"]),
        "profile": (["--nat-profile=vax"], ["--nat-profile", "linux-conntrack"]),
        "mapping": (["--mapping=any"], ["--mapping", "endpoint-independent"]),
        "unknown": (["--unknown=icmp"], ["--unknown", "local"]),
        "timeout": (["--udp-timeout=-1"], ["--udp-timeout"]),
        "address": (["--inside=10.0"], ["--inside"]),
        "same network": (["--inside=10.0.2.9"], ["--outside", "--inside"]),
        "unknown option": (["--nosuch=1"], ["--nosuch"]),
    }

    def check(self, options, words, status=2, script=None):
        """One run."""
        with tempfile.TemporaryDirectory() as name_of_temporary:
            directory = pathlib.Path(name_of_temporary)
            if script is not None:
                (directory / "script").write_text(script, encoding="utf-8")
                options = ["--script=script", *options]
            done = subprocess.run([PROGRAM, "--out=out", *options], capture_output=True, text=True,
                                  cwd=directory, timeout=60, check=False)
            self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            for word in words:
                self.assertIn(word, done.stderr)
            self.assertFalse((directory / "out").exists(), "nothing written")

    def test_scripts(self):
        for name, (script, words) in self.SCRIPTS.items():
            with self.subTest(name):
                self.check([], words, script=script)

    def test_options(self):
        for name, (options, words) in self.OPTIONS.items():
            with self.subTest(name):
                script = None if "script" in name else self.PACKET
                self.check(options, words, script=script)


if __name__ == "__main__":
    enter(nft="nftables", conntrack="conntrack")
    try:
        command("nft", "add", "table", "ip", "trial")
        command("conntrack", "-L")
    except RuntimeError as error:
        skip(str(error))
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    with tempfile.TemporaryDirectory() as name_of_directory:
        DIRECTORY = pathlib.Path(name_of_directory)
        unittest.main(verbosity=2)
