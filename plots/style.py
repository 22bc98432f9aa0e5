# SPDX-License-Identifier: GPL-2.0-only
"""How the pictures look and how they are saved: settled here once for all of them."""

import io
from pathlib import Path

import results

results.require("matplotlib", "numpy")

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

# Okabe and Ito's palette: distinguishable with every kind of colour blindness.
BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#B8B8B8"
DARK_GREY = "#555555"

# What it is that a colour stands for, the same in all pictures.
GOOD = BLUE
BAD = VERMILLION

pyplot.rcParams.update(
    {
        "font.family": "DejaVu Sans",
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.labelsize": 11,
        "xtick.labelsize": 10,
        "ytick.labelsize": 10,
        "legend.fontsize": 10,
        "legend.frameon": False,
        "legend.handlelength": 1.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": "#DDDDDD",
        "grid.linewidth": 0.7,
        "figure.facecolor": "white",
        "pdf.fonttype": 42,
    }
)


def seconds(value):
    """A time for people to read: three significant digits or so, with its unit."""
    if value >= 9.95:
        return f"{value:.1f} s"
    if value >= 0.9995 or value == 0:
        return f"{value:.2f} s"
    return f"{value * 1e3:.3g} ms"


def place(figure, axes, text, first, last):
    """Centre a text between two instants, but right of the first and inside the axes."""
    width = text.get_window_extent(figure.canvas.get_renderer()).width
    frame = axes.get_window_extent()
    left, right = (axes.transData.transform((instant, 0))[0] for instant in (first, last))
    start = max((left + right - width) / 2, left + 5)
    start = max(min(start, frame.x1 - width), frame.x0)
    text.set_x(axes.transData.inverted().transform((start + width / 2, 0))[0])


def hide_overlaps(figure, texts):
    """Hide every text that would lie on one shown before it; return how many are hidden."""
    renderer = figure.canvas.get_renderer()
    shown = []
    for text in texts:
        box = text.get_window_extent(renderer).expanded(1.03, 1.0)
        if any(box.overlaps(other) for other in shown):
            text.set_visible(False)
        else:
            shown.append(box)
    return len(texts) - len(shown)


# What of a format changes from one time to the next.
METADATA = {"png": {}, "pdf": {"CreationDate": None}, "svg": {"Date": None}}


def save(figure, basename, suffixes=("png", "pdf")):
    """Write basename.png and so on, the same bytes for the same data; never overwrite."""
    paths = {suffix: Path(f"{basename}.{suffix}") for suffix in suffixes}
    for path in paths.values():
        if path.exists():
            raise results.InputError(f"{path}: exists already and is not overwritten")
    for suffix, path in paths.items():
        picture = io.BytesIO()
        # Names of parts that are the same for the same data.
        with pyplot.rc_context({"svg.hashsalt": "keepalive"}):
            figure.savefig(picture, format=suffix, dpi=150, metadata=METADATA[suffix])
        with open(path, "xb") as file:
            file.write(picture.getvalue())
    pyplot.close(figure)
