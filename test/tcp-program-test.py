#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The tcp program as a user meets it: what it writes and refuses, what tshark says.

Usage: tcp-program-test.py PROGRAM

1. Every kind of failure, profile and impairment runs, agrees with its closed form and exits 0.
2. What it writes is complete, with the columns that its readers know; the same command gives the
   same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture and every checksum correct; it takes the probes
   for keep-alives, and the answers for keep-alive acknowledgments.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. The transcript is what is printed, and tells of probes, resets and errors.
"""

import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, HEADERS, LabCase, main, rows, run

PROFILES = ["linux", "windows-vista", "windows-xp", "freebsd", "macos", "solaris", "rfc1122"]


class RunTest(LabCase):
    """1, 2: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        kinds = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "crash", "stall",
                 "delay-step"]
        commands = [["--failure=" + kind, "--at=" + at, "--traffic-rate=8kb/s"]
                    for kind in kinds for at in ("r1", "r2")]
        commands += [["--profile=" + profile, "--failures=20", "--failure=" + kind]
                     for profile in PROFILES for kind in ("silent", "one-way-to-r1")]
        commands += [["--profile=" + profile, "--profile-b=" + other, "--failures=5"]
                     for profile in PROFILES for other in ("linux", "windows-xp", "freebsd")]
        commands += [["--keepalive=" + ends, "--failures=3"] for ends in ("r1", "r2", "none")]
        commands += [["--keepalive=r2"], ["--user-timeout=100", "--failures=20"],
                     ["--idle=5", "--interval=20", "--probes=2", "--failures=20"],
                     ["--idle-b=45", "--interval-b=7", "--probes-b=2", "--failures=20"],
                     ["--garbage", "--failures=20"], ["--garbage-b"], ["--app-data=5"],
                     ["--app-data=5", "--user-timeout=30"], ["--app-data-b=700"],
                     ["--in-flight=delivered", "--link-delay=0.5", "--failures=20"],
                     ["--link-rate=9600b/s", "--failures=20"], ["--failure=crash", "--fail-for=20"],
                     ["--failure=crash", "--at=r1", "--failures=20"],
                     ["--schedule=flapping", "--failures=3"], ["--schedule=process"],
                     ["--loss=0.2"], ["--burst-start=0.1", "--burst-end=0.5"],
                     ["--load=2", "--link-rate=200kb/s", "--queue=5"],
                     ["--load=2", "--link-rate=200kb/s", "--queue=5", "--priority"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.succeed(str(number), *options)
                self.check_tables(out, HEADERS)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=5", "--loss=0.1", "--profile=freebsd", "--priority", "--load=0.9",
                   "--queue=5", "--link-rate=300kb/s", "--idle=30", "--app-data-b=50",
                   "--app-data-size=700", "--ss=20"]
        self.check_reproducible(options, FILES, {"events.csv", "failures.csv"})

    def test_timers_of_a_profile_or_of_the_lab(self):
        for options, timers in (([], [("60", "3", "linux")] * 2),
                                (["--profile=linux"], [("7200", "9", "linux")] * 2),
                                (["--profile=linux", "--idle=30"], [("30", "9", "linux")] * 2),
                                (["--profile-b=freebsd"],
                                 [("60", "3", "linux"), ("7200", "8", "freebsd")]),
                                (["--probes=4", "--idle-b=90", "--keepalive=r2"],
                                 [("0", "4", "linux"), ("90", "4", "linux")])):
            with self.subTest(options=options):
                out = self.succeed("".join(options) or "none", *options)
                self.assertEqual([(row["interval_s"], row["retries"], row["rule"])
                                  for row in rows(out / "summary.csv")], timers)
                self.assertEqual({row["mechanism"] for row in rows(out / "summary.csv")}, {"tcp"})

    def test_command_line_wins(self):
        (self.directory / "a.ini").write_text("# a comment\nRngRun=5\nidle=9\nquiet=yes\n",
                                              encoding="utf-8")
        out = self.succeed("a", "--config=a.ini", "--RngRun=3")
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
            self.assertGreater(len(sent), 30)

    def test_script(self):
        (self.directory / "script").write_text("100,A-B,down\n250,A-B,up\n", encoding="utf-8")
        out = self.succeed("a", "--script=script")
        found = rows(out / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "250", "1")] * 2)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--idle", "--interval", "--probes", "--user-timeout", "--garbage",
                       "--profile", "--app-data", "--failure", "--config", "--ss", "60, 10, 3",
                       *PROFILES):
            self.assertIn(option, " ".join(done.stdout.split()))
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    def test_captures_are_clean(self):
        variants = [[], ["--failure=crash", "--fail-for=20"], ["--failure=stall"],
                    ["--garbage", "--keepalive=r1"],
                    ["--app-data=7", "--app-data-b=11"], ["--loss=0.2"],
                    ["--failure=one-way-to-r1"], ["--traffic-rate=8kb/s"],
                    ["--load=2", "--link-rate=200kb/s", "--queue=5"],
                    *[["--profile=" + profile, "--idle=60", "--keepalive=r1"]
                      for profile in PROFILES]]
        for number, options in enumerate(variants):
            with self.subTest(options=options):
                out = self.succeed(str(number), "--pcap", "--fail-at=200", *options)
                self.assertEqual({file.name for file in out.iterdir()},
                                 FILES | {"tcp-r1.pcap", "tcp-r2.pcap"})
                for end in ("r1", "r2"):
                    self.check(out, end)

    def check(self, out, end):
        """Have one capture judged."""
        pcap = out / f"tcp-{end}.pcap"
        self.assertEqual(int.from_bytes(pcap.read_bytes()[20:24], "little"), 9)  # PPP
        lines = subprocess.run(
            ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE", "-o",
             "tcp.check_checksum:TRUE", "-T", "fields", "-e", "_ws.malformed", "-e",
             "ip.checksum.status", "-e", "tcp.checksum.status", "-e", "ip.src", "-e",
             "tcp.analysis.keep_alive", "-e", "tcp.analysis.keep_alive_ack"],
            capture_output=True, text=True, check=True).stdout.splitlines()
        own = {"r1": "10.1.0.1", "r2": "10.2.0.2"}[end]
        probes = 0
        answers = 0
        for line in lines:
            malformed, ip_checksum, tcp_checksum, source, probe, answer = line.split("\t")
            self.assertEqual(malformed, "", line)
            self.assertEqual(ip_checksum, "1", line)  # 1 is good, 0 is bad
            self.assertIn(tcp_checksum, ("", "1"), line)
            probes += bool(probe) and source == own
            answers += bool(answer) and source != own
        # Every probe that this end tells of is one to tshark.
        told = [row for row in rows(out / "events.csv") if row["source"] == end.upper()]
        sent = sum(row["event"] == "keepalive-tx" for row in told)
        heard = sum(row["event"] == "keepalive-rx" for row in told)
        self.assertGreaterEqual(probes, sent)  # probes of a closed window look the same
        if not any("app-data" in line for line in
                   (out / "config.ini").read_text(encoding="utf-8").splitlines()
                   if not line.startswith("#")):
            self.assertEqual(probes, sent)
            # Where both ends probe at once, tshark does not know what answers what.
            if "keepalive=r1\n" in (out / "config.ini").read_text(encoding="utf-8"):
                # The window of the first answer is scaled, that of the SYN before it is not: tshark
                # takes it for a window update.
                self.assertIn(answers, (heard - 1, heard))


class TranscriptTest(LabCase):
    """5: what an operator sees."""

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", "--ss=30", "--fail-at=70", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for word in ("[keep-alive]", "[keep-alive ACK]", "Flags [R.]", "(ETIMEDOUT): keepalive",
                     "timer:(keepalive,", "R1$ ss -to", "R2: 00:00:30.000: ss: ESTAB"):
            self.assertIn(word, transcript)
        self.assertIn("closed form", done.stdout[len(transcript):])

    def test_reboot(self):
        out = self.succeed("a", "--failure=crash", "--fail-at=70", "--fail-for=20")
        transcript = (out / "transcript.txt").read_text(encoding="utf-8")
        self.assertIn("[keep-alive ACK]", transcript)
        self.assertIn("Connection reset by peer (ECONNRESET): reset-by-peer", transcript)
        self.assertEqual([row["cause"] for row in rows(out / "mistakes.csv")], ["tcp-reset"])


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    SOCKET = "ns3::keepalive::TcpKeepaliveApplication"
    CASES = {
        "idle 0": (["--idle=0"], ["--idle", "0", "0.001 to"]),
        "idle negative": (["--idle=-1"], ["--idle", "-1", "0.001 to"]),
        "idle no number": (["--idle=ten"], ["idle", "ten"]),
        "idle not a number": (["--idle=nan"], ["idle", "nan"]),
        "idle of R2": (["--idle-b=0"], ["--idle-b", "0", "0.001 to"]),
        "interval 0": (["--interval=0"], ["--interval", "0", "0.001 to"]),
        "interval too long": (["--interval-b=1e10"], ["--interval-b", "1e+10", "1000000000"]),
        "probes 0": (["--probes=0"], ["--probes", "0", "1 to 255"]),
        "probes 256": (["--probes=256"], ["--probes", "256", "1 to 255"]),
        "probes not whole": (["--probes-b=1.5"], ["--probes-b", "1.5", "whole number"]),
        "probes of Windows": (["--profile=windows-vista", "--probes=5"], ["--probes", "10 to 10"]),
        "user timeout negative": (["--user-timeout=-1"], ["--user-timeout", "-1", "0 to"]),
        "user timeout of R2": (["--user-timeout-b=-1"], ["--user-timeout-b", "-1", "0 to"]),
        "unknown profile": (["--profile=beos"], ["--profile", "beos", "linux"]),
        "unknown profile of R2": (["--profile-b=beos"], ["--profile-b", "beos", "solaris"]),
        "data period negative": (["--app-data=-1"], ["--app-data", "-1", "0 to"]),
        "data of 0 octets": (["--app-data=1", "--app-data-size=0"], ["--app-data-size", "1 to"]),
        "size of no data": (["--app-data-size=50"], ["--app-data-size", "50", "--app-data="]),
        "unknown keepalive": (["--keepalive=yes"], ["--keepalive", "yes", "both"]),
        "reconnect delay 0": (["--reconnect-delay=0"], ["--reconnect-delay", "0", "0.001 to"]),
        "delay that shrinks": (["--reconnect-delay=9", "--longest-reconnect-delay=8"],
                               ["--longest-reconnect-delay", "8", "9"]),
        "connect timeout 0": (["--connect-timeout=0"], ["--connect-timeout", "0"]),
        "port 0": (["--port=0"], ["--port", "0", "1 to 65535"]),
        "port 65536": (["--port=65536"], ["--port", "65536", "1 to 65535"]),
        "ss negative": (["--ss=-1"], ["--ss", "-1", "0 to"]),
        "no rate": (["--link-rate=fast"], ["--link-rate", "fast"]),
        "rate 0": (["--link-rate=0"], ["--link-rate"]),
        "delay negative": (["--link-delay=-1"], ["--link-delay", "-1", "0 to 1000"]),
        "lan delay negative": (["--lan-delay=-1"], ["--lan-delay", "-1", "0 to 1000"]),
        "queue 0": (["--queue=0"], ["--queue", "0", "1 to"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5", "0 to 1"]),
        "load negative": (["--load=-1"], ["--load", "-1", "0 to 100"]),
        "failure of an interface": (["--failure=shutdown"], ["--failure", "shutdown", "silent"]),
        "no NAT": (["--failure=binding-loss"], ["--failure", "binding-loss", "silent"]),
        "unknown place": (["--at=r3"], ["--at", "r3", "r1"]),
        "failures 0": (["--failures=0"], ["--failures", "0", "1 to"]),
        "unknown option": (["--idel=5"], ["--idel=5"]),
        "abbreviated option": (["--interv=5"], ["--interv=5"]),
        "stray word": (["five"], ["five"]),
        "given twice": (["--idle=5", "--idle=6"], ["idle"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "flapping for ever": (["--schedule=flapping", "--fail-for=0"], ["--fail-for=0"]),
        "run too long": (["--idle=1e9", "--interval=1e9", "--failures=2"],
                         ["longer than ns-3 can count"]),
        "ns-3 attribute unknown": ([f"--{SOCKET}::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute no number": ([f"--{SOCKET}::Tos=x"], ["Tos"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("idle=0\n", "--idle"), ("nosuch=1\n", "nosuch"), ("idle\n", "bad.ini"),
                           ("probes=300\n", "255")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,A-B,sideways\n", "sideways"),
                           ("x,A-B,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    main()
