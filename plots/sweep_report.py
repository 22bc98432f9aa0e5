# SPDX-License-Identifier: GPL-2.0-only
"""report.html: one page that needs nothing but itself, from the figures and tables of a sweep."""

import base64
import json
import math
import shlex
import sys
from pathlib import Path

import mechanisms
import sweep_figure
import sweep_layout
import sweep_maps

import jinja2

TEMPLATE = "report.html.j2"
MOST_ROWS = 1500  # of a table in the page; all are in its CSV file
DIGITS = 4
CSS_DPI = 86  # of figures in the page, so that their letters are as large as each other's
LONG_COMMAND = 100  # characters

# Column of points.csv -> heading. Grouped as they are read.
COLUMNS = {
    "end_name": "end",
    "rule": "rule",
    "runs": "runs",
    "failures": "failures",
    "censored": "never noticed",
    "td_mean_s": "mean T_D (s)",
    "td_ci_low_s": "95 % from",
    "td_ci_high_s": "to",
    "td_median_s": "median",
    "td_p99_s": "99th percentile",
    "td_max_s": "longest",
    "law_lower_s": "law from",
    "law_mean_s": "law mean",
    "law_upper_s": "law to",
    "law_flag": "T_D and law",
    "mistakes": "mistakes",
    "mistakes_per_day": "a day",
    "mistakes_per_day_low": "95 % from",
    "mistakes_per_day_high": "to",
    "law_mistakes_per_day": "law, a day",
    "mistakes_flag": "mistakes and law",
    "tm_mean_s": "mean T_M (s)",
    "query_accuracy": "query accuracy",
    "keepalive_bits_per_s": "keepalives (bit/s)",
}
DIFFERENCES = {
    "factor": "factor",
    "level": "level",
    "base": "against",
    "point": "point",
    "base_point": "against point",
    "end_name": "end",
    "pairs": "pairs",
    "difference_s": "difference of T_D (s)",
    "ci_low_s": "95 % from",
    "ci_high_s": "to",
    "sd_paired_s": "sd, paired (s)",
    "sd_unpaired_s": "sd, unpaired (s)",
    "correlation": "correlation",
}
PROMISE = {
    "kept": "keeps the promise",
    "worst_detection_s": "worst T_D (s)",
    "p99_s": "99th percentile (s)",
    "mistakes_per_year": "mistakes a year",
    "mistakes_per_year_high": "at most, 95 %",
    "overhead_bits_per_s": "keepalives (bit/s)",
    "detects": "detects in time",
    "mistakes_ok": "seldom mistaken",
    "overhead_ok": "cheap enough",
}
VERDICTS = {"1": "yes", "0": "no"}
# Of meta.json, what is told elsewhere in the page or for programs only.
NOT_TOLD = ("plan", "identity", "config", "factors", "command_line")


def told(value):
    """A cell for people to read."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}" if not 1e4 <= abs(value) < 1e8 else grouped(round(value))
    return str(value)


def sort_key(value):
    """What a cell is sorted by: a number as it stands, nothing last."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return repr(value) if isinstance(value, float) else str(value)


class Table:
    """Headings and rows of a table of the page."""

    def __init__(self, title, source, header, rows):
        self.title, self.source, self.header = title, source, header
        self.total = len(rows)
        self.rows = [
            [{"text": told(value), "key": sort_key(value), "bad": value in ("outside", "no"),
              "number": isinstance(value, (int, float))} for value in row]
            for row in rows[:MOST_ROWS]
        ]  # fmt: skip
        self.cut = self.total > MOST_ROWS


def headings(study):
    """Of the columns that say where in the plan a row is."""
    return [name for name in study.factor_names
            if len(study.factors[name]) > 1 or name == "mechanism"]  # fmt: skip


def place_of(study, case):
    """What these columns hold: numbers as numbers, to be sorted."""
    cells = []
    for name in headings(study):
        level = case.levels[name]
        number = sweep_layout.number(level)
        if name == "mechanism":
            cells.append(mechanisms.NAMES.get(level, level))
        else:
            cells.append(number if math.isfinite(number) else level)
    return cells


def points_table(study, cases, title, columns=None):
    """Cases with their numbers; columns in which no case has anything are left out."""
    columns = {name: heading for name, heading in (columns or COLUMNS).items()
               if any(told(case[name]) for case in cases)}
    rows = [[case["point"], *place_of(study, case), *(case[name] for name in columns)]
            for case in cases]  # fmt: skip
    return Table(title, "points.csv", ["point", *headings(study), *columns.values()], rows)


def cells_of(row, columns):
    """The cells of a row of a small file; yes and no in words."""
    return [VERDICTS.get(value, value) if isinstance(value := row[name], str) else value
            for name in columns]  # fmt: skip


def plain_table(rows, columns, title, source):
    """Rows of a small file."""
    cells = [cells_of(row, columns) for row in rows]
    return Table(title, source, list(columns.values()), cells)


def promise_table(study):
    """Which timers keep what was promised; those that do first."""
    names = list(study.promise[0]["factors"])
    rows = []
    for row in sorted(study.promise, key=lambda row: row["kept"] not in ("yes", "1")):
        levels = [row["factors"][name] for name in names]
        numbers = [sweep_layout.number(level) for level in levels]
        levels = [value if math.isfinite(value) else level for value, level in zip(numbers, levels)]
        rows.append([mechanisms.NAMES.get(row["mechanism"], row["mechanism"]), *levels,
                     *cells_of(row, PROMISE)])
    return Table("Which timers keep the promise", "promise.csv",
                 ["mechanism", *names, *PROMISE.values()], rows)


def tables(study):
    """All tables below the figures."""
    found = [points_table(study, study.all_cases, "Every point and end")]
    if study.differences:
        title = "Differences of the detection time, run by run"
        found.append(plain_table(study.differences, DIFFERENCES, title, "differences.csv"))
    return found


def flags(study):
    """The cases in which the simulation leaves the closed form."""
    flagged = [case for case in study.all_cases
               if "outside" in (case["law_flag"], case["mistakes_flag"])]
    columns = ("end_name", "td_mean_s", "law_lower_s", "law_mean_s", "law_upper_s", "law_flag",
               "mistakes", "mistakes_per_day", "law_mistakes_per_day", "mistakes_flag")
    columns = {name: COLUMNS[name] for name in columns}
    columns.update(outside="times outside", law_p="p of T_D", mistakes_p="p of mistakes")
    return points_table(study, flagged, "Where the simulation leaves the closed form", columns)


def judged(study):
    """How many cases have a closed form to be held against."""
    return sum(bool(case["law_flag"] or case["mistakes_flag"]) for case in study.all_cases)


def facts(study):
    """The numbers at the top of the page."""
    runs = {}
    for case in study.all_cases:
        runs[case["point"]] = max(runs.get(case["point"], 0), case["runs"])
    failures = sum(case["failures"] for case in study.all_cases)
    noticed = sum(case["detected"] for case in study.all_cases)
    mistakes = sum(case["mistakes"] for case in study.all_cases)
    flagged = flags(study).total
    return [
        ("points", grouped(len(runs)), ""),
        ("runs", grouped(sum(runs.values())), ""),
        ("failures noticed", grouped(noticed), f"of {grouped(failures)}"),
        ("mistakes", grouped(mistakes), ""),
        ("outside the closed form", grouped(flagged), f"of {grouped(judged(study))} with one"),
    ]


def grouped(count):
    """A count with narrow spaces, at which no line breaks, between thousands."""
    return f"{count:,}".replace(",", "\u202f")


def asked(study):
    """Every factor with its levels."""
    rows = []
    for name in study.factor_names:
        levels = [level for level in study.factors[name] if level]
        if name == "mechanism":
            levels = [mechanisms.NAMES.get(level, level) for level in levels]
        rows.append((name, levels))
    return rows


def settings(text):
    """The lines of config.ini: what was given, and the defaults, which it has as comments."""
    lines = [line for line in text.splitlines() if line.strip()]
    given = [line for line in lines if not line.startswith("#")]
    return given, [line.lstrip("# ") for line in lines if line.startswith("#")]


def facts_of_meta(study):
    """meta.json, flat; what versions were used is in it."""
    meta = study.meta.get("meta", study.meta)
    if not isinstance(meta, dict):
        meta = study.meta
    rows = []
    for name, value in meta.items():
        if name not in NOT_TOLD and value:
            text = value if isinstance(value, str) else json.dumps(value)
            rows.append((name.replace("_", " "), text))
    return rows, meta.get("command_line", "")


def broken(command):
    """A command with an option to a line, still to be pasted as it stands."""
    if len(command) < LONG_COMMAND or any(quote in command for quote in "'\"\\"):
        return command
    return command.replace(" --", " \\\n  --")


def image(path):
    """A picture as a data URI."""
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def drawing_command():
    """How the page was made."""
    words = [Path(sys.argv[0]).name, *sys.argv[1:]]
    return shlex.join(words)


def page(study, drawn, left_out, out):
    """The page as text."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).resolve().parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    given, defaults = settings(study.config)
    versions, command = facts_of_meta(study)
    return environment.get_template(TEMPLATE).render(
        names=[mechanisms.NAMES.get(name, name) for name in study.factors["mechanism"]],
        ends=sweep_maps.ends_told(study.cases),
        only=study.only,
        facts=facts(study),
        asked=asked(study),
        given=given,
        defaults=defaults,
        command=broken(command),
        drawing_command=drawing_command(),
        figures=[
            {
                "name": drawing.name,
                "title": drawing.title,
                "reading": drawing.reading,
                "note": drawing.note,
                "width": round(CSS_DPI * drawing.figure.get_figwidth()),
                "image": image(Path(out) / f"{drawing.name}.png"),
            }
            for drawing in drawn
        ],
        suffixes=[*sweep_figure.SUFFIXES, "csv"],
        left_out=left_out,
        flags=flags(study),
        judged=judged(study),
        promise=promise_table(study) if study.promise else None,
        promised=[line for line in given if line.startswith("promise-")],
        tables=tables(study),
        versions=versions,
    )
