#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The bfd program as a user meets it: what it writes and refuses, what tshark says.

Usage: bfd-program-test.py PROGRAM

1. Every kind of failure, timer and impairment runs, agrees with its closed form and exits 0.
2. What it writes is complete, with the columns that its readers know; the same command gives the
   same bytes; config.ini reproduces a run.
3. tshark finds no malformed packet in any capture and every checksum correct; it names all packets
   BFD Control, with the states that the session was in, and finds ports and TTL of RFC 5881.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. The transcript is what is printed, in the words of IOS.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, HEADERS, LabCase, main, rows, run

TABLES = {**HEADERS, "states.csv": "time_s,source,event,detail,value"}
ALL_FILES = FILES | set(TABLES)
STATES = {"0x00": "AdminDown", "0x01": "Down", "0x02": "Init", "0x03": "Up"}


class RunTest(LabCase):
    """1, 2: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        kinds = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "shutdown", "crash",
                 "stall", "delay-step"]
        commands = [["--failure=" + kind, *more] for kind in kinds
                    for more in ([], ["--offloaded"], ["--passive=r1"],
                                 ["--failures=30", "--traffic-rate=0"])]
        commands += [["--multiplier=" + multiplier, "--failures=30", "--traffic-rate=0",
                      "--failure=" + kind]
                     for multiplier in ("1", "2", "255") for kind in ("silent", "one-way-to-r1")]
        commands += [["--min-tx=0.05", "--min-rx=0.05", "--failures=30"],
                     ["--min-tx=0.1", "--min-rx-b=0.4", "--multiplier-b=5", "--failures=30"],
                     ["--min-tx-b=2.5", "--multiplier-b=1", "--passive=r2", "--failures=30"],
                     ["--min-tx=10", "--fail-at=200"],
                     ["--renegotiate-at=20", "--renegotiate-tx=1", "--renegotiate-rx=2"],
                     ["--renegotiate-at=20", "--renegotiate-rx=0.01", "--failures=30"],
                     ["--renegotiate-at=60", "--renegotiate-tx=1"],
                     ["--renegotiate-at=70", "--renegotiate-tx=1"],
                     ["--in-flight=delivered", "--link-delay=0.5", "--failures=30"],
                     ["--link-rate=9600b/s", "--traffic-rate=0", "--failures=30"],
                     ["--link-rate=200kb/s", "--traffic-rate=80kb/s", "--failures=30"],
                     ["--failure=crash", "--fail-for=0.2"], ["--failure=stall", "--fail-for=0.2"],
                     ["--schedule=flapping", "--failures=3"],
                     ["--schedule=process", "--traffic-rate=0"],
                     ["--loss=0.2"], ["--burst-start=0.1", "--burst-end=0.5"],
                     ["--load=2", "--link-rate=1Mb/s", "--queue=5"],
                     ["--load=2", "--link-rate=1Mb/s", "--queue=5", "--priority"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.succeed(str(number), *options)
                self.check_tables(out, TABLES)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=5", "--loss=0.1", "--min-tx=0.2", "--min-rx-b=0.35", "--priority",
                   "--load=0.9", "--queue=5", "--link-rate=300kb/s", "--multiplier-b=4",
                   "--passive=r2", "--traffic-rate=20kb/s"]
        self.check_reproducible(options, ALL_FILES, {"events.csv", "failures.csv"})

    def test_timers_are_negotiated(self):
        for options, timers in (([], [("0.3", "3")] * 2),
                                (["--min-tx=0.1"], [("0.3", "3")] * 2),  # R2 takes no more
                                (["--min-tx=0.1", "--min-rx=0.2"], [("0.2", "3")] * 2),
                                (["--min-tx=1", "--min-tx-b=0.05", "--min-rx-b=0.05",
                                  "--multiplier-b=5"], [("1", "5"), ("0.3", "3")]),
                                (["--renegotiate-at=20", "--renegotiate-tx=2"],
                                 [("2", "3"), ("0.3", "3")])):
            with self.subTest(options=options):
                out = self.succeed("".join(options) or "none", *options)
                summary = rows(out / "summary.csv")
                self.assertEqual([(row["interval_s"], row["retries"]) for row in summary], timers)
                self.assertEqual({(row["mechanism"], row["rule"]) for row in summary},
                                 {("bfd", "asynchronous")})

    def test_command_line_wins(self):
        (self.directory / "a.ini").write_text("# a comment\nRngRun=5\nmin-tx=9\nquiet=yes\n",
                                              encoding="utf-8")
        out = self.succeed("a", "--config=a.ini", "--RngRun=3", "--fail-at=100")
        summary = rows(out / "summary.csv")[0]
        self.assertEqual((summary["run"], summary["interval_s"]), ("3", "9"))

    def test_tables_tell_the_same(self):
        out = self.succeed("a", "--failures=10", "--loss=0.1")
        events = rows(out / "events.csv")
        for row in rows(out / "summary.csv"):
            told = [event for event in events if event["source"] == row["end"]]
            sent = [event for event in told if event["event"] == "keepalive-tx"]
            heard = [event for event in told if event["event"] == "keepalive-rx"]
            self.assertEqual(int(row["keepalives_sent"]), len(sent))
            self.assertEqual(int(row["keepalives_returned"]), len(heard))
            self.assertGreater(len(sent), 100)

    def test_states(self):
        out = self.succeed("a", "--failure=one-way-to-r1", "--renegotiate-at=20",
                           "--renegotiate-tx=1", "--stop=80")
        told = rows(out / "states.csv")
        for end, states in (("R1", ["Up", "Down"]), ("R2", ["Init", "Up", "Down", "Init"])):
            self.assertEqual([row["detail"] for row in told
                              if (row["source"], row["event"]) == (end, "state")], states)
        self.assertEqual([(row["time_s"], row["value"]) for row in told
                          if (row["source"], row["event"]) == ("R1", "poll-tx")][1:],
                         [("20.000000000", "1000000")])

    def test_script(self):
        (self.directory / "script").write_text("100,R1-R2,down\n250,R1-R2,up\n", encoding="utf-8")
        out = self.succeed("a", "--script=script")
        found = rows(out / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "250", "1")] * 2)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--min-tx", "--min-rx", "--multiplier", "--min-tx-b", "--min-rx-b",
                       "--multiplier-b", "--passive", "--offloaded", "--renegotiate-at",
                       "--renegotiate-tx", "--renegotiate-rx", "--failure", "--config"):
            self.assertIn(option, " ".join(done.stdout.split()))
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    def test_captures_are_clean(self):
        variants = [([], {"Down", "Init", "Up"}), (["--passive=r1"], {"Down", "Init", "Up"}),
                    (["--failure=shutdown"], {"AdminDown", "Down", "Init", "Up"}),
                    (["--failure=crash"], {"Down", "Init", "Up"}),
                    (["--failure=stall", "--offloaded"], {"Down", "Init", "Up"}),
                    (["--failure=one-way-to-r1"], {"Down", "Init", "Up"}),
                    (["--loss=0.2", "--multiplier=1"], {"Down", "Init", "Up"}),
                    (["--renegotiate-at=20", "--renegotiate-tx=1"], {"Down", "Init", "Up"}),
                    (["--load=2", "--link-rate=1Mb/s", "--priority"], {"Down", "Init", "Up"})]
        for number, (options, states) in enumerate(variants):
            with self.subTest(options=options):
                out = self.succeed(str(number), "--pcap", "--traffic-rate=8kb/s", *options)
                self.assertEqual({file.name for file in out.iterdir()},
                                 ALL_FILES | {"bfd-r1.pcap", "bfd-r2.pcap"})
                told = {state for end in ("r1", "r2") for state in self.check(out, end)}
                self.assertEqual(told, states)

    def check(self, out, end):
        """Have one capture judged; return the states in its packets."""
        pcap = out / f"bfd-{end}.pcap"
        self.assertEqual(int.from_bytes(pcap.read_bytes()[20:24], "little"), 9)  # PPP
        fields = ["_ws.malformed", "ip.checksum.status", "udp.checksum.status", "_ws.col.Protocol",
                  "ip.src", "ip.ttl", "udp.srcport", "udp.dstport", "bfd.sta", "_ws.col.Info",
                  "bfd.flags.c"]
        lines = subprocess.run(
            ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE", "-o",
             "udp.check_checksum:TRUE", "-T", "fields", *[word for field in fields
                                                          for word in ("-e", field)]],
            capture_output=True, text=True, check=True).stdout.splitlines()
        own = {"r1": "10.0.0.1", "r2": "10.0.0.2"}[end]
        offloaded = "offloaded=true\n" in (out / "config.ini").read_text(encoding="utf-8")
        states = []
        sent = 0
        ports = set()
        for line in lines:
            (malformed, ip_checksum, udp_checksum, protocol, source, ttl, source_port, port, state,
             info, independent) = line.split("\t")
            self.assertEqual(malformed, "", line)
            self.assertEqual(ip_checksum, "1", line)  # 1 is good, 0 is bad
            self.assertEqual(udp_checksum, "1", line)
            self.assertEqual(protocol == "BFD Control", port == "3784", line)
            if port != "3784":
                continue
            self.assertEqual(ttl, "255", line)
            self.assertTrue(49152 <= int(source_port) <= 65535, line)
            self.assertIn("State: " + STATES[state], info, line)
            self.assertEqual(independent in ("1", "True"), offloaded, line)
            states.append(STATES[state])
            sent += source == own
            ports.add((source, source_port))
        told = [row for row in rows(out / "events.csv") if row["source"] == end.upper()]
        self.assertEqual(sent, sum(row["event"] == "keepalive-tx" for row in told))
        if "failure=crash" not in (out / "config.ini").read_text(encoding="utf-8"):
            self.assertEqual(len(ports), 2)  # of each end one, for the life of the session
        return set(states)


class TranscriptTest(LabCase):
    """5: what an operator sees."""

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for word in ("%BFD-6-BFD_SESS_CREATED: ", "%BFDFSM-6-BFD_SESS_UP: ",
                     "%BFDFSM-6-BFD_SESS_DOWN: BFD-SYSLOG: BFD session ld:1 handle:1,is going Down "
                     "Reason: DETECT TIMER EXPIRED\n", "R1#show bfd neighbors details\n",
                     "! 00:01:00.000: R1-R2 fails (silent)"):
            self.assertIn(word, transcript)
        self.assertIn("closed form", done.stdout[len(transcript):])


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    SESSION = "ns3::keepalive::BfdSession"
    CASES = {
        "multiplier 0": (["--multiplier=0"], ["--multiplier", "0", "1 to 255"]),
        "multiplier 256": (["--multiplier=256"], ["--multiplier", "256", "1 to 255"]),
        "multiplier not whole": (["--multiplier=2.5"], ["--multiplier", "2.5", "whole number"]),
        "multiplier negative": (["--multiplier=-3"], ["--multiplier", "-3", "1 to 255"]),
        "multiplier of R2": (["--multiplier-b=0"], ["--multiplier-b", "0", "1 to 255"]),
        "min-tx 0": (["--min-tx=0"], ["--min-tx", "0", "0.001 to 4294"]),
        "min-tx negative": (["--min-tx=-1"], ["--min-tx", "-1", "0.001 to"]),
        "min-tx no number": (["--min-tx=ten"], ["min-tx", "ten"]),
        "min-tx not a number": (["--min-tx=nan"], ["min-tx", "nan"]),
        "min-tx too long": (["--min-tx=4295"], ["--min-tx", "4295", "4294"]),
        "min-tx of R2": (["--min-tx-b=0"], ["--min-tx-b", "0", "0.001 to"]),
        "min-rx 0": (["--min-rx=0"], ["--min-rx", "0", "0.001 to"]),
        "min-rx of R2": (["--min-rx-b=1e10"], ["--min-rx-b", "1e+10", "4294"]),
        "unknown passive": (["--passive=both"], ["--passive", "both", "r1"]),
        "renegotiation negative": (["--renegotiate-at=-1"], ["--renegotiate-at", "-1", "0 to"]),
        "renegotiation of nothing": (["--renegotiate-tx=1"],
                                     ["--renegotiate-tx", "--renegotiate-at="]),
        "renegotiation without time": (["--renegotiate-rx=1"],
                                       ["--renegotiate-rx", "--renegotiate-at="]),
        "renegotiated 0": (["--renegotiate-at=20", "--renegotiate-tx=0"],
                           ["--renegotiate-tx", "0", "0.001 to"]),
        "no rate": (["--link-rate=fast"], ["--link-rate", "fast"]),
        "rate 0": (["--link-rate=0"], ["--link-rate"]),
        "delay negative": (["--link-delay=-1"], ["--link-delay", "-1", "0 to 10"]),
        "queue 0": (["--queue=0"], ["--queue", "0", "1 to"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5", "0 to 1"]),
        "load negative": (["--load=-1"], ["--load", "-1", "0 to 100"]),
        "binding loss": (["--failure=binding-loss"], ["--failure", "binding-loss", "silent"]),
        "failures 0": (["--failures=0"], ["--failures", "0", "1 to"]),
        "failure too early": (["--fail-at=1"], ["a failure at 1 s", "up for certain"]),
        "unknown option": (["--min-xt=5"], ["--min-xt=5"]),
        "abbreviated option": (["--mult=5"], ["--mult=5"]),
        "stray word": (["five"], ["five"]),
        "given twice": (["--min-tx=5", "--min-tx=6"], ["min-tx"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "flapping for ever": (["--schedule=flapping", "--fail-for=0"], ["--fail-for=0"]),
        "run too long": (["--min-tx=4000", "--multiplier=255", "--failures=10000"],
                         ["longer than ns-3 can count"]),
        "ns-3 attribute unknown": ([f"--{SESSION}::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute no number": ([f"--{SESSION}::DetectMult=x"], ["DetectMult"]),
        "ns-3 attribute out of range": ([f"--{SESSION}::DetectMult=0"], ["DetectMult"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("multiplier=0\n", "--multiplier"), ("nosuch=1\n", "nosuch"),
                           ("min-tx\n", "bad.ini"), ("multiplier=300\n", "255")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,R1-R2,sideways\n", "sideways"),
                           ("x,R1-R2,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
