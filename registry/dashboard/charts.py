"""Tables of numbers as drawings: Vega-Lite, rendered on the server to SVG."""

from collections.abc import Iterator
from typing import Any

from ..charts import svg

Drawing = dict[str, Any]
COLOURS = {
    "upcoming": "#8fb8e0",
    "open": "#1d5a9c",
    "passed": "#a3271c",
    "not_reached": "#e0a63c",
    "met": "#2f7d4f",
    "ongoing": "#8cc3a0",
    "lapsed": "#8795a5",
    "untraceable": "#7a4c05",
    "undated": "#d3dae2",
    "conditional": "#6d4c93",
    "running": "#1d5a9c",
    "partly_met": "#e0a63c",
    "idea": "#d3dae2",
    "proposed": "#b9c9da",
    "in_preparation": "#8fb8e0",
    "paused": "#e0a63c",
    "completed": "#2f7d4f",
    "stopped": "#8795a5",
    "merged": "#6d4c93",
    "issued": "#8cc3a0",
    "in_force": "#123a67",
    "none": "#e2e7ed",
}
"""A colour for every code; the number in each part says the same without it."""
LIGHT = ("#8fb8e0", "#e0a63c", "#8cc3a0", "#d3dae2", "#b9c9da", "#e2e7ed")
OTHER = "#8795a5"
INK, EDGE, FONT = "#17212e", "#4c5967", "'Noto Sans', Arial, sans-serif"
WIDE, NARROW = (680, 6), (170, 1)  # the width of the bars, and how many words stand in a row
LABELS = {True: 110, False: 340}
HEIGHT, DIGIT = 30, 7  # of a row, and the width of a digit


def stacked(table: dict[str, Any], lang: str, *, narrow: bool) -> str:
    """A bar for every row of the table, divided over its columns."""
    colours = [COLOURS.get(code, OTHER) for code in table["codes"]]
    width, columns = NARROW if narrow else WIDE
    spec = {
        "description": table["title"],
        "width": width,
        "height": {"step": HEIGHT},
        "data": {"values": list(_values(table, width))},
        "encoding": _encoding(table, colours, columns=columns, limit=LABELS[narrow]),
        "layer": [
            {"mark": {"type": "bar", "height": 20, "stroke": EDGE, "strokeWidth": 0.75}},
            {"mark": {"type": "text", "fontSize": 12}, "encoding": _number(colours)},
        ],
        "config": {"font": FONT, "view": {"stroke": None}, "background": "#fff"},
    }
    return svg(spec, lang)


def _values(table: dict[str, Any], width: int) -> Iterator[Drawing]:
    """The parts; the number of one that is too small to hold it stands in the table only."""
    bars = [row["numbers"] for row in table["rows"] if not row.get("sum")]
    most = max((bar[0]["count"] for bar in bars if bar[0]), default=1)
    for row in table["rows"]:
        parts = zip(table["columns"], table["codes"], row["numbers"][1:], strict=True)
        for order, (label, code, number) in enumerate(parts):
            if number and not row.get("sum"):
                told = {"row": _name(row), "state": label, "order": order}
                count = number["count"]
                fits = count / most * width >= len(str(count)) * DIGIT
                text = str(count) if fits else ""
                yield {**told, "code": code, "count": count, "text": text}


def _name(row: dict[str, Any]) -> str:
    label: str = row["label"]
    return label[:1].upper() + label[1:]


def _encoding(table: dict[str, Any], colours: list[str], *, columns: int, limit: int) -> Drawing:
    axis = {"title": None, "domain": False, "ticks": False, "labelLimit": limit}
    ink = {"labelFontSize": 13, "labelColor": INK}
    legend = {"title": None, "orient": "top", "columns": columns, "symbolType": "square"}
    return {
        "y": {
            "field": "row",
            "type": "nominal",
            "sort": [_name(row) for row in table["rows"]],
            "axis": {**axis, **ink, "labelPadding": 8},
        },
        "x": {"field": "count", "type": "quantitative", "stack": "zero", "axis": None},
        "order": {"field": "order"},
        "color": {
            "field": "state",
            "type": "nominal",
            "scale": {"domain": table["columns"], "range": colours},
            "legend": {**legend, **ink, "labelLimit": 300},
        },
    }


def _number(colours: list[str]) -> Drawing:
    """The number in the middle of its part, dark on what is light."""
    light = [code for code, colour in COLOURS.items() if colour in LIGHT]
    dark = {"test": {"field": "code", "oneOf": light}, "value": INK}
    return {
        "x": {"field": "count", "type": "quantitative", "stack": "zero", "bandPosition": 0.5},
        "text": {"field": "text"},
        "color": {"condition": dark, "value": "#fff"},
    }
