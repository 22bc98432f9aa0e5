# SPDX-License-Identifier: GPL-2.0-only
"""Sends a script of packets through the NAT or firewall of this machine's kernel, in real time.

Usage: kernel_nat.py SCRIPT RESULT KEY=VALUE...

The same scripts as those of the program nat-script, see examples/packet-script.h. It wants a
network namespace to itself, in which it is the router, 10.0.1.1 inside and 10.0.2.1 outside:
masquerading by nftables, or, with firewall=1, filtering only. Both links end here again, at sockets
that send and receive whole packets: there are no hosts that could answer. With local=1 the router's
own sockets answer what is of no binding. All other keys are sysctls below net.netfilter, without
the nf_conntrack_ in front.

RESULT, in JSON: when each line was played, in seconds since the first one was due; what came out;
which bindings were made.
"""

import json
import pathlib
import re
import socket
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
# pylint: disable-next=wrong-import-position
from network_namespace import Cable, command, find, until

IPV4 = 0x0800
TIMESTAMP = 35  # SO_TIMESTAMPNS
TTL = 32  # of packets of the script, see packet-script.h
LIMIT = 63
HOSTS = range(2, 10)  # on either side
SETTLED = 0.3  # seconds from the last packet on until nothing more is expected
FLAGS = {"F": 1, "S": 2, "R": 4, "A": 16}
TYPES = {"echo-reply": 0, "unreachable": 3, "echo": 8, "time-exceeded": 11}
PROTOCOLS = {"icmp": 1, "tcp": 6, "udp": 17}
RULES = """
    table ip filter {
        chain forward {
            type filter hook forward priority 0; policy drop;
            ct state invalid drop;
            ct state established,related accept;
            iifname "linux1" accept;
        }
    }
"""
UNANSWERED = """
    table ip filter {
        chain input {
            type filter hook input priority 0; policy accept;
            iifname "linux2" ip protocol != icmp drop;
        }
    }
"""
MASQUERADE = """
    table ip nat {
        chain postrouting {
            type nat hook postrouting priority 100;
            oifname "linux2" masquerade;
        }
    }
"""


def checksum(octets):
    """The Internet checksum (RFC 1071)."""
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def with_checksum(octets, position, pseudo_header=b""):
    """The same with a checksum at a position that is zero so far."""
    value = checksum(pseudo_header + octets)
    return octets[:position] + struct.pack("!H", value) + octets[position + 2:]


class Packet:
    """What is known of a packet: its octets, ends and flags."""

    def __init__(self, octets):
        size, self.identification, self.ttl, number = struct.unpack("!2xHH2xBB", octets[:10])
        self.octets = octets[:size]
        addresses = [socket.inet_ntoa(octets[12:16]), socket.inet_ntoa(octets[16:20])]
        ports = [0, 0]
        self.flags = ""
        self.protocol = {value: key for key, value in PROTOCOLS.items()}.get(number, str(number))
        rest = octets[4 * (octets[0] & 15):]
        if self.protocol in ("tcp", "udp"):
            ports = list(struct.unpack("!HH", rest[:4]))
        if self.protocol == "tcp":
            self.flags = "".join(letter for letter in "SFRA" if rest[13] & FLAGS[letter])
        elif self.protocol == "icmp":
            self.flags = {value: key for key, value in TYPES.items()}.get(rest[0], "other")
            if self.flags in ("echo", "echo-reply"):
                ports[self.flags != "echo"] = struct.unpack("!4xH", rest[:6])[0]
            else:
                self.flags += f"/{rest[1]}"
        self.source, self.destination = zip(addresses, ports)

    @staticmethod
    def make(line, identification, source, destination, about):
        """Make one that a line of a script asks for."""
        protocol = PROTOCOLS.get(line.protocol, PROTOCOLS["icmp"])
        data = b"\xff" * int(line.details.get("data", line.protocol == "udp"))
        addresses = socket.inet_aton(source[0]) + socket.inet_aton(destination[0])
        ports = struct.pack("!HH", source[1], destination[1])
        if line.protocol == "udp":
            octets = ports + struct.pack("!HH", 8 + len(data), 0) + data
            position = 6
        elif line.protocol == "tcp":
            flags = sum(FLAGS[letter] for letter in line.details.get("flags", ""))
            octets = ports + struct.pack(
                "!IIBBHHH", int(line.details.get("seq", 0)), int(line.details.get("ack", 0)), 0x50,
                flags, int(line.details.get("window", 65535)), 0, 0) + data
            position = 16
        else:
            # Without another one, the code of an error is that the host is unreachable.
            number = TYPES[line.protocol]
            octets = struct.pack("!BBHI", number, number == 3, 0, 0) + (about or b"")[:28]
            if line.protocol != "unreachable":
                identifier = (source if line.protocol == "echo" else destination)[1]
                octets = struct.pack("!BBHHH", number, 0, 0, identifier, 1) + data
            octets = with_checksum(octets, 2)
            position = None
        if position:
            pseudo_header = addresses + struct.pack("!HH", protocol, len(octets))
            octets = with_checksum(octets, position, pseudo_header)
        header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(octets), identification, 0,
                             int(line.details.get("ttl", TTL)), protocol, 0) + addresses
        return with_checksum(header, 10) + octets


class Line:
    """A line of a script."""

    def __init__(self, text):
        words = text.split()
        self.time = float(words[0])
        self.side = words[1]
        self.name = words[2]
        self.protocol, self.source, self.destination, *details = (words + [""] * 3)[3:]
        self.details = dict(word.split("=") for word in details if word)

    @staticmethod
    def read(script):
        """Those of a whole script, as it stands in a file."""
        lines = (line.partition("#")[0] for line in script.splitlines())
        return [Line(line) for line in lines if line.strip()]


class Side:
    """One side of the router: its link, seen from the end that is not the router's."""

    def __init__(self, name):
        self.name = name
        self._cable = Cable()
        link, = json.loads(command("ip", "-json", "link", "show", self._cable.linux))
        self._header = bytes.fromhex(link["address"].replace(":", "") + "020000000001")
        self._header += struct.pack("!H", IPV4)
        network = self._cable.linux_address.rpartition(".")[0]
        for host in HOSTS:
            # Not that of the link's other end, where the kernel would take the packet for its own.
            command("ip", "neighbour", "add", f"{network}.{host}", "lladdr",
                    f"02:00:00:00:01:{host:02x}", "dev", self._cable.linux, "nud", "permanent")
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(IPV4))
        self._socket.setsockopt(socket.SOL_SOCKET, TIMESTAMP, 1)
        self._socket.bind((self._cable.module, IPV4))
        self._socket.setblocking(False)

    def send(self, octets):
        """Send a packet to the router."""
        self._socket.send(self._header + octets)

    def receive(self):
        """What has come from the router: times and packets."""
        while True:
            try:
                frame, (stamp,), _, (_, _, kind, *_) = self._socket.recvmsg(65536, 64)
            except BlockingIOError:
                return
            if kind != socket.PACKET_OUTGOING:
                seconds, nanoseconds = struct.unpack("qq", stamp[2])
                yield seconds + nanoseconds / 1e9, Packet(frame[14:])


class Router:
    """The kernel as a router, and a script that is played."""

    def __init__(self, settings):
        self._sides = {name: Side(name) for name in ("inside", "outside")}
        local = settings.pop("local", "0") == "1"
        firewall = settings.pop("firewall", "0") == "1"
        command("nft", "-f", "-", stdin=RULES + (MASQUERADE if not firewall else "")
                + (UNANSWERED if not local else ""))
        for name, value in settings.items():
            self._set(f"netfilter/nf_conntrack_{name}", value)
        self._set("ipv4/icmp_ratelimit", "0")
        self._set("ipv4/conf/all/rp_filter", "0")
        self._set("ipv4/ip_forward", "1")
        # pylint: disable-next=consider-using-with
        self._events = subprocess.Popen([find("conntrack"), "-E", "-e", "NEW", "-o", "timestamp"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        self._start = 0
        self._lines = []
        self._sent = []
        self._seen = []
        self._named = {}

    @staticmethod
    def _set(name, value):
        pathlib.Path("/proc/sys/net", name).write_text(value, encoding="ascii")

    def play(self, lines):
        """Play a script; return what happened."""
        self._lines = lines
        order = sorted(range(len(lines)), key=lambda index: lines[index].time)
        time.sleep(0.2)  # until events are listened to
        self._start = time.time() + 0.1
        self._sent = [0.0] * len(lines)
        for index in order:
            line = lines[index]
            time.sleep(max(0, self._start + line.time - time.time()))
            self._receive()
            if line.side == "box":
                command("conntrack", "-F")
                self._sent[index] = time.time() - self._start
                continue
            octets = Packet.make(line, index + 1, self._resolve(line.source),
                                 self._resolve(line.destination),
                                 self._find(line.details.get("about")))
            self._sent[index] = time.time() - self._start
            self._sides[line.side].send(octets)
            self._receive()
        time.sleep(SETTLED)
        self._receive()
        self._events.terminate()
        return {"sent": self._sent, "seen": self._seen,
                "bindings": list(self._bindings(self._events.communicate()[0]))}

    def _receive(self):
        for side in self._sides.values():
            for at, packet in side.receive():
                name = ""
                if packet.ttl <= LIMIT and 0 < packet.identification <= len(self._lines):
                    name = self._lines[packet.identification - 1].name
                    self._named[name] = packet
                self._seen.append({
                    "time": at - self._start, "side": side.name, "packet": name,
                    "protocol": packet.protocol, "source": packet.source,
                    "destination": packet.destination, "flags": packet.flags,
                    "octets": packet.octets.hex()})

    def _find(self, name):
        """The octets of a packet that came out, if there is a name."""
        if not name:
            return None
        return self._wait(name).octets

    def _wait(self, name):
        """A packet that came out, or does so soon."""
        def arrived():
            self._receive()
            return self._named.get(name)
        packet = until(arrived, 1)
        if not packet:
            raise RuntimeError(f"packet '{name}' has not come out so far")
        return packet

    def _resolve(self, end):
        """An end of a packet to be sent: its address and port."""
        first, _, second = end.partition(":")
        if first == "from":
            return self._wait(second).source
        if first == "to":
            return self._wait(second).destination
        return first, int(second or 0)

    @staticmethod
    def _bindings(events):
        """The flows from inside that were new: protocol, and the ends as the router sees them."""
        for event in events.splitlines():
            protocol = int(re.search(r"\[NEW\] +\S+ +(\d+) ", event)[1])
            addresses = re.findall(r"(?:src|dst)=(\S+)", event)
            ports = [int(port) for port in re.findall(r"(?:sport|dport|id)=(\d+)", event)]
            if len(ports) == 2:  # identifiers of ICMP
                ports = [ports[0], 0, 0, ports[1]]
            internal, remote, _, external = zip(addresses, ports)
            if internal[0].startswith("10.0.1."):
                yield protocol, internal, external, remote


if __name__ == "__main__":
    SCRIPT, RESULT = map(pathlib.Path, sys.argv[1:3])
    command("ip", "link", "set", "lo", "up")
    ROUTER = Router(dict(setting.split("=") for setting in sys.argv[3:]))
    DONE = ROUTER.play(Line.read(SCRIPT.read_text(encoding="utf-8")))
    RESULT.write_text(json.dumps(DONE), encoding="utf-8")
