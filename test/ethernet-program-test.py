#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The ethernet program as a user meets it: what it writes and refuses, what tshark says.

Usage: ethernet-program-test.py PROGRAM

1. Every kind of failure, way back and impairment runs, agrees with its closed form and exits 0.
2. What it writes is complete, with the columns that its readers know; the same command gives the
   same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture, every frame check sequence and IP checksum
   correct, and takes keepalives and layer-2 pings for what they are: loopback, EtherType 0x9000.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. The transcript is what is printed, and tells of loops, err-disable and pings.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, HEADERS, LabCase, main, rows, run

KINDS = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "shutdown", "crash",
         "stall", "loopback"]
RETURNS = ["half-duplex", "controller", "none"]


class RunTest(LabCase):
    """1, 2: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        commands = [["--failure=" + kind, "--at=" + at, "--traffic-rate=8kb/s", "--ping=7"]
                    for kind in KINDS for at in ("r1", "r2")]
        commands += [["--failure=" + kind, "--return=" + back, "--failures=10", *adapter]
                     for kind in ("silent", "one-way-to-r1", "one-way-to-r2") for back in RETURNS
                     for adapter in ([], ["--adapter"])]
        commands += [["--failure=loopback", "--failures=10", "--recovery=60"],
                     ["--failure=loopback", "--failures=10"],
                     ["--failure=loopback", "--failures=10", "--recovery=5"],
                     ["--failure=loopback", "--fail-for=0"],
                     ["--failure=loopback", "--fail-for=0", "--recovery=20"],
                     ["--failure=loopback", "--port-interval=3", "--failures=10", "--recovery=60"],
                     ["--port-interval=0"], ["--return-b=none", "--at=r1"],
                     ["--interval-b=3", "--retries-b=1", "--failures=20", "--fail-for=0"],
                     ["--interval=1", "--retries=9", "--at=r1", "--failures=20"],
                     ["--schedule=flapping", "--failures=3"], ["--schedule=process"],
                     ["--loss=0.2", "--traffic-rate=8kb/s"],
                     ["--burst-start=0.1", "--burst-end=0.5"],
                     ["--rate=1Mb/s", "--delay=0.00002", "--failures=20"],
                     ["--load=2", "--rate=1Mb/s", "--queue=5", "--stop=30"]]
        commands += [["--keepalive=" + ends, "--failures=3"] for ends in ("r1", "r2", "none")]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.succeed(str(number), *options)
                self.check_tables(out, HEADERS)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=5", "--loss=0.1", "--return-b=controller", "--adapter", "--load=0.2",
                   "--queue=5", "--rate=1Mb/s", "--interval=2", "--interval-b=3", "--ping=4"]
        self.check_reproducible(options, FILES, {"events.csv", "failures.csv"})

    def test_options_of_one_end_or_both(self):
        for options, ends in (([], [("10", "5", "half-duplex"), ("10", "5", "half-duplex"),
                                    ("10", "1", "loop")]),
                              (["--interval=4", "--retries=2", "--return=none"],
                               [("4", "2", "none"), ("4", "2", "none"), ("10", "1", "loop")]),
                              (["--interval-b=3", "--retries-b=7", "--return-b=controller"],
                               [("10", "5", "half-duplex"), ("3", "7", "controller"),
                                ("10", "1", "loop")]),
                              (["--keepalive=r2", "--port-interval=8"],
                               [("0", "5", "half-duplex"), ("10", "5", "half-duplex"),
                                ("8", "1", "loop")])):
            with self.subTest(options=options):
                out = self.succeed("".join(options) or "none", *options)
                summary = rows(out / "summary.csv")
                self.assertEqual([(row["interval_s"], row["retries"], row["rule"])
                                  for row in summary], ends)
                self.assertEqual([row["end"] for row in summary], ["R1", "R2", "S1"])
                self.assertEqual({row["mechanism"] for row in summary}, {"ethernet"})

    def test_command_line_wins(self):
        (self.directory / "a.ini").write_text("# a comment\nRngRun=5\ninterval=9\nquiet=yes\n",
                                              encoding="utf-8")
        out = self.succeed("a", "--config=a.ini", "--RngRun=3")
        summary = rows(out / "summary.csv")[0]
        self.assertEqual((summary["run"], summary["interval_s"]), ("3", "9"))

    def test_tables_tell_the_same(self):
        out = self.succeed("a", "--failures=10")
        events = rows(out / "events.csv")
        for row in rows(out / "summary.csv"):
            told = [event for event in events if event["source"] == row["end"]]
            sent = [event for event in told if event["event"] == "keepalive-tx"]
            heard = [event for event in told if event["event"] == "keepalive-rx"]
            self.assertEqual(int(row["keepalives_sent"]), len(sent))
            self.assertEqual(int(row["keepalives_returned"]), len(heard))
            self.assertGreater(len(sent), 30)

    def test_script(self):
        (self.directory / "script").write_text("100,R2-S1,down\n250,R2-S1,up\n", encoding="utf-8")
        out = self.succeed("a", "--script=script")
        found = rows(out / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "250", "0"), ("100", "250", "1"), ("100", "250", "0")])

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--interval", "--retries", "--interval-b", "--retries-b", "--return",
                       "--recovery", "--port-interval", "--ping", "--adapter", "--failure",
                       "--config", "--at", *KINDS, *RETURNS):
            self.assertIn(option, " ".join(done.stdout.split()))
        self.assertNotIn("delay-step", done.stdout)
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    FIELDS = ("_ws.malformed", "eth.fcs.status", "ip.checksum.status", "eth.type", "eth.src",
              "eth.dst", "loop.function", "loop.skipcount", "loop.receipt_number",
              "loop.forwarding_address", "frame.len")

    def test_captures_are_clean(self):
        variants = [[], ["--failure=crash", "--loss=0.2"], ["--failure=stall", "--return=none"],
                    ["--failure=carrier"], ["--failure=loopback", "--recovery=20"],
                    ["--failure=shutdown", "--traffic-rate=8kb/s"],
                    ["--load=2", "--rate=1Mb/s", "--queue=5", "--stop=8"]]
        for number, options in enumerate(variants):
            with self.subTest(options=options):
                out = self.succeed(str(number), "--pcap", "--ping=5", *options)
                self.assertEqual({file.name for file in out.iterdir()},
                                 FILES | {f"ethernet-{end}.pcap" for end in ("r1", "r2", "s1")})
                for end in ("r1", "r2", "s1"):
                    self.check(out, end)

    def check(self, out, end):
        """Have one capture judged."""
        pcap = out / f"ethernet-{end}.pcap"
        self.assertEqual(int.from_bytes(pcap.read_bytes()[20:24], "little"), 1)  # Ethernet
        own = {"r1": "00:00:00:00:00:01", "r2": "00:00:00:00:00:03", "s1": "00:00:00:00:00:06"}[end]
        lines = subprocess.run(
            ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE", "-o", "eth.check_fcs:TRUE",
             "-o", "eth.fcs:Always", "-T", "fields",
             *[word for field in self.FIELDS for word in ("-e", field)]],
            capture_output=True, text=True, check=True).stdout.splitlines()
        keepalives = 0
        answers = 0
        for line in lines:
            frame = dict(zip(self.FIELDS, line.split("\t")))
            self.assertEqual(frame["_ws.malformed"], "", line)
            self.assertEqual(frame["eth.fcs.status"], "1", line)  # 1 is good, 0 is bad
            self.assertIn(frame["ip.checksum.status"], ("", "1"), line)
            if frame["eth.type"] != "0x9000":
                self.assertIn(frame["eth.type"], ("0x0800", "0x0806"), line)
                continue
            if frame["eth.src"] == frame["eth.dst"]:
                self.assertEqual((frame["frame.len"], frame["loop.skipcount"],
                                  frame["loop.receipt_number"]), ("64", "0", "0"), line)
                keepalives += frame["eth.src"] == own
            else:
                # A ping: on its way to R2, or behind its Forward Data message, back to R1.
                self.assertEqual(frame["loop.forwarding_address"], "00:00:00:00:00:01", line)
                back = frame["eth.dst"] == "00:00:00:00:00:01"
                self.assertEqual(frame["loop.skipcount"], "8" if back else "0", line)
                answers += back
        told = [row for row in rows(out / "events.csv") if row["source"] == end.upper()]
        sent = sum(row["event"] == "keepalive-tx" for row in told)
        looped = sum(row["detail"] == "err-disabled" and row["event"] == "line-down"
                     for row in told)
        drops = sum(row["event"] == "drop" for row in told)
        self.assertLessEqual(sent + looped - drops, keepalives)
        self.assertLessEqual(keepalives, sent + looped)
        self.assertEqual(end == "s1", not answers)


class TranscriptTest(LabCase):
    """5: what an operator sees."""

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", "--ping=30", "--fail-at=70", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for word in ("R2: 00:02:05.256: %LINEPROTO-5-UPDOWN: Line protocol on Interface "
                     "FastEthernet0/0, changed state to down\n",
                     "R1: 00:00:30.000: loopback ping to 0000.0000.0003: reply 1 after 0.2",
                     "R1: 00:01:32.000: loopback ping to 0000.0000.0003: no reply 3 within",
                     "R1#show interfaces FastEthernet0/0\n", "S1#show interfaces FastEthernet0/3\n",
                     "  Keepalive set (10 sec)\n"):
            self.assertIn(word, transcript)
        self.assertIn("closed form 55.000 s (50.000 to 60.000)", done.stdout[len(transcript):])

    def test_loop(self):
        out = self.succeed("a", "--failure=loopback", "--recovery=60")
        transcript = (out / "transcript.txt").read_text(encoding="utf-8")
        at = -1
        for word in ("S1: 00:01:07.481: %ETHCNTR-3-LOOP_BACK_DETECTED: Keepalive packet loop-back "
                     "detected on FastEthernet0/3\n",
                     "S1: 00:01:07.481: %PM-4-ERR_DISABLE: loopback error detected on Fa0/3, "
                     "putting Fa0/3 in err-disable state\n",
                     "S1: 00:01:07.481: %LINEPROTO-5-UPDOWN: Line protocol on Interface "
                     "FastEthernet0/3, changed state to down\n",
                     "S1: 00:02:07.481: %PM-4-ERR_RECOVER: Attempting to recover from loopback "
                     "err-disable state on Fa0/3\n"):
            self.assertGreater(transcript.find(word), at, word)
            at = transcript.find(word)


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    KEEPALIVE = "ns3::keepalive::EthernetKeepalive"
    CASES = {
        "interval 0": (["--interval=0"], ["--interval", "0", "0.001 to"]),
        "interval negative": (["--interval=-1"], ["--interval", "-1", "0.001 to"]),
        "interval no number": (["--interval=ten"], ["interval", "ten"]),
        "interval not a number": (["--interval=nan"], ["interval", "nan"]),
        "interval of R2": (["--interval-b=0"], ["--interval-b", "0", "0.001 to"]),
        "interval too long": (["--interval-b=1e10"], ["--interval-b", "1e+10", "1000000000"]),
        "retries 0": (["--retries=0"], ["--retries", "0", "1 to 255"]),
        "retries 256": (["--retries-b=256"], ["--retries-b", "256", "1 to 255"]),
        "retries not whole": (["--retries=1.5"], ["--retries", "1.5", "whole number"]),
        "unknown return": (["--return=full"], ["--return", "full", "half-duplex"]),
        "unknown return of R2": (["--return-b=x"], ["--return-b", "x", "controller"]),
        "port interval negative": (["--port-interval=-1"], ["--port-interval", "-1", "0 to"]),
        "port interval too short": (["--port-interval=1e-6"], ["--port-interval", "0.001 to"]),
        "recovery negative": (["--recovery=-1"], ["--recovery", "-1", "0 to"]),
        "ping negative": (["--ping=-1"], ["--ping", "-1", "0 to"]),
        "pings too often": (["--ping=0.01"], ["--ping", "0.01", "0.1 to"]),
        "unknown keepalive": (["--keepalive=yes"], ["--keepalive", "yes", "both"]),
        "no rate": (["--rate=fast"], ["--rate", "fast"]),
        "rate 0": (["--rate=0"], ["--rate"]),
        "slow": (["--rate=64kb/s"], ["64000 bit/s", "1000000 bit/s or more"]),
        "delay negative": (["--delay=-1"], ["--delay", "-1", "0 to"]),
        "delay too long": (["--delay=0.5"], ["--delay", "0.5", "0.001"]),
        "queue 0": (["--queue=0"], ["--queue", "0", "1 to"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5", "0 to 1"]),
        "load negative": (["--load=-1"], ["--load", "-1", "0 to 100"]),
        "delay step": (["--failure=delay-step"], ["--failure", "delay-step", "silent"]),
        "bindings": (["--failure=binding-loss"], ["--failure", "binding-loss", "silent"]),
        "unknown place": (["--at=s1"], ["--at", "s1", "r1"]),
        "adapter of nothing": (["--failure=crash", "--adapter"], ["adapter"]),
        "loop that nobody looks for": (["--failure=loopback", "--port-interval=0"],
                                       ["loop", "without keepalives"]),
        "failures 0": (["--failures=0"], ["--failures", "0", "1 to"]),
        "unknown option": (["--intervall=5"], ["--intervall=5"]),
        "abbreviated option": (["--interv=5"], ["--interv=5"]),
        "stray word": (["five"], ["five"]),
        "given twice": (["--retries=5", "--retries=6"], ["retries"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "flapping for ever": (["--schedule=flapping", "--fail-for=0"], ["--fail-for=0"]),
        "run too long": (["--interval=1e9", "--failures=2"], ["longer than ns-3 can count"]),
        "ns-3 attribute unknown": ([f"--{KEEPALIVE}::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute no time": ([f"--{KEEPALIVE}::PingTimeout=x"], ["PingTimeout"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("interval=0\n", "--interval"), ("nosuch=1\n", "nosuch"),
                           ("interval\n", "bad.ini"), ("retries=300\n", "255")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,R2-S1,sideways\n", "sideways"),
                           ("x,R2-S1,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
