#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The module's PPP against a real one, in real time: Debian's slirp, on a pseudo-terminal.

Usage: ppp-peer-test.py PROGRAM

slirp asks every second whether its peer is alive, and terminates the link after three questions
without an answer: it is a judge of what the module sends, and of when.

1. LCP opens, IPCP as well.
2. slirp's Echo-Requests are answered: it keeps the link for more than ten seconds.
3. slirp answers ours.
4. Stopped with SIGSTOP, it is found dead between R*T and (R+1)*T later; continued with SIGCONT, it
   negotiates anew. Under each of three rules.
5. tshark finds no malformed frame and no wrong frame check sequence.
6. It is slirp that finds the module dead if that is stopped.
7. A peer that ends, or never was, does no harm; so with a terminal that exists already.
8. Bad input gives one line, exit status 2, and leaves nothing behind.

Nothing here is timed more narrowly than half a second, and no network or privilege is needed. If
there is no slirp, or no pseudo-terminal to be had, the exit status is 77: skipped.
"""

import concurrent.futures
import csv
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tty
import unittest

PROGRAM = ""
SLIRP = "slirp-fullbolt"
SKIPPED = 77
INTERVAL = 1
RETRIES = 3
TOLERANCE = 0.5  # of a slow machine, seconds
STOP_AT = {"ios": 14.3, "pppd": 5.6, "linux": 5.8}
STOPPED_FOR = 6
# From SIGCONT to the end. A link that was terminated takes longer: slirp hears nothing for 3 s then.
REST = {"ios": 4, "pppd": 12, "linux": 12}
CAUSES = {"ios": "keepalive-unanswered", "pppd": "keepalive-unanswered",
          "linux": "hold-time-expired"}


def run(*options, cwd=None):
    """Run the program; return its completed process."""
    return subprocess.run([PROGRAM, *options], capture_output=True, text=True, cwd=cwd,
                          timeout=120, check=False)


def rows(path):
    """Read a CSV file as a list of dictionaries."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def stop_and_resume(profile, out):
    """One run in which slirp is stopped for a while."""
    stop_at = STOP_AT[profile]
    return run("--out", str(out), f"--profile={profile}", f"--interval={INTERVAL}",
               f"--retries={RETRIES}", f"--stop-peer-at={stop_at}",
               f"--resume-peer-after={STOPPED_FOR}", f"--duration={stop_at + STOPPED_FOR + REST[profile]}",
               f"--tolerance={TOLERANCE}", "--pcap")


class TemporaryDirectoryCase(unittest.TestCase):
    """A test with a directory of its own."""

    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.directory = pathlib.Path(self._temporary.name)
        self.addCleanup(self._temporary.cleanup)


class StopTest(unittest.TestCase):
    """1 to 5: all runs at the same time, since they mostly wait."""

    @classmethod
    def setUpClass(cls):
        # pylint: disable-next=consider-using-with
        cls._temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls._temporary.cleanup)
        cls.directory = pathlib.Path(cls._temporary.name)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            cls.done = dict(zip(STOP_AT, pool.map(
                lambda profile: stop_and_resume(profile, cls.directory / profile), STOP_AT)))

    def events(self, profile, *names):
        """The times of R1's events of some kinds."""
        return [float(row["time_s"]) for row in rows(self.directory / profile / "events.csv")
                if row["source"] == "R1" and row["event"] in names]

    def transcript(self, profile):
        """The transcript up to the moment when slirp is stopped, and from then on."""
        text = (self.directory / profile / "transcript.txt").read_text(encoding="utf-8")
        before, stopped, after = text.partition("peer fails (sigstop)")
        self.assertTrue(stopped, text)
        return before, after

    def test_0_runs_agree_with_the_law(self):
        for profile, done in self.done.items():
            self.assertEqual((done.returncode, done.stderr), (0, ""), profile + done.stdout)

    def test_1_opens(self):
        for profile, stop_at in STOP_AT.items():
            with self.subTest(profile):
                before, _ = self.transcript(profile)
                self.assertIn("LCP: State is Open", before)
                self.assertIn("IPCP: State is Open", before)
                ups = self.events(profile, "line-up")
                self.assertTrue(ups and ups[0] < stop_at - 3, ups)

    def test_2_slirp_is_answered(self):
        before, _ = self.transcript("ios")
        self.assertGreater(STOP_AT["ios"] - self.events("ios", "line-up")[0], 10)
        asked = re.findall(r"I ECHOREQ \[Open\] id (\d+)", before)
        answered = re.findall(r"O ECHOREP \[Open\] id (\d+)", before)
        self.assertGreaterEqual(len(asked), 10)
        self.assertEqual(asked, answered)
        # slirp's own view: three without an answer, and it would have sent one of these.
        self.assertNotIn("TERMREQ", before)

    def test_3_slirp_answers(self):
        for profile, stop_at in STOP_AT.items():
            with self.subTest(profile):
                sent = [at for at in self.events(profile, "keepalive-tx") if at < stop_at]
                heard = [at for at in self.events(profile, "keepalive-rx") if at < stop_at]
                self.assertGreaterEqual(len(sent), 3)
                # The last one may be under way.
                self.assertLessEqual(len(sent) - len(heard), 1, (sent, heard))

    def test_4_dead_and_alive_again(self):
        for profile, stop_at in STOP_AT.items():
            with self.subTest(profile):
                found, = rows(self.directory / profile / "failures.csv")
                self.assertEqual((found["kind"], found["end"], found["detected"], found["cause"]),
                                 ("sigstop", "R1", "1", CAUSES[profile]))
                self.assertGreaterEqual(float(found["detection_time_s"]),
                                        RETRIES * INTERVAL - TOLERANCE)
                self.assertLessEqual(float(found["detection_time_s"]),
                                     (RETRIES + 1) * INTERVAL + TOLERANCE)
                self.assertEqual(float(found["began_s"]), stop_at)
                heard = self.events(profile, "keepalive-rx")
                self.assertFalse([at for at in heard if stop_at + TOLERANCE < at
                                  < stop_at + STOPPED_FOR], "it is silent while stopped")
                _, after = self.transcript(profile)
                self.assertIn("LCP: State is Open", after.partition("peer is repaired")[2])
                self.assertGreater(float(found["recovered_at_s"]), stop_at + STOPPED_FOR)
                self.assertTrue([at for at in heard if at > float(found["recovered_at_s"])])

    def test_5_captures_are_clean(self):
        if not shutil.which("tshark"):
            self.skipTest("tshark is not installed")
        for profile in STOP_AT:
            pcap = self.directory / profile / "ppp-peer.pcap"
            lines = subprocess.run(
                ["tshark", "-r", str(pcap), "-o", "ppp.fcs_type:16-Bit", "-T", "fields",
                 "-e", "_ws.malformed", "-e", "_ws.expert.severity", "-e", "ppp.fcs.status",
                 "-e", "ppp.address"],
                capture_output=True, text=True, check=True).stdout.splitlines()
            self.assertGreater(len(lines), 30, "frames")
            for line in lines:
                malformed, severity, status, address = line.split("\t")
                levels = [int(level) for level in severity.split(",") if level]
                self.assertLess(max(levels, default=0), 6291456, line)  # no warning, no error
                self.assertEqual((malformed, status, address), ("", "1", "0xff"), line)


class PeerTest(TemporaryDirectoryCase):
    """6 and 7: peers that are otherwise."""

    def test_slirp_finds_us_dead(self):
        with subprocess.Popen([PROGRAM, "--out=out", "--interval=0", "--stop-peer-at=0",
                               "--duration=11", "--quiet"], cwd=self.directory) as process:
            transcript = self.directory / "out" / "transcript.txt"
            time.sleep(3)
            process.send_signal(signal.SIGSTOP)
            time.sleep(6)
            process.send_signal(signal.SIGCONT)
            self.assertEqual(process.wait(60), 0)
        text = transcript.read_text(encoding="utf-8")
        before, request, _ = text.partition("LCP: I TERMREQ [Open]")
        self.assertTrue(request, text)
        self.assertIn("I ECHOREQ [Open] id 1 ", before)

    def test_peer_that_ends(self):
        done = run("--out=out", f"--command=timeout -s KILL 2 {SLIRP} ppp nozeros -vj",
                   "--interval=1", "--retries=2", "--stop-peer-at=0", "--duration=6",
                   cwd=self.directory)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the peer hung up", done.stdout)
        self.assertIn("the peer ended, with status", done.stderr)
        changes = [(row["event"], row["detail"])
                   for row in rows(self.directory / "out" / "events.csv")
                   if row["source"] == "R1" and row["event"].startswith("line-")]
        self.assertEqual(changes, [("line-up", "lcp-opened"),
                                   ("line-down", "keepalive-unanswered")])

    def test_no_peer(self):
        for command, status in (("/no/such/command", "127"), ("true", "0"), ("cat", None)):
            with self.subTest(command):
                done = run("--out", command.strip("/").replace("/", "-"), "--command", command,
                           "--duration=1", "--stop-peer-at=0.5", cwd=self.directory)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("LCP never opened", done.stderr)
                if status:
                    self.assertIn("ended, with status " + status, done.stderr)

    def test_terminal_that_exists(self):
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        with subprocess.Popen([SLIRP, "ppp", "nozeros", "-vj"], stdin=ours, stdout=ours,
                              stderr=subprocess.DEVNULL, start_new_session=True) as slirp:
            done = run("--out=out", "--tty", os.ttyname(theirs), "--interval=1", "--duration=4",
                       cwd=self.directory)
            slirp.kill()
        os.close(ours)
        os.close(theirs)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertIn("I ECHOREP [Open]", done.stdout)


class BadInputTest(TemporaryDirectoryCase):
    """8: one clear line, exit status 2, nothing written."""

    CASES = {
        "profile": (["--profile=juniper"], ["--profile", "ios"]),
        "interval": (["--interval=-1"], ["--interval", "32767"]),
        "retries": (["--retries=0"], ["--retries", "1 to 255"]),
        "rate": (["--clock-rate=300b/s"], ["--clock-rate", "1200b/s"]),
        "duration": (["--duration=0"], ["--duration"]),
        "no command": (["--command= "], ["--command"]),
        "command and terminal": (["--tty=/dev/null", "--command=cat"], ["--command", "--tty"]),
        "stop what is not ours": (["--tty=/dev/null", "--stop-peer-at=3"], ["--stop-peer-at"]),
        "address": (["--local-address=10.0.0"], ["--local-address"]),
        "unknown": (["--nosuch=1"], ["--nosuch"]),
        "ns-3 attribute": (["--ns3::keepalive::TtyBridgeDevice::PollInterval=0s"],
                           ["PollInterval"]),
    }

    def test_options(self):
        for name, (options, words) in self.CASES.items():
            with self.subTest(name):
                done = run("--out=out", *options, cwd=self.directory)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                for word in words:
                    self.assertIn(word, done.stderr)
                self.assertEqual(list(self.directory.iterdir()), [], "nothing written")

    def test_no_terminal(self):
        for path in ("/dev/null", "/no/such/tty"):
            done = run("--out=out", "--tty", path, cwd=self.directory)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(path, done.stderr)
            shutil.rmtree(self.directory / "out")


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    if not shutil.which(SLIRP):
        print(f"{SLIRP} is not installed (Debian package slirp): skipped")
        sys.exit(SKIPPED)
    try:
        for descriptor in os.openpty():
            os.close(descriptor)
    except OSError as error:
        print(f"no pseudo-terminal can be opened: {error}: skipped")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
