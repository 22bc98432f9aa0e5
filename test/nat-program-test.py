#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The nat program as a user meets it: what it writes and refuses, what tshark says.

Usage: nat-program-test.py PROGRAM

1. Every kind of failure, mechanism, profile and behaviour runs, agrees with its closed form and
   exits 0.
2. What it writes is complete, with the columns that its readers know; the same command gives the
   same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture and every checksum correct, at both sides of the
   NAT; it names the NAT keepalives, IKE and ESP.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. The transcript is what is printed, and tells of bindings, keepalives and moves.
6. What it is for: how many losses a binding survives, and what becomes of calls.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, HEADERS, LabCase, main, rows, run

TABLES = {**HEADERS, "calls.csv": "from,number,sent_s,arrived_s"}
ALL_FILES = FILES | set(TABLES)
KINDS = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "crash", "stall",
         "delay-step", "binding-loss"]
MECHANISMS = ["dpd", "tcp", "none"]
NAT_PROFILES = ["rfc", "linux-conntrack", "home-gateway"]
DPD_PROFILES = ["cisco-periodic", "cisco-on-demand", "strongswan-ikev1", "strongswan-ikev2",
                "libreswan", "racoon"]
BEHAVIORS = ["endpoint-independent", "address-dependent", "address-and-port-dependent"]


class RunTest(LabCase):
    """1, 2: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        commands = [["--mechanism=" + mechanism, "--failure=" + kind, "--at=" + at]
                    for mechanism in MECHANISMS for kind in KINDS for at in ("r1", "r2", "nat")]
        commands += [["--profile=" + profile, "--failure=" + kind, "--failures=3",
                      "--app-data=50"] for profile in DPD_PROFILES
                     for kind in ("silent", "binding-loss")]
        commands += [["--nat-profile=" + profile, "--mechanism=" + mechanism, "--app-data-b=9",
                      "--failure=silent", "--failures=3", "--link=" + link]
                     for profile in NAT_PROFILES for mechanism in MECHANISMS
                     for link in ("inside", "outside")]
        commands += [["--mapping=" + behavior, "--filtering=" + behavior, "--app-data-b=9"]
                     for behavior in BEHAVIORS]
        commands += [["--mechanism=tcp", "--unknown=" + unknown] for unknown in ("drop", "rst")]
        commands += [["--keepalive=" + ends, "--failure=silent"] for ends in ("r1", "r2", "none")]
        commands += [["--firewall"], ["--firewall", "--mechanism=tcp", "--unknown=rst"],
                     ["--nat-keepalive=0"], ["--nat-keepalive=5"], ["--nat-keepalive=3600"],
                     ["--delay=30", "--retry=5", "--retries=3", "--failure=silent"],
                     ["--mechanism=tcp", "--idle=30", "--interval=5", "--probes=2",
                      "--failure=silent"],
                     ["--preserve-ports=no", "--refresh=outbound"], ["--loss=0.3"],
                     ["--link=inside", "--burst-start=0.1", "--burst-end=0.5"],
                     ["--link=inside", "--load=0.5", "--lan-rate=200kb/s"],
                     ["--load=0.5", "--link-rate=200kb/s"],
                     ["--schedule=flapping", "--failures=3"], ["--schedule=process"],
                     ["--udp-timeout=20", "--tcp-timeout=50"], ["--in-flight=delivered"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.succeed(str(number), *options)
                self.check_tables(out, TABLES)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failure=silent", "--failures=5", "--loss=0.1", "--profile=strongswan-ikev2",
                   "--load=0.5", "--link=inside", "--lan-rate=100kb/s", "--delay=15",
                   "--app-data-b=7", "--app-data-size=700", "--nat-profile=linux-conntrack"]
        self.check_reproducible(options, ALL_FILES, {"events.csv", "failures.csv"})

    def test_ends_and_timers(self):
        dpd = [("R1", "dpd", "10", "5", "cisco-periodic"), ("R2", "dpd", "10", "5",
                                                            "cisco-periodic")]
        binding = ("binding", "nat", "20", "0", "home-gateway")
        for options, expected in (
                ([], dpd + [binding]),
                (["--delay=30", "--retries=4", "--keepalive=r2"],
                 [("R1", "dpd", "0", "4", "cisco-periodic"),
                  ("R2", "dpd", "30", "4", "cisco-periodic"), binding]),
                (["--mechanism=tcp"],
                 [("R1", "tcp", "60", "3", "linux"), ("R2", "tcp", "60", "3", "linux"),
                  ("binding", "nat", "0", "0", "home-gateway")]),
                (["--mechanism=tcp", "--profile=freebsd"],
                 [("R1", "tcp", "7200", "8", "freebsd"), ("R2", "tcp", "7200", "8", "freebsd"),
                  ("binding", "nat", "0", "0", "home-gateway")]),
                (["--mechanism=none", "--failure=none", "--nat-profile=rfc"],
                 [("binding", "nat", "20", "15", "rfc")])):
            with self.subTest(options=options):
                out = self.succeed("".join(options) or "none", *options)
                self.assertEqual([(row["end"], row["mechanism"], row["interval_s"],
                                   row["retries"], row["rule"])
                                  for row in rows(out / "summary.csv")], expected)

    def test_tables_tell_the_same(self):
        out = self.succeed("a", "--failure=silent", "--failures=10", "--loss=0.1",
                           "--nat-keepalive=5")
        events = rows(out / "events.csv")
        for row in rows(out / "summary.csv"):
            told = [event["event"] for event in events if event["source"] == row["end"]]
            if row["end"] == "binding":
                sent = [event for event in events if event["event"] == "nat-keepalive-tx"]
                self.assertEqual(int(row["keepalives_sent"]), len(sent))
                continue
            self.assertEqual(int(row["keepalives_sent"]), told.count("keepalive-tx"))
            self.assertEqual(int(row["keepalives_returned"]), told.count("keepalive-rx"))
            self.assertGreater(told.count("keepalive-tx"), 30)

    def test_script(self):
        (self.directory / "script").write_text("105,N,down\n106,N,up\n", encoding="utf-8")
        out = self.succeed("a", "--script=script")
        self.assertEqual([(row["end"], row["began_s"], row["ended_s"], row["detected"])
                          for row in rows(out / "failures.csv")],
                         [("R1", "105", "106", "0"), ("R2", "105", "106", "0"),
                          ("binding", "105", "106", "1")])

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--mechanism", "--nat-keepalive", "--nat-profile", "--mapping", "--filtering",
                       "--refresh", "--udp-timeout", "--tcp-timeout", "--unknown", "--firewall",
                       "--app-data-b", "--idle", "--delay", "--failure", "--config", "--link",
                       "binding-loss", *NAT_PROFILES, *DPD_PROFILES):
            self.assertIn(option, " ".join(done.stdout.split()))
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    def test_captures_are_clean(self):
        variants = [[], ["--mechanism=none", "--app-data=30", "--app-data-b=7"],
                    ["--profile=strongswan-ikev2", "--delay=15", "--failure=silent"],
                    ["--preserve-ports=no", "--delay=45", "--app-data-b=7"],
                    ["--firewall", "--delay=40"], ["--failure=crash", "--at=nat", "--delay=40"],
                    ["--loss=0.2", "--link=inside", "--delay=40"],
                    ["--mechanism=tcp", "--unknown=rst"],
                    ["--mechanism=tcp", "--nat-profile=linux-conntrack", "--preserve-ports=no",
                     "--app-data=20"]]
        for number, options in enumerate(variants):
            with self.subTest(options=options):
                out = self.succeed(str(number), "--pcap", "--fail-at=200", *options)
                self.assertEqual({file.name for file in out.iterdir()},
                                 ALL_FILES | {"nat-r1.pcap", "nat-r2.pcap"})
                for end in ("r1", "r2"):
                    self.check(out, end, options)

    def check(self, out, end, options):
        """Have one capture judged."""
        lines = subprocess.run(
            ["tshark", "-r", str(out / f"nat-{end}.pcap"), "-o", "ip.check_checksum:TRUE", "-o",
             "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-T", "fields", "-e",
             "_ws.malformed", "-e", "ip.checksum.status", "-e", "tcp.checksum.status", "-e",
             "udp.checksum.status", "-e", "ip.src", "-e", "_ws.col.Protocol", "-e",
             "_ws.col.Info"],
            capture_output=True, text=True, check=True).stdout.splitlines()
        inside = "10.1.0.1" if end == "r1" or "--firewall" in options else "10.0.0.1"
        keepalives = 0
        protocols = set()
        for line in lines:
            malformed, ip_sum, tcp_sum, udp_sum, source, protocol, info = line.split("\t")
            self.assertEqual(malformed, "", line)
            self.assertEqual(ip_sum, "1", line)  # 1 is good, 0 is bad
            self.assertIn(tcp_sum, ("", "1"), line)
            self.assertIn(udp_sum, ("", "1"), line)
            self.assertIn(source, (inside, "10.2.0.2"), line)
            protocols.add(protocol)
            if protocol == "UDPENCAP":
                self.assertIn("NAT-keepalive", info)
                self.assertEqual(source, inside, line)
                keepalives += 1
        if "--mechanism=tcp" in options:
            self.assertEqual(protocols, {"TCP"})
            return
        self.assertLessEqual(protocols, {"UDPENCAP", "ISAKMP", "ESP"})
        self.assertEqual("ISAKMP" in protocols, "--mechanism=none" not in options)
        if end == "r1":
            self.assertIn("ESP", protocols)
        sent = sum(row["event"] == "nat-keepalive-tx" for row in rows(out / "events.csv"))
        if end == "r1":
            self.assertEqual(keepalives, sent)
        else:
            self.assertLessEqual(keepalives, sent)
        if "--delay=40" in options or "--delay=45" in options or "--mechanism=none" in options:
            self.assertGreater(keepalives, 3)


class TranscriptTest(LabCase):
    """5: what an operator sees."""

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", "--fail-at=65", "--delay=45", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for word in ("    [NEW] udp      17 30 src=10.1.0.1", " [UPDATE] udp", "[DESTROY] udp",
                     "isakmp-nat-keep-alive", "NONESP-encap: isakmp", "UDP-encap: ESP(spi=0x",
                     "N#show ip nat translations verbose", "! 00:01:05.000: N fails (binding-loss"):
            self.assertIn(word, transcript)
        self.assertIn("binding: noticed 1 of 1", done.stdout[len(transcript):])

    def test_moves(self):
        out = self.succeed("a", "--fail-at=65", "--preserve-ports=no")
        transcript = (out / "transcript.txt").read_text(encoding="utf-8")
        self.assertEqual(transcript.count("R2: "), sum(line.startswith("R2: ")
                                                       for line in transcript.splitlines()))
        self.assertEqual(transcript.count("the peer moved from 10.0.0.1["), 2)

    def test_tcp(self):
        out = self.succeed("a", "--mechanism=tcp", "--fail-at=65", "--unknown=rst")
        transcript = (out / "transcript.txt").read_text(encoding="utf-8")
        self.assertIn("[UPDATE] tcp      6 3600 ESTABLISHED", transcript)
        self.assertIn("recv: Connection reset by peer (ECONNRESET)", transcript)
        self.assertIn("R1$ ss -to", transcript)


class PurposeTest(LabCase):
    """6: what it is for."""

    def count(self, number, *options):
        """How often the binding is lost."""
        out = self.succeed(str(number), "--mechanism=none", "--failure=none", *options)
        return sum(row["end"] == "binding" for row in rows(out / "mistakes.csv"))

    def test_losses(self):
        inside = ["--link=inside", "--loss=0.1", "--stop=20000"]
        self.assertGreater(self.count(0, *inside), 50)
        self.assertEqual(self.count(1, *inside[1:]), 0)  # beyond the NAT
        self.assertEqual(self.count(2, *inside, "--nat-profile=rfc"), 0)
        self.assertEqual(self.count(3, "--nat-keepalive=40", "--stop=595"), 15)

    def test_calls(self):
        for refresh, arrive in (("outbound", 2), ("both", 11)):
            out = self.succeed(refresh, "--mechanism=none", "--nat-keepalive=0", "--app-data-b=10",
                               "--refresh=" + refresh, "--failure=none", "--stop=120")
            arrived = [row for row in rows(out / "calls.csv") if row["arrived_s"]]
            self.assertEqual(len(arrived), arrive)


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    BOX = "ns3::keepalive::NatBox"
    CASES = {
        "NAT keepalive 4 s": (["--nat-keepalive=4"], ["--nat-keepalive", "4", "5 to 3600"]),
        "NAT keepalive 3601 s": (["--nat-keepalive=3601"], ["--nat-keepalive", "3601", "3600"]),
        "NAT keepalive negative": (["--nat-keepalive=-1"], ["--nat-keepalive", "-1", "0 to"]),
        "NAT keepalive no number": (["--nat-keepalive=x"], ["nat-keepalive", "x"]),
        "NAT keepalive not a number": (["--nat-keepalive=nan"], ["nat-keepalive", "nan"]),
        "NAT keepalive of TCP": (["--mechanism=tcp", "--nat-keepalive=20"], ["--nat-keepalive"]),
        "unknown mechanism": (["--mechanism=bfd"], ["--mechanism", "bfd", "dpd, tcp, none"]),
        "unknown profile": (["--profile=beos"], ["--profile", "beos", "racoon"]),
        "profile of TCP": (["--profile=linux"], ["--profile", "linux", "racoon"]),
        "profile of DPD": (["--mechanism=tcp", "--profile=racoon"],
                           ["--profile", "racoon", "linux"]),
        "timer of TCP": (["--idle=60"], ["--idle", "--mechanism=tcp"]),
        "timer of DPD": (["--mechanism=tcp", "--delay=60"], ["--delay", "--mechanism=dpd"]),
        "timer of nothing": (["--mechanism=none", "--retry=5"], ["--retry", "--mechanism=dpd"]),
        "probes of DPD": (["--probes=5"], ["--probes", "--mechanism=tcp"]),
        "retries of TCP": (["--mechanism=tcp", "--retries=5"], ["--retries", "--mechanism=dpd"]),
        "idle 0": (["--mechanism=tcp", "--idle=0"], ["--idle", "0", "0.001 to"]),
        "probes 0": (["--mechanism=tcp", "--probes=0"], ["--probes", "0", "1 to 255"]),
        "delay 0": (["--delay=0"], ["--delay", "0", "0.001 to"]),
        "retries not whole": (["--retries=1.5"], ["--retries", "1.5", "whole number"]),
        "unknown NAT": (["--nat-profile=beos"], ["--nat-profile", "beos", "home-gateway"]),
        "unknown mapping": (["--mapping=cone"], ["--mapping", "cone", "address-dependent"]),
        "unknown filtering": (["--filtering=cone"], ["--filtering", "cone", "address-dependent"]),
        "unknown refresh": (["--refresh=in"], ["--refresh", "in", "outbound"]),
        "unknown unknown": (["--unknown=reject"], ["--unknown", "reject", "rst"]),
        "unknown ports": (["--preserve-ports=1"], ["--preserve-ports", "1", "yes"]),
        "UDP timeout negative": (["--udp-timeout=-1"], ["--udp-timeout", "-1", "0 to"]),
        "TCP timeout negative": (["--tcp-timeout=-1"], ["--tcp-timeout", "-1", "0 to"]),
        "data period negative": (["--app-data=-1"], ["--app-data", "-1", "0 to"]),
        "data of 3 octets": (["--app-data=1", "--app-data-size=3"], ["--app-data-size", "4 to"]),
        "size of no data": (["--app-data-size=50"], ["--app-data-size", "50", "--app-data="]),
        "unknown keepalive": (["--keepalive=yes"], ["--keepalive", "yes", "both"]),
        "unknown link": (["--link=N-B"], ["--link", "N-B", "outside"]),
        "no rate": (["--link-rate=fast"], ["--link-rate", "fast"]),
        "delay negative": (["--link-delay=-1"], ["--link-delay", "-1", "0 to 1000"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5", "0 to 1"]),
        "failure of an interface": (["--failure=shutdown"], ["--failure", "shutdown", "silent"]),
        "unknown place": (["--at=r3"], ["--at", "r3", "r1"]),
        "failures 0": (["--failures=0"], ["--failures", "0", "1 to"]),
        "unknown option": (["--natkeepalive=5"], ["--natkeepalive=5"]),
        "stray word": (["five"], ["five"]),
        "given twice": (["--delay=5", "--delay=6"], ["delay"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "ns-3 attribute unknown": ([f"--{BOX}::Nosuch=1"], ["Nosuch"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,N,sideways\n", "sideways"),
                           ("x,N,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
