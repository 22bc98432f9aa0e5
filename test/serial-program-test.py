#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The hdlc and ppp programs as a user meets them: what they write and refuse, what tshark says.

Usage: serial-program-test.py PROGRAM hdlc|ppp

1. Every kind of failure, profile and impairment runs, agrees with its closed form and exits 0.
2. What it writes is complete, with the columns that its readers know; the same command gives the
   same bytes; config.ini reproduces a run.
3. tshark finds no malformed frame in any capture, the right link types, and, if captures have them,
   every frame check sequence correct; it sees the frames that the tables speak of.
4. Bad input gives one line, exit status 2, and leaves nothing behind.
5. The consoles print what real routers printed.
"""

import datetime
import subprocess
import sys

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
from lab_program import FILES, HEADERS, LabCase, main, rows, run

NAME = ""
TABLES = {**HEADERS, "frames.csv": "sent_s,arrived_s,from,to,protocol,kind,identifier,acknowledged,"
                                     "bytes,fate"}
ALL_FILES = FILES | set(TABLES)

PROFILES = {"hdlc": ["ios", "nokia", "linux", "freebsd", "sppp", "h3c", "junos", "free"],
            "ppp": ["ios", "pppd", "pppd-adaptive", "linux", "freebsd", "free"]}

# Cisco's document on keepalives, HDLC: the router that is shut, and its peer. Lines that the
# document wraps are joined.
CISCO_R1 = """\
17:21:09.685: Serial0/0: HDLC myseq 0, mineseen 0*, yourseen 1, line up
17:21:19.725: Serial0/0: HDLC myseq 1, mineseen 1*, yourseen 2, line up
17:21:29.753: Serial0/0: HDLC myseq 2, mineseen 2*, yourseen 3, line up
17:21:39.773: Serial0/0: HDLC myseq 3, mineseen 3*, yourseen 4, line up
17:21:49.805: Serial0/0: HDLC myseq 4, mineseen 4*, yourseen 5, line up
17:21:59.837: Serial0/0: HDLC myseq 5, mineseen 5*, yourseen 6, line up
17:22:09.865: Serial0/0: HDLC myseq 6, mineseen 6*, yourseen 7, line up
17:22:19.905: Serial0/0: HDLC myseq 7, mineseen 7*, yourseen 8, line up
17:22:29.945: Serial0/0: HDLC myseq 8, mineseen 8*, yourseen 9, line up
17:22:39.965: Serial0/0: HDLC myseq 9, mineseen 9*, yourseen 10, line up
17:22:42.225: %LINK-5-CHANGED: Interface Serial0/0, changed state to administratively down
17:22:43.245: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial0/0, changed state to down
"""
CISCO_R2 = """\
17:21:04.929: Serial2/0: HDLC myseq 0, mineseen 0, yourseen 0, line up
17:21:14.941: Serial2/0: HDLC myseq 1, mineseen 1*, yourseen 1, line up
17:21:24.961: Serial2/0: HDLC myseq 2, mineseen 2*, yourseen 2, line up
17:21:34.981: Serial2/0: HDLC myseq 3, mineseen 3*, yourseen 3, line up
17:21:45.001: Serial2/0: HDLC myseq 4, mineseen 4*, yourseen 4, line up
17:21:55.021: Serial2/0: HDLC myseq 5, mineseen 5*, yourseen 5, line up
17:22:05.041: Serial2/0: HDLC myseq 6, mineseen 6*, yourseen 6, line up
17:22:15.061: Serial2/0: HDLC myseq 7, mineseen 7*, yourseen 7, line up
17:22:25.081: Serial2/0: HDLC myseq 8, mineseen 8*, yourseen 8, line up
17:22:35.101: Serial2/0: HDLC myseq 9, mineseen 9*, yourseen 9, line up
17:22:45.113: Serial2/0: HDLC myseq 10, mineseen 10*, yourseen 10, line up
17:22:55.133: Serial2/0: HDLC myseq 11, mineseen 10, yourseen 10, line up
17:23:05.153: HD(0): Reset from 0x203758
17:23:05.153: HD(0): Asserting DTR
17:23:05.153: HD(0): Asserting DTR and RTS
17:23:05.153: Serial2/0: HDLC myseq 12, mineseen 10, yourseen 10, line up
17:23:15.173: HD(0): Reset from 0x203758
17:23:15.173: HD(0): Asserting DTR
17:23:15.173: HD(0): Asserting DTR and RTS
17:23:15.173: Serial2/0: HDLC myseq 13, mineseen 10, yourseen 10, line down
17:23:16.201: %LINEPROTO-5-UPDOWN: Line protocol on Interface Serial2/0, changed state to down
17:23:25.193: Serial2/0: HDLC myseq 14, mineseen 10, yourseen 10, line down
"""
# The same document, PPP: one echo.
CISCO_PPP = """\
17:00:11.412: Se0/0/0 LCP-FS: I ECHOREQ [Open] id 32 len 12 magic 0x4234E325
17:00:11.412: Se0/0/0 LCP-FS: O ECHOREP [Open] id 32 len 12 magic 0x42345A4D
"""


def seconds(stamp):
    """A time stamp, HH:MM:SS.mmm, as seconds since midnight."""
    hours, minutes, rest = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


class RunTest(LabCase):
    """1, 2: runs and what they write."""

    def test_everything_agrees_with_its_law(self):
        kinds = ["none", "silent", "one-way-to-r1", "one-way-to-r2", "carrier", "shutdown", "crash",
                 "stall", "loopback", "delay-step"]
        commands = [["--failure=" + kind, "--at=" + at, "--traffic-rate=8kb/s"]
                    for kind in kinds for at in ("r1", "r2")]
        commands += [["--profile=" + profile, "--failures=20", "--failure=" + kind]
                     for profile in PROFILES[NAME] for kind in ("silent", "one-way-to-r1")]
        commands += [["--bit-stuffing", "--failures=20"], ["--fcs=32", "--failures=20"],
                     ["--fcs=none", "--timing=measured", "--failures=20"],
                     ["--clock-rate=1200b/s", "--traffic-rate=0", "--failures=20"],
                     ["--in-flight=delivered", "--line-delay=0.5", "--failures=20"],
                     ["--keepalive=r2"], ["--keepalive=none"], ["--null-modem", "--failure=crash"],
                     ["--interval-b=7", "--retries-b=2", "--failures=20"], ["--phase=zero"],
                     ["--schedule=flapping", "--failures=3"], ["--schedule=process"],
                     ["--bit-error-rate=1e-4"], ["--loss=0.2"], ["--load=1.2", "--queue=5"],
                     ["--burst-start=0.1", "--burst-end=0.5"], ["--load=1.2", "--priority"],
                     ["--profile=free", "--interval=0.25", "--retries=2", "--failures=20"]]
        if NAME == "hdlc":
            commands += [["--slarp-size=14", "--failures=20"], ["--up-count=3"],
                         ["--down-when-looped", "--failure=loopback"]]
        for number, options in enumerate(commands):
            with self.subTest(options=options):
                out = self.succeed(str(number), *options)
                self.check_tables(out, TABLES)

    def test_same_command_same_bytes_and_config_reproduces(self):
        options = ["--failures=5", "--loss=0.1", "--profile=linux", "--priority", "--load=0.9",
                   "--queue=5", "--clock-rate=128kb/s", "--interval=2", "--hold-time=5",
                   "--bit-error-rate=1e-6", "--fcs=32", "--timing=measured", "--first-1=1.5",
                   "--time-of-day=23:59:50"]
        self.check_reproducible(options, ALL_FILES, {"events.csv", "frames.csv", "failures.csv"})

    def test_command_line_wins(self):
        (self.directory / "a.ini").write_text("# a comment\nRngRun=5\ninterval=9\nquiet=yes\n",
                                              encoding="utf-8")
        out = self.succeed("a", "--config=a.ini", "--RngRun=3")
        summary = rows(out / "summary.csv")[0]
        self.assertEqual((summary["run"], summary["interval_s"], summary["mechanism"]),
                         ("3", "9", NAME))

    def test_who_fails_does_not_notice(self):
        for kind, cause in (("crash", "node-crashed"), ("shutdown", "admin-shutdown")):
            out = self.succeed(kind, "--failure=" + kind)
            own = rows(out / "failures.csv")[1]
            self.assertEqual((own["end"], own["detected"], own["censored"], own["cause"]),
                             ("R2", "0", "0", cause))
            self.assertEqual([row["failures"] for row in rows(out / "summary.csv")], ["1", "0"])

    def test_tables_tell_the_same(self):
        out = self.succeed("a", "--failures=10", "--bit-error-rate=3e-5")
        frames = rows(out / "frames.csv")
        events = rows(out / "events.csv")
        kind = {"hdlc": "keepalive", "ppp": "echo-request"}[NAME]
        for row in rows(out / "summary.csv"):
            sent = [frame for frame in frames
                    if frame["from"] == row["end"] and frame["kind"] == kind]
            told = [event for event in events
                    if event["source"] == row["end"] and event["event"] == "keepalive-tx"]
            self.assertEqual(int(row["keepalives_sent"]), len(sent))
            self.assertEqual(int(row["keepalives_sent"]), len(told))
            self.assertGreater(len(sent), 50)
            detected = [event for event in events
                        if event["source"] == row["end"] and event["event"] == "line-down"]
            self.assertEqual(len(detected), int(row["detected"]) + int(row["mistakes"]))
        self.assertLessEqual({"arrived", "wire-cut", "bad-fcs"}, {row["fate"] for row in frames})
        self.assertEqual({row["protocol"] for row in frames}, {NAME})
        # 228 bytes of IP in 4 of header, 2 of FCS and a flag
        users = [row for row in frames if row["bytes"] == "232"
                 and row["fate"] in ("arrived", "bad-fcs")]
        bad = sum(row["fate"] == "bad-fcs" for row in users)
        expected = len(users) * (1 - (1 - 3e-5) ** (235 * 8))
        self.assertGreater(expected, 200)
        self.assertLess(abs(bad - expected), 4 * expected ** 0.5, f"{bad} of {len(users)}")

    def test_transcript_is_what_is_printed(self):
        done = run("--out", "a", cwd=self.directory)
        transcript = (self.directory / "a" / "transcript.txt").read_text(encoding="utf-8")
        self.assertTrue(done.stdout.startswith(transcript))
        for word in ("%LINEPROTO-5-UPDOWN", "#show interfaces serial 0/0", "Encapsulation"):
            self.assertIn(word, transcript)
        self.assertIn("closed form", done.stdout[len(transcript):])

    def test_contradiction_exits_1(self):
        if NAME != "ppp":
            self.skipTest("no attribute contradicts the closed form of HDLC")
        # A link that takes longer than its failures are apart to be negotiated again.
        done = run("--out", "a", "--quiet", "--failures=10",
                   "--ns3::keepalive::PppNetDevice::RestartTimer=1000s", cwd=self.directory)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("contradict", done.stderr)

    def test_script(self):
        (self.directory / "script").write_text("100,R1-R2,down\n250,R1-R2,up\n", encoding="utf-8")
        out = self.succeed("a", "--script=script")
        found = rows(out / "failures.csv")
        self.assertEqual([(row["began_s"], row["ended_s"], row["detected"]) for row in found],
                         [("100", "250", "1")] * 2)

    def test_help(self):
        done = run("--help", cwd=self.directory)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--interval", "--retries", "--profile", "--failure", "--config", "--fcs",
                       "--time-of-day", "--clock-rate", PROFILES[NAME][1]):
            self.assertIn(option, done.stdout)
        self.assertEqual(list(self.directory.iterdir()), [])


class CaptureTest(LabCase):
    """3: tshark as an independent judge."""

    LINK_TYPES = {"hdlc": (104, "Cisco HDLC"), "ppp": (9, "PPP")}

    def test_captures_are_clean(self):
        variants = [[], ["--failure=shutdown"], ["--failure=crash"], ["--failure=loopback"],
                    ["--bit-error-rate=1e-4"], ["--load=1.2"], ["--failure=stall"],
                    ["--profile=" + PROFILES[NAME][1]], ["--profile=linux"]]
        if NAME == "hdlc":
            variants += [["--slarp-size=14"], ["--slarp-size=18"]]
        for number, options in enumerate(variants):
            with self.subTest(options=options):
                out = self.succeed(str(number), "--pcap", "--fail-for=100", *options)
                self.assertEqual({file.name for file in out.iterdir()},
                                 ALL_FILES | {f"{NAME}-r1.pcap", f"{NAME}-r2.pcap"})
                for end in ("r1", "r2"):
                    self.check(out, end, [])

    def test_frame_check_sequences_are_correct(self):
        for bits in ("16", "32"):
            for end in ("r1", "r2"):
                with self.subTest(bits=bits, end=end):
                    out = self.succeed(bits + end, "--pcap", "--fcs=" + bits, "--capture-fcs=yes",
                                       "--bit-error-rate=1e-5")
                    self.check(out, end, ["-o", f"ppp.fcs_type:{bits}-Bit",
                                          "-o", f"chdlc.fcs_type:{bits}-Bit"])

    def check(self, out, end, preferences):
        """Have one capture judged."""
        pcap = out / f"{NAME}-{end}.pcap"
        number, encapsulation = self.LINK_TYPES[NAME]
        self.assertEqual(int.from_bytes(pcap.read_bytes()[20:24], "little"), number)
        info = subprocess.run(["capinfos", "-E", str(pcap)], capture_output=True, text=True,
                              check=True).stdout
        self.assertIn(encapsulation, info)
        code = {"hdlc": "slarp.ptype", "ppp": "ppp.code"}[NAME]
        lines = subprocess.run(
            ["tshark", "-r", str(pcap), "-o", "ip.check_checksum:TRUE", *preferences, "-T",
             "fields", "-e", "_ws.malformed", "-e", "_ws.expert.severity", "-e",
             "ip.checksum.status", "-e", "ppp.fcs.status", "-e", code],
            capture_output=True, text=True, check=True).stdout.splitlines()
        keepalives = 0
        for line in lines:
            malformed, severity, checksums, fcs, what = line.split("\t")
            self.assertEqual(malformed, "", line)
            levels = [int(level, 0) for level in severity.split(",") if level]
            self.assertLess(max(levels, default=0), 6291456, line)  # no warning, no error
            self.assertNotIn("0", checksums.split(","), line)  # 1 is good, 0 is bad
            if preferences:
                self.assertEqual(fcs, "1", line)
            keepalives += what in {"hdlc": ("2", "0x00000002"), "ppp": ("9", "0x09")}[NAME]
        # Every frame that left this end or arrived at it whole, no more and no less.
        name = end.upper()
        frames = rows(out / "frames.csv")
        seen = sum((row["from"] == name) + (row["to"] == name and row["fate"] == "arrived")
                   for row in frames)
        wanted = {"hdlc": "keepalive", "ppp": "echo-request"}[NAME]
        asked = sum((row["from"] == name) + (row["to"] == name and row["fate"] == "arrived")
                    for row in frames if row["kind"] == wanted)
        self.assertEqual(len(lines), seen)
        self.assertEqual(keepalives, asked)
        self.assertGreater(asked, 10)


class TranscriptTest(LabCase):
    """5: what routers printed, printed again."""

    def console(self, out, router):
        """The lines of a router, without its name."""
        lines = (out / "transcript.txt").read_text(encoding="utf-8").splitlines()
        return [line[4:] for line in lines if line.startswith(router + ": ")]

    def compare(self, found, published):
        """The same lines, each within half a second of its time."""
        published = published.splitlines()
        self.assertEqual([line[12:] for line in found], [line[12:] for line in published])
        for line, old in zip(found, published):
            self.assertLessEqual(abs(seconds(line[:12]) - seconds(old[:12])), 0.5, line)

    def test_hdlc(self):
        if NAME != "hdlc":
            self.skipTest("of the other program")
        out = self.succeed("a", "--failure=shutdown", "--at=r1", "--timing=measured",
                           "--first-1=9.685", "--first-2=4.929", "--time-of-day=17:21:00",
                           "--fail-at=102.225", "--fail-for=0", "--stop=150", "--traffic-rate=0")
        self.compare(self.console(out, "R1"), CISCO_R1)
        self.compare(self.console(out, "R2"), CISCO_R2)

    def test_ppp(self):
        if NAME != "ppp":
            self.skipTest("of the other program")
        # R2's 32nd request is due 1.05 s and 31 intervals of 10.24 s after the link has opened.
        start = datetime.datetime(2000, 1, 1, 17, 0, 11, 412000) - \
            datetime.timedelta(seconds=1.05 + 31 * 10.24)
        for keepalive in ("both", "r2"):
            with self.subTest(keepalive=keepalive):
                out = self.succeed(keepalive, "--failure=none", "--stop=325", "--timing=measured",
                                   "--name-1=Serial0/0/0", f"--magic-1={0x42345A4D}",
                                   f"--magic-2={0x4234E325}", "--first-2=1.05",
                                   "--keepalive=" + keepalive, "--traffic-rate=0",
                                   "--time-of-day=" + start.strftime("%H:%M:%S.%f"))
                lines = self.console(out, "R1")
                at = next(number for number, line in enumerate(lines)
                          if "I ECHOREQ [Open] id 32 " in line)
                self.compare(lines[at:at + 2], CISCO_PPP)
                asked = sum(" LCP: O ECHOREQ " in line for line in lines)
                self.assertEqual(asked > 0, keepalive == "both", "who asks")


class BadInputTest(LabCase):
    """4: one clear line, exit status 2, nothing written."""

    DEVICE = "ns3::keepalive::SerialNetDevice"
    CASES = {
        "interval out of range": (["--interval=40000"], ["--interval", "40000", "0 to 32767"]),
        "interval not whole": (["--interval=1.5"], ["--interval", "1.5", "whole", "free"]),
        "interval negative": (["--interval=-1"], ["--interval", "-1", "0 to 32767"]),
        "interval no number": (["--interval=ten"], ["interval", "ten"]),
        "interval not a number": (["--interval=nan"], ["interval", "nan"]),
        "interval of R2": (["--interval-b=-1"], ["--interval-b", "-1", "0 to 32767"]),
        "retries 0": (["--retries=0"], ["--retries", "0", "1 to 255"]),
        "retries 256": (["--retries=256"], ["--retries", "256", "1 to 255"]),
        "retries not whole": (["--retries-b=1.5"], ["--retries-b", "whole number"]),
        "unknown profile": (["--profile=x"], ["--profile", "x", "ios"]),
        "clock too slow": (["--clock-rate=1199"], ["--clock-rate", "1199", "1200"]),
        "no rate": (["--clock-rate=fast"], ["--clock-rate", "fast"]),
        "rate 0": (["--clock-rate=0"], ["--clock-rate"]),
        "first beyond the interval": (["--first-1=10"], ["--first-1", "10", "less than"]),
        "first negative": (["--first-2=-1"], ["--first-2", "-1"]),
        "no keepalive to be first": (["--first-1=1", "--interval=0"], ["--first-1", "less than"]),
        "time of day too late": (["--time-of-day=24:00:00"],
                                 ["--time-of-day", "24:00:00", "23:59:59.999"]),
        "no time of day": (["--time-of-day=noon"], ["--time-of-day", "noon", "23:59:59.999"]),
        "seconds beyond 60": (["--time-of-day=10:00:60"], ["--time-of-day", "10:00:60"]),
        "time with a tail": (["--time-of-day=10:00:00x"], ["--time-of-day", "10:00:00x"]),
        "time without seconds": (["--time-of-day=10:00"], ["--time-of-day=10:00:"]),
        "unknown option": (["--intervall=5"], ["--intervall=5"]),
        "abbreviated option": (["--interv=5"], ["--interv=5"]),
        "stray word": (["five"], ["five"]),
        "given twice": (["--interval=5", "--interval=6"], ["interval"]),
        "unknown failure": (["--failure=fire"], ["--failure", "fire", "silent"]),
        "unknown place": (["--at=r3"], ["--at", "r3", "r1"]),
        "unknown FCS": (["--fcs=8"], ["--fcs", "8", "16"]),
        "unknown keepalive": (["--keepalive=yes"], ["--keepalive", "yes", "both"]),
        "unknown timing": (["--timing=good"], ["--timing", "good", "measured"]),
        "probability above 1": (["--loss=1.5"], ["--loss", "1.5", "0 to 1"]),
        "bit errors above a half": (["--bit-error-rate=0.6"], ["--bit-error-rate", "0.6", "0.5"]),
        "delay negative": (["--line-delay=-1"], ["--line-delay", "-1", "0 to 1000"]),
        "queue 0": (["--queue=0"], ["--queue", "0", "1 to"]),
        "load negative": (["--load=-1"], ["--load", "-1", "0 to 100"]),
        "packets too big": (["--traffic-packet-size=1500"], ["--traffic-packet-size", "1400"]),
        "failures 0": (["--failures=0"], ["--failures", "0", "1 to"]),
        "hold time 0": (["--hold-time=0"], ["--hold-time", "0"]),
        "unreadable INI": (["--config=nosuch.ini"], ["nosuch.ini"]),
        "directory as INI": (["--config=."], ["--config"]),
        "script missing": (["--script=nosuch"], ["--script", "nosuch"]),
        "script without file": (["--schedule=script"], ["--script"]),
        "flapping for ever": (["--schedule=flapping", "--fail-for=0"], ["--fail-for=0"]),
        "run too long": (["--profile=free", "--interval=1e9", "--interval-b=999999999",
                          "--failures=2"], ["longer than ns-3 can count"]),
        "process too long": (["--schedule=process", "--mtbf=1e9"], ["longer than ns-3 can count"]),
        "ns-3 attribute unknown": ([f"--{DEVICE}::Nosuch=1"], ["Nosuch"]),
        "ns-3 attribute out of range": ([f"--{DEVICE}::Mtu=1"], ["Mtu"]),
        "ns-3 attribute no number": ([f"--{DEVICE}::Mtu=x"], ["Mtu"]),
        "ns-3 global bad": (["--RngRun=x"], ["RngRun"]),
    }
    OWN_CASES = {
        "hdlc": {
            "nokia with 1 retry": (["--profile=nokia", "--retries=1"],
                                   ["1 retry", "nokia", "2 or more"]),
            "nokia with 1 retry at R2": (["--profile=nokia", "--retries-b=1"],
                                         ["1 retry", "nokia", "2 or more"]),
            "nokia out of range": (["--profile=nokia", "--interval=301"],
                                   ["--interval", "301", "0 to 300"]),
            "up-count 0": (["--up-count=0"], ["--up-count", "0", "1 to 255"]),
            "SLARP of 16 bytes": (["--slarp-size=16"], ["--slarp-size", "16", "14"]),
            "option of PPP": (["--magic-1=5"], ["--magic-1=5"]),
        },
        "ppp": {
            "profile of HDLC": (["--profile=nokia"], ["--profile", "nokia", "pppd"]),
            "magic out of range": (["--magic-1=4294967296"], ["--magic-1", "4294967295"]),
            "magic negative": (["--magic-2=-1"], ["--magic-2", "-1"]),
            "option of HDLC": (["--slarp-size=20"], ["--slarp-size=20"]),
        },
    }

    def test_options(self):
        for name, (options, words) in {**self.CASES, **self.OWN_CASES[NAME]}.items():
            with self.subTest(name):
                self.refuse(options, words)

    def test_ini(self):
        for text, word in (("interval=40000\n", "32767"), ("nosuch=1\n", "nosuch"),
                           ("interval\n", "bad.ini"), ("clock-rate=1199\n", "1200")):
            with self.subTest(text):
                (self.directory / "bad.ini").write_text(text, encoding="utf-8")
                self.refuse(["--config=bad.ini"], [word])

    def test_script(self):
        for text, word in (("10,R9,down\n", "R9"), ("10,R1-R2,sideways\n", "sideways"),
                           ("x,R1-R2,down\n", "line 1"), ("#\n\n-1,R1-R2,down\n", "line 3"),
                           ("1e300,R1-R2,down\n", "line 1")):
            with self.subTest(text):
                (self.directory / "script").write_text(text, encoding="utf-8")
                self.refuse(["--script=script"], [word])

    def test_nothing_is_overwritten(self):
        self.check_nothing_is_overwritten()


if __name__ == "__main__":
    NAME = sys.argv.pop(2)
    main()
