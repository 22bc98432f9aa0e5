# SPDX-License-Identifier: GPL-2.0-only
"""Strict loader of the CSV files that one run leaves in its directory.

Every file has a fixed schema. A missing file, an unknown or missing column or a cell of the wrong
type is an InputError that says where; entry() turns it into one line on stderr and exit status 2.
Needs nothing but the standard library.
"""

import argparse
import csv
import importlib.util
import math
import sys
from pathlib import Path


class InputError(Exception):
    """What the user gave cannot be used; the message is one line."""


class _Parser(argparse.ArgumentParser):
    """Argument parser whose errors are one line, too."""

    def error(self, message):
        raise InputError(message)


def parser(description):
    """A parser that prints the description, the docstring of a script, as it stands."""
    return _Parser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def require(*modules):
    """End with one clear line, not a traceback, if this interpreter lacks a module."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        _complain(f"{sys.executable} has no module {', '.join(missing)}")
        sys.exit(2)


def entry(main):
    """Run main() of a script and end with its exit status, or with one line and 2."""
    try:
        sys.exit(main())
    except (InputError, OSError) as error:
        _complain(error)
        sys.exit(2)


def _complain(message):
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr)


# ---- conversions of cells, each raising a ValueError that says what is wrong ----


def word(cell):
    if not cell:
        raise ValueError("must not be empty")
    return cell


def _number(cell):
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError("is not a finite number")
    return value


def count(cell):
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError("is not a count")
    return int(cell)


def _flag(cell):
    if cell not in ("0", "1"):
        raise ValueError("is neither 0 nor 1")
    return cell == "1"


def optional(convert):
    return lambda cell: convert(cell) if cell else None


def one_of(words):
    def convert(cell):
        if cell not in words:
            raise ValueError(f"is none of {', '.join(map(repr, words))}")
        return cell

    return convert


EVENTS = (
    "keepalive-tx",
    "keepalive-rx",
    "line-down",
    "line-up",
    "failure-begin",
    "failure-end",
    "drop",
)


# How detection times are distributed between the bounds of their closed form.
SHAPES = ("uniform", "triangular", "other")


def _share(cell):
    value = _number(cell)
    if not 0 <= value <= 1:
        raise ValueError("is not between 0 and 1")
    return value


def _interval(cell):
    value = _number(cell)
    if not value > 0:
        raise ValueError("is not above 0")
    return value


# What becomes of an end in a failure matrix.
VERDICTS = ("not-applicable", "never", "notices", "sometimes", "itself", "mistakes", "trusts")


PROTOCOLS = ("hdlc", "ppp")


def each(convert, names):
    """The same conversion for several columns."""
    return dict.fromkeys(names.split(), convert)


# Column -> conversion of its cells, for every file that programs write.
SCHEMA = {
    "events": {
        **each(_number, "time_s"),
        **each(word, "source"),
        **each(one_of(EVENTS), "event"),
        **each(str, "detail"),
        **each(optional(_number), "value"),
    },
    "frames": {
        **each(_number, "sent_s"),
        **each(optional(_number), "arrived_s"),
        **each(word, "from to kind fate"),
        **each(one_of(PROTOCOLS), "protocol"),
        **each(optional(count), "identifier acknowledged"),
        **each(count, "bytes"),
    },
    "mismatch": {
        **each(word, "rule"),
        **each(_interval, "local_interval_s peer_interval_s"),
        **each(count, "retries ticks ticks_down"),
        **each(_share, "share_of_ticks_down share_of_time_down"),
        **each(_number, "flaps_per_hour resets_per_hour"),
        **each(optional(_share), "law_share_of_ticks_down law_share_of_time_down"),
    },
    "matrix": {
        **each(word, "mechanism timers failure end"),
        **each(one_of(VERDICTS), "verdict"),
        **each(count, "failures noticed outside"),
        **each(
            optional(_number),
            "shortest_s mean_s longest_s law_lower_s law_mean_s law_upper_s",
        ),
        **each(str, "causes reason"),
    },
    "traffic": {
        **each(_number, "time_s sent_bit_per_s received_bit_per_s"),
        **each(word, "flow"),
    },
    "failures": {
        **each(word, "run failure end"),
        **each(str, "kind target cause"),
        **each(_number, "began_s"),
        **each(optional(_flag), "detected censored within_law"),
        **each(
            optional(_number),
            "ended_s detected_at_s detection_time_s recovered_at_s recovery_time_s"
            " black_hole_s packets_lost law_lower_s law_upper_s",
        ),
    },
    "mistakes": {
        **each(word, "run end"),
        **each(_number, "suspected_at_s"),
        **each(optional(_number), "trusted_at_s duration_s since_previous_s"),
        **each(str, "cause"),
    },
    "summary": {
        **each(word, "run end"),
        **each(str, "mechanism rule causes"),
        **each(count, "failures detected censored mistakes"),
        **each(optional(count), "retries keepalives_sent keepalives_returned"),
        **each(optional(one_of(SHAPES)), "law_shape"),
        **each(
            optional(_number),
            "interval_s observed_s detection_time_mean_s detection_time_ci95_s"
            " detection_time_min_s detection_time_max_s law_lower_s law_mean_s law_upper_s"
            " mistake_recurrence_mean_s mistake_duration_mean_s mistake_rate_per_s query_accuracy"
            " overhead_packets_per_s overhead_bit_per_s black_hole_s packets_lost",
        ),
    },
}


def load(run_dir, name):
    """The rows of one file as dictionaries; an empty cell of a number or flag is None."""
    path = Path(run_dir) / f"{name}.csv"
    schema = SCHEMA[name]
    try:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            _check_header(path, header, schema)
            return [_row(f"{path}:{reader.line_num}", header, cells, schema) for cells in reader]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a CSV file in UTF-8: {error}") from error


def _check_header(path, header, schema):
    for problem, names in (
        ("missing", [name for name in schema if name not in header]),
        ("unknown", [name for name in header if name not in schema]),
        ("repeated", sorted({name for name in header if header.count(name) > 1})),
    ):
        if names:
            raise InputError(f"{path}: {problem} column: {', '.join(map(repr, names))}")


def _row(where, header, cells, schema):
    if len(cells) != len(header):
        raise InputError(f"{where}: {len(cells)} cells under {len(header)} columns")
    row = {}
    for name, cell in zip(header, cells):
        try:
            row[name] = schema[name](cell)
        except ValueError as error:
            raise InputError(f"{where}: {name} = {cell!r} {error}") from error
    return row


def find_runs(directory):
    """The run directories at or below a directory: those that hold any file of a run, sorted."""
    directory = Path(directory)
    if not directory.is_dir():
        raise InputError(f"{directory}: no such directory")
    of_run = [name for name in SCHEMA if name not in ("matrix", "mismatch")]
    runs = sorted({path.parent for name in of_run for path in directory.rglob(f"{name}.csv")})
    if not runs:
        raise InputError(f"{directory}: no run directory at or below it")
    return runs


def of_end(rows, end, column="end"):
    """The rows of one end of the tunnel."""
    return [row for row in rows if row[column] == end]


def outside_law(rows):
    """The rows of failures.csv whose detection time lies outside its closed form."""
    return [row for row in rows if row["within_law"] is False]


def timers(row):
    """Interval and retries of a row of summary.csv, such as "5 s/4"."""
    if not row["interval_s"]:
        return "no keepalives"
    return f"{row['interval_s']:g} s/{'-' if row['retries'] is None else row['retries']}"
