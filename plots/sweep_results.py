# SPDX-License-Identifier: GPL-2.0-only
"""Strict loader of what `keepalive-sweep export` writes: a directory of CSV files.

A case is one end at one point of the plan. Rows are converted as they are read, and of the large
files only the columns that are drawn are kept: a sweep may have hundreds of thousands of runs.
"""

import csv
import json
import math
from pathlib import Path

import results

results.require("numpy")

import numpy as np
from results import count, each, one_of, optional, word


def _text(cell):
    return cell


def _number(cell):
    """A number; NaN for none, as it stands in no picture. Infinite is a number here."""
    if not cell:
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise ValueError("is not a number")
    return value


SHAPES = ("", *results.SHAPES)
FLAGS = ("", "ok", "outside")
KINDS = ("detection", "first-mistake")
VERDICTS = ("", "0", "1", "no", "yes")

# Column -> conversion. What varies stands between mechanism and end, or after mechanism.
POINTS = {
    **each(count, "point end runs failures detected censored outside mistakes"),
    **each(word, "mechanism end_name"),
    **each(_text, "rule"),
    **each(optional(count), "retries"),
    **each(
        _number,
        "interval_s td_mean_s td_sd_s td_ci_low_s td_ci_high_s td_min_s td_median_s td_p90_s"
        " td_p95_s td_p99_s td_max_s law_lower_s law_mean_s law_upper_s law_p observed_s"
        " mistakes_per_day mistakes_per_day_low mistakes_per_day_high tmr_mean_s tmr_ci_low_s"
        " tmr_ci_high_s tm_mean_s tm_ci_low_s tm_ci_high_s query_accuracy law_mistakes_per_day"
        " mistakes_p keepalives_per_s keepalive_bits_per_s",
    ),
    **each(one_of(SHAPES), "law_shape"),
    **each(one_of(FLAGS), "law_flag mistakes_flag"),
}
DETECTIONS = {
    **each(count, "run point replication end failure"),
    **each(word, "end_name"),
    **each(_text, "kind cause"),
    **each(_number, "t_d_s watched_s recovery_s"),
}
SURVIVAL = {
    **each(count, "point end at_risk"),
    **each(word, "end_name"),
    **each(one_of(KINDS), "kind"),
    **each(_number, "t_s survival low high"),
}
DIFFERENCES = {
    **each(word, "factor end_name"),
    **each(_text, "level base"),
    **each(count, "point base_point end pairs"),
    **each(
        _number, "difference_s ci_low_s ci_high_s sd_paired_s sd_unpaired_s correlation"
    ),
}
PROMISE = {
    **each(word, "mechanism"),
    **each(
        _number,
        "worst_detection_s p99_s mistakes_per_year mistakes_per_year_high overhead_bits_per_s",
    ),
    **each(one_of(VERDICTS), "detects mistakes_ok overhead_ok kept"),
}


def _refuse(path, problem):
    raise results.InputError(f"{path}: {problem}")


def _header(path, names, schema, factors_after):
    """The columns with what varies told apart: ("factor", name) against ("", name)."""
    first, last = ("mechanism", factors_after) if factors_after else (None, None)
    columns, inside = [], False
    for name in names:
        inside = inside and name != last
        columns.append(("factor" if inside else "", name))
        inside = inside or name == first
    plain = [name for kind, name in columns if not kind]
    for problem, wrong in (
        ("missing", [name for name in schema if name not in plain]),
        ("unknown", [name for name in plain if name not in schema]),
        ("repeated", sorted({name for kind, name in columns if columns.count((kind, name)) > 1})),
    ):
        if wrong:
            _refuse(path, f"{problem} column: {', '.join(map(repr, wrong))}")
    return columns


def rows(path, schema, wanted=None, factors_until=None):
    """Yield the cells of every row as a dictionary, those of factors under "factors"."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            columns = _header(path, next(reader, []), schema, factors_until)
            kept = [
                (place, kind, name, _text if kind else schema[name])
                for place, (kind, name) in enumerate(columns)
                if kind or wanted is None or name in wanted
            ]
            for cells in reader:
                if len(cells) != len(columns):
                    told = f"{len(cells)} cells under {len(columns)} columns"
                    _refuse(f"{path}:{reader.line_num}", told)
                yield _row(f"{path}:{reader.line_num}", cells, kept)
    except OSError as error:
        raise results.InputError(f"{path}: {error.strerror}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise results.InputError(f"{path}: not a CSV file in UTF-8: {error}") from error


def _row(where, cells, kept):
    row, factors = {}, {}
    for place, kind, name, convert in kept:
        try:
            (factors if kind else row)[name] = convert(cells[place])
        except ValueError as error:
            raise results.InputError(f"{where}: {name} = {cells[place]!r} {error}") from error
    row["factors"] = factors
    return row


class Case:
    """One end at one point: its levels, by the name of the factor, and its row of points.csv."""

    def __init__(self, row):
        self.row = row
        self.levels = {"mechanism": row["mechanism"], **row["factors"]}
        self.key = row["point"], row["end"]

    def __getitem__(self, column):
        return self.row[column]

    def has(self, *columns):
        """Whether these cells hold finite numbers."""
        return all(math.isfinite(self.row[column]) for column in columns)


def order(levels):
    """Levels as they are told: numbers by their size, words as they came; none comes last."""
    levels = list(dict.fromkeys(levels))
    try:
        return sorted(levels, key=lambda level: float(level) if level else math.inf)
    except ValueError:
        return sorted(levels, key=lambda level: not level)


def crossed(cases):
    """Whether interval and retries were combined freely, rather than given in pairs."""
    grid = {}
    for case in cases:
        pair = case.levels.get("interval", ""), case.levels.get("retries", "")
        grid.setdefault(case.levels["mechanism"], set()).add(pair)
    for pairs in grid.values():
        intervals, retries = ({pair[side] for pair in pairs} for side in (0, 1))
        if len(pairs) < len(intervals) * len(retries):
            return False
    return True


class Study:
    """All of an export that is drawn."""

    def __init__(self, directory, only=(), end=None):
        self.directory = Path(directory)
        if not self.directory.is_dir():
            _refuse(directory, "no such directory")
        path = self.directory / "points.csv"
        self.all_cases = [Case(row) for row in rows(path, POINTS, factors_until="end")]
        if not self.all_cases:
            _refuse(path, "no point")
        keys = [case.key for case in self.all_cases]
        if len(set(keys)) < len(keys):
            point, number = next(key for key in keys if keys.count(key) > 1)
            _refuse(path, f"point {point}, end {number} is there twice")
        self.factor_names = list(self.all_cases[0].levels)
        self.only = dict(only)
        for name, level in self.only.items():
            self._keep_only(name, level)
        self.cases = [case for case in self.all_cases if self._is_drawn(case, end)]
        if not self.cases:
            _refuse(path, f"no end {end!r}")
        if not crossed(self.all_cases):
            # Pairs are levels of one factor more, in place of the two.
            for case in self.all_cases:
                interval, retries = (case.levels[name] for name in ("interval", "retries"))
                case.levels["timers"] = f"{interval} s × {retries}"
        self.factors = {
            name: order(case.levels[name] for case in self.all_cases) for name in self.factor_names
        }
        self.detections = self._detections()
        self.survival = self._survival()
        self.differences = self._small("differences", DIFFERENCES)
        self.promise = self._small("promise", PROMISE, "worst_detection_s")
        self.meta = self._meta()
        self.config = self._text("config.ini")

    def _keep_only(self, name, level):
        """Leave out all points with another level; those without the factor stay."""
        if name not in self.factor_names:
            known = ", ".join(self.factor_names)
            raise results.InputError(f"--only {name}={level}: {name!r} is none of {known}")
        known = order(case.levels[name] for case in self.all_cases)
        if level not in known:
            raise results.InputError(
                f"--only {name}={level}: {level!r} is none of {', '.join(filter(None, known))}"
            )
        self.all_cases = [case for case in self.all_cases if case.levels[name] in (level, "")]

    def _is_drawn(self, case, end):
        """One end of every mechanism: that asked for, or the first that noticed anything."""
        if end is not None:
            return case["end_name"] == end
        same = [other for other in self.all_cases if other["mechanism"] == case["mechanism"]]
        # An end may have no failure to notice, as it fails itself, or no means to notice any.
        for column in ("detected", "failures", "runs"):
            candidates = [other["end"] for other in same if other[column]]
            if candidates:
                return case["end"] == min(candidates)
        return case["end"] == 0

    def _detections(self):
        """Of every case: sorted detection times, how many failures, how long they were watched."""
        times, counts, longest = {}, {}, {}
        wanted = ("point", "end", "t_d_s", "watched_s")
        for row in rows(self.directory / "detections.csv", DETECTIONS, wanted):
            key = row["point"], row["end"]
            counts[key] = counts.get(key, 0) + 1
            longest[key] = max(longest.get(key, 0.0), row["watched_s"])
            if not math.isnan(row["t_d_s"]):
                times.setdefault(key, []).append(row["t_d_s"])
        for case in self.all_cases:
            told = case["detected"], case["failures"]
            if (len(times.get(case.key, ())), counts.get(case.key, 0)) != told:
                point, end = case.key
                where = f"point {point}, end {end}"
                _refuse(self.directory, f"points.csv and detections.csv contradict: {where}")
        return {key: (np.sort(times.get(key, [])), counts[key], longest[key]) for key in counts}

    def _survival(self):
        """Columns t_s, survival, low and high of every case and kind."""
        curves = {}
        columns = ("t_s", "survival", "low", "high")
        wanted = ("point", "end", "kind", *columns)
        for row in rows(self.directory / "survival.csv", SURVIVAL, wanted):
            curve = curves.setdefault((row["point"], row["end"], row["kind"]), [])
            curve.append([row[column] for column in columns])
        return {key: np.array(curve) for key, curve in curves.items()}

    def _small(self, name, schema, factors_until=None):
        """All rows of a file that need not be there."""
        path = self.directory / f"{name}.csv"
        if not path.exists():
            return []
        return list(rows(path, schema, factors_until=factors_until))

    def _meta(self):
        path = self.directory / "meta.json"
        try:
            meta = json.loads(self._text(path.name))
        except ValueError as error:
            raise results.InputError(f"{path}: not JSON: {error}") from error
        if not isinstance(meta, dict):
            _refuse(path, "not an object")
        return meta

    def _text(self, name):
        path = self.directory / name
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise results.InputError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise results.InputError(f"{path}: not in UTF-8: {error}") from error
