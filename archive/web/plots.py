"""Plots as SVG, drawn here: they need no script, follow the page's colours and print (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 16, 34
BROADEST = 56  # of a bar
BROAD_LETTER = 13  # of a label on a phone, where labels are nearly twice as large


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a plot: a name and one value for each of the plot's labels."""

    name: str
    values: tuple[float, ...]


def bars(title: str, values: Sequence[tuple[str, float]], unit: str = "") -> Markup:
    """One bar a value, in the order given. Empty where there is nothing to show."""
    if not values:
        return Markup("")
    top = nice_top(max(value for _, value in values))
    step = (WIDTH - LEFT - RIGHT) / len(values)
    wide = max(min(step * 0.8, BROADEST), 0.5)
    shapes = [
        Markup(
            '<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}: {:,g}{}</title></rect>'
        ).format(
            LEFT + (at + 0.5) * step - wide / 2,
            _y(value, top),
            wide,
            HEIGHT - BOTTOM - _y(value, top),
            label,
            value,
            unit,
        )
        for at, (label, value) in enumerate(values)
    ]
    return _frame(title, [label for label, _ in values], top, shapes, unit)


def lines(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> Markup:
    """One line a series over common labels, each named at its end."""
    if not labels or not series:
        return Markup("")
    top = nice_top(max((value for each in series for value in each.values), default=0))
    step = (WIDTH - LEFT - RIGHT) / len(labels)
    shapes = []
    for number, each in enumerate(series):
        points = [
            (f"{LEFT + (at + 0.5) * step:.1f}", f"{_y(value, top):.1f}")
            for at, value in enumerate(each.values)
        ]
        shapes.append(
            Markup('<polyline class="line s{}" points="{}"><title>{}</title></polyline>').format(
                number % 6, " ".join(",".join(point) for point in points), each.name
            )
        )
        shapes += [
            Markup(
                '<circle class="dot s{}" cx="{}" cy="{}" r="3"><title>{}, {}: {:,g}{}</title></circle>'
            ).format(number % 6, *point, each.name, label, value, unit)
            for point, label, value in zip(points, labels, each.values, strict=False)
        ]
    return _frame(title, labels, top, shapes, unit) + _legend(series)


def nice_top(most: float) -> float:
    """The next of 1, 2, 4, 6, 8 times a power of ten, so that the axis and its half are round; 1 for nothing."""
    if most <= 0:
        return 1
    power = 1.0
    while power * 10 <= most:
        power *= 10
    while power > most:
        power /= 10
    return next(factor * power for factor in (1, 2, 4, 6, 8, 10) if factor * power >= most)


def _frame(title: str, labels: Sequence[str], top: float, shapes: Sequence[Markup], unit: str) -> Markup:
    grid = [
        Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:,g}{}</text>'
        ).format(
            LEFT, WIDTH - RIGHT, _y(value, top), _y(value, top), LEFT - 6, _y(value, top) + 4, value, unit
        )
        for value in ((0, top) if top == 1 and not unit else (0, top / 2, top))
    ]
    return Markup('<svg class="plot" role="img" viewBox="0 0 {} {}" aria-label="{}">{}{}{}</svg>').format(
        WIDTH, HEIGHT, title, Markup("").join(grid), Markup("").join(shapes), _ticks(labels)
    )


def _ticks(labels: Sequence[str]) -> Markup:
    """As many labels below the axis as have room."""
    every = max(1, -(-len(labels) // 10))
    step = (WIDTH - LEFT - RIGHT) / len(labels)
    drawn = Markup("").join(
        Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            LEFT + (at + 0.5) * step, HEIGHT - 9, label
        )
        for at, label in enumerate(labels)
        if at % every == 0
    )
    written = sum(map(len, labels[::every])) * BROAD_LETTER
    return Markup('<g class="x{}">{}</g>').format(" crowded" if written > WIDTH - LEFT - RIGHT else "", drawn)


def _legend(series: Sequence[Series]) -> Markup:
    items = Markup("").join(
        Markup('<li class="s{}">{}</li>').format(number % 6, escape(each.name))
        for number, each in enumerate(series)
    )
    return Markup('<ul class="legend">{}</ul>').format(items)


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


#: what a plot needs where no page's style sheet is
_STYLE = (
    "svg{background:#fff;font-family:sans-serif}.grid{stroke:#ddd}.tick{font-size:11px;fill:#555}.line{fill:none;stroke-width:2.2}"
    ".dot{fill:#555;stroke:none}.s0{stroke:#8a1c2c}.s1{stroke:#2b6cb0}.s2{stroke:#3b8f5a}.s3{stroke:#b7791f}.s4{stroke:#6b46c1}.s5{stroke:#718096}"
)


def standalone(title: str, labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """A line plot as an SVG file of its own, each line named at its last value."""
    drawn = str(lines(title, labels, series, unit)).partition("</svg>")[0]
    top = nice_top(max((value for each in series for value in each.values), default=0))
    names = Markup("").join(
        Markup('<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
            WIDTH - RIGHT, _y(each.values[-1], top) - 6, each.name
        )
        for each in series
        if each.values
    )
    head = drawn.replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" ', 1
    )
    opening, _, rest = head.partition(">")
    return f"{opening}><style>{_STYLE}</style>{rest}{names}</svg>\n"
