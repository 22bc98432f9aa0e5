# SPDX-License-Identifier: GPL-2.0-only
"""Makes up the results of a sweep: a database as keepalive-sweep writes it, with rows that chance
makes up from a fixed seed, and what is known of them because they were made up."""

import json
import sqlite3

import numpy as np

SECOND = 10**9
TABLES = {
    "meta": "key TEXT PRIMARY KEY, value TEXT",
    "point": "point INTEGER PRIMARY KEY, mechanism TEXT, factors TEXT",
    '"end"': 'point INTEGER, "end" INTEGER, name TEXT, mechanism TEXT, interval_s REAL, '
             "retries INTEGER, rule TEXT, law_lower_s REAL, law_mean_s REAL, law_upper_s REAL, "
             "law_shape TEXT, slack_s REAL, law_mistake_rate REAL, "
             'PRIMARY KEY(point, "end")',
    "run": "run INTEGER PRIMARY KEY, point INTEGER, replication INTEGER, rng_run INTEGER, "
           "duration_ns INTEGER, events INTEGER",
    "observation": 'run INTEGER, "end" INTEGER, observed_ns INTEGER, mistaken_ns INTEGER, '
                   'keepalives INTEGER, keepalive_bytes INTEGER, PRIMARY KEY(run, "end")',
    "detection": 'run INTEGER, "end" INTEGER, number INTEGER, kind TEXT, own INTEGER, '
                 "outage INTEGER, began_ns INTEGER, ended_ns INTEGER, detected_ns INTEGER, "
                 'cause TEXT, recovered_ns INTEGER, PRIMARY KEY(run, "end", number)',
    "mistake": 'run INTEGER, "end" INTEGER, number INTEGER, suspected_ns INTEGER, '
               "trusted_ns INTEGER, since_previous_ns INTEGER, cause TEXT, "
               'PRIMARY KEY(run, "end", number)',
    "cost": "run INTEGER PRIMARY KEY, wall_ns INTEGER, worker INTEGER, version TEXT",
}


# Lower, mean and upper bound, and shape.
LAWS = [(0.5, 4.5, 8.5, "uniform"), (None, None, None, None), (1.0, 4.4, float("inf"), "other"),
        (0.0, 4.4, 9.0, "triangular")]


class Sweep:
    """A database being made. Points are (mechanism, {factor: level}); ends are described as
    keyword arguments of add_end."""

    def __init__(self, directory, factors, points, config=""):
        self.file = directory / "results.sqlite"
        directory.mkdir(parents=True)
        self.points = points
        self.database = sqlite3.connect(self.file)
        for name, columns in TABLES.items():
            self.database.execute(f"CREATE TABLE {name}({columns})")
        plan = {"format": 1, "factors": factors, "common": [], "ns3": [], "firstRun": 1,
                "points": [{"mechanism": mechanism, "factors": list(map(list, levels.items()))}
                           for mechanism, levels in points],
                "replications": 1000,
                "stopping": {"precision": 0, "metric": "detection", "least": 30, "most": 10000}}
        for key, value in (("schema", "1"), ("plan", json.dumps(plan)), ("config", config),
                           ("git_commit", "0" * 40), ("seed", "1")):
            self.insert("meta", key, value)
        for number, (mechanism, levels) in enumerate(points):
            self.insert("point", number, mechanism, json.dumps(levels))

    def insert(self, table, *values):
        """Insert a row."""
        marks = ",".join("?" * len(values))
        self.database.execute(f"INSERT INTO {table} VALUES({marks})", values)

    def add_end(self, point, end, name, law=(None,) * 4, slack=0.0, rate=None, interval=1.0,
                retries=3):
        """What is known of an end; law is lower, mean and upper bound and shape."""
        self.insert('"end"', point, end, name, self.points[point][0], interval, retries, "free",
                    *law, slack, rate)

    def add_run(self, point, replication, duration):
        """A run; returns its index."""
        run = replication * len(self.points) + point
        self.insert("run", run, point, replication, replication + 1, duration, 1000 + run)
        self.insert("cost", run, 1, 0, "0")
        return run

    def add_failure(self, run, end, times, number=0):
        """The only failure of a run, at its end: times of failure and detection, the latter None
        if it was never noticed. Observed until then."""
        began, detected = times
        self.insert("detection", run, end, number, "silent", 0, 1, began, None, detected,
                    "missed-replies" if detected else "", None)

    def close(self):
        """Write it down."""
        self.database.commit()
        self.database.close()


class EndOfRun:
    """One end in one run, made up: outages, periods of observation, mistakes. A session is observed
    only once it has trusted its peer. Detection times are whole ticks, so that there are ties."""

    TICK = SECOND // 10

    def __init__(self, random, duration, session, rate):
        self.random = random
        self.duration = duration
        self.detections = []
        self.mistakes = []
        self.periods = []
        now = int(random.integers(1, 3 * SECOND)) if session else 0
        for number in range(int(random.integers(0, 4))):
            now = self._add_failure(number, now)
            if now is None:
                break
        if now is not None:
            self.periods.append((now, duration))
        for begin, end in self.periods:
            self._add_mistakes(begin, end, rate)
        self.observed = sum(end - begin for begin, end in self.periods)

    def _add_failure(self, number, now):
        """One failure; returns when observation goes on, or None."""
        random = self.random
        began = now + int(random.integers(1, 60 * SECOND))
        if began >= self.duration:
            return now
        kind = random.choice(["silent", "silent", "silent", "crash", "delay-step"])
        if kind == "delay-step":
            self._add_row(number, kind, began, ended=began + 1, outage=0)
            return now
        self.periods.append((now, began))
        ended = began + int(random.integers(5 * SECOND, 10 * SECOND))
        if ended >= self.duration or random.random() < 0.2:
            ended = None
        comes_back = ended if random.random() < 0.8 else None
        if kind == "crash":
            recovered = self._at(comes_back and comes_back + SECOND)
            self._add_row(number, kind, began, ended, "node-crashed", own=1, recovered=recovered)
            return recovered
        time = 0 if random.random() < 0.05 else int(random.integers(1, 90)) * self.TICK
        detected = began + time if began + time < (ended or self.duration) else None
        recovered = self._at(comes_back and comes_back + int(random.integers(0, SECOND)))
        if detected is None:
            self._add_row(number, kind, began, ended)
            return ended
        self._add_row(number, kind, began, ended, "missed-replies", detected, recovered=recovered)
        return recovered

    def _at(self, time):
        """A time, unless the run is over by then."""
        return time if time and time < self.duration else None

    def _add_row(self, number, kind, began, ended=None, cause="", detected=None, own=0, outage=1,
                 recovered=None):
        self.detections.append((number, kind, own, outage, began, ended, detected, cause,
                                recovered))

    def _add_mistakes(self, begin, end, rate):
        """The mistakes of a period."""
        now, previous = begin, None
        while rate:
            suspected = now + 1 + int(self.random.exponential(1 / rate) * SECOND)
            if suspected >= end:
                break
            trusted = suspected + 1 + int(self.random.exponential(1) * SECOND)
            self.mistakes.append((suspected, trusted if trusted < end else None,
                                  None if previous is None else suspected - previous,
                                  min(trusted, end) - suspected))
            now, previous = trusted, suspected

    @property
    def first_mistake(self):
        """Nanoseconds from the first trust to the first outage, and to the first mistake before it
        or None. None if nothing was observed."""
        begin, end = self.periods[0]
        if begin == end:
            return None
        times = [mistake[0] - begin for mistake in self.mistakes if mistake[0] <= end]
        return end - begin, min(times, default=None)

    def insert(self, sweep, run, end):
        """Insert its rows."""
        keepalives = int(self.random.integers(0, 1000))
        mistaken = sum(mistake[3] for mistake in self.mistakes)
        sweep.insert("observation", run, end, self.observed, mistaken, keepalives, keepalives * 48)
        for row in self.detections:
            sweep.insert("detection", run, end, *row)
        for number, (suspected, trusted, since, _) in enumerate(self.mistakes):
            sweep.insert("mistake", run, end, number, suspected, trusted, since, "missed-replies")


def make(directory, replications=40, seed=1):
    """A whole sweep; returns what is known of it: {(run, end): EndOfRun}."""
    random = np.random.default_rng(seed)
    points = [("gre", {"interval": interval, "retries": retries, "loss": loss})
              for interval in ("1", "2") for retries in ("2", "3") for loss in ("0", "0.1", "0.2")]
    points += [("nat", {"interval": interval, "loss": loss})
               for interval in ("1", "2") for loss in ("0", "0.1")]
    sweep = Sweep(directory, ["interval", "retries", "loss"], points,
                  "promise-detect = 8.5\npromise-mistakes = 1e6\n# quiet = 0\nRngRun=3\n")
    truth = {}
    for point, (mechanism, levels) in enumerate(points):
        names = ("R1", "R2") if mechanism == "gre" else ("R1", "binding")
        rate = float(levels["loss"]) / 2
        for end, name in enumerate(names):
            law = LAWS[(point + end) % len(LAWS)]
            sweep.add_end(point, end, name, law, 0.1 * end, [None, rate, rate * 2][point % 3],
                          float(levels["interval"]), int(levels.get("retries", 0)))
        for replication in range(replications):
            if replication % 7 == 3 and point == 5:
                continue  # as if the sweep were not complete
            duration = int(random.integers(60 * SECOND, 200 * SECOND))
            run = sweep.add_run(point, replication, duration)
            for end, name in enumerate(names):
                made = EndOfRun(random, duration, name == "binding", rate)
                made.insert(sweep, run, end)
                truth[run, end] = made
    sweep.close()
    return truth
