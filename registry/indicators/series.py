"""The series of one indicator: its values in time, as a chart that draws no line where there is
none.

Two values are joined only when nothing lies between them: no break in the series and no year of
which the source gives words instead of a number. Each indicator is a chart of its own.
"""

from collections.abc import Iterator
from typing import Any

from flask_babel import format_decimal

from .. import charts, vocabulary
from ..web import View, lang, say, t
from .schemas import INDICATOR

Item = dict[str, Any]
WIDTH, HEIGHT = 560, 240
LEAST = 2  # years or targets: with fewer there is nothing to compare


def series(item: Item) -> list[Item]:
    """The observations that have a year, in time."""
    found = [row for row in item.get("observations") or [] if _year(row) is not None]
    return sorted(found, key=lambda row: int(row["year"]))


def _year(row: Item) -> int | None:
    return row.get("year")


def numbers(item: Item) -> list[Item]:
    """The measured values, in time."""
    return [row for row in series(item) if row.get("value") is not None]


def drawn(item: Item) -> View | None:
    """The chart with its text alternative; nothing where one value stands alone."""
    told, target = {row["year"] for row in series(item)}, _target(item)
    if not numbers(item) or len(told) + bool(target) < LEAST:
        return None
    return {
        "src": charts.address(charts.svg(spec(item), lang())),
        "alt": t("Grafiek van deze waarden", "Chart of these values"),
        "told": alternative(item),
        "width": WIDTH + 90,
        "height": HEIGHT + 60,
    }


def alternative(item: Item) -> str:
    """The chart in words."""
    parts = [f"{row['year']}: {_told(item, row)}" for row in series(item)]
    if target := _target(item):
        parts.append(target["label"])
    return f"{INDICATOR.title(item, lang())}. {'; '.join(parts)}."


def _told(item: Item, row: Item) -> str:
    marks = [_label(item, row)]
    if row.get("provisional"):
        marks.append(t("voorlopig", "provisional"))
    if row.get("breakBefore"):
        marks.append(t("reeksbreuk", "break in the series"))
    return ", ".join(marks)


def _unit(item: Item) -> str:
    return "%" if item.get("unit") == "%" else ""


def _label(item: Item, row: Item) -> str:
    """The value in words; where there is no number, that there is none and what was said."""
    if row.get("value") is not None:
        until = f"–{_number(row['valueTo'])}" if row.get("valueTo") is not None else ""
        return _number(row["value"]) + until + _unit(item)
    none = t("geen getal", "no number")
    trend = row.get("trend")
    return f"{none}, {say(vocabulary.label('trend', trend))}" if trend else none


def _number(value: float) -> str:
    return str(format_decimal(value))


def _target(item: Item) -> View | None:
    if item.get("targetValue") is None:
        return None
    by = item.get("targetBy") or {}
    latest = by.get("latest") or by.get("earliest")
    when = f" ({by['text']})" if by.get("text") else ""
    label = t("streefwaarde", "target") + f" {_number(item['targetValue'])}{_unit(item)}{when}"
    return {
        "value": item["targetValue"],
        "year": int(latest[:4]) if latest else None,
        "label": label,
    }


# --- the drawing --------------------------------------------------------------------------


def spec(item: Item) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    layers = [*_values(item), *_without(item), *_breaks(item), *_aim(item)]
    return {"width": WIDTH, "height": HEIGHT, "padding": 12, "layer": layers}


def _x(item: Item) -> dict[str, Any]:
    years = [row["year"] for row in series(item)]
    if (target := _target(item)) and target["year"]:
        years.append(target["year"])
    low, high = min(years), max(years)
    room = max(0.5, (high - low) * 0.15)
    return {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [low - room, high + room], "nice": False},
        "axis": {
            "format": "d",
            "values": sorted(set(years)),
            "grid": False,
            "title": None,
        },
    }


def _y(item: Item, field: str = "value") -> dict[str, Any]:
    title = item.get("unit") or t("waarde", "value")
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": title, "tickCount": 5},
    }


def pieces(item: Item) -> list[list[Item]]:
    """The values in pieces that a line may join."""
    found: list[list[Item]] = [[]]
    for row in series(item):
        if row.get("value") is None or row.get("breakBefore"):
            found.append([])
        if row.get("value") is not None:
            found[-1].append(row)
    return [piece for piece in found if piece]


def _values(item: Item) -> Iterator[dict[str, Any]]:
    rows = [
        {
            "year": row["year"],
            "value": row["value"],
            "end": row.get("valueTo"),
            "piece": number,
            "label": _label(item, row) + (" *" if row.get("provisional") else ""),
            "provisional": bool(row.get("provisional")),
        }
        for number, piece in enumerate(pieces(item))
        for row in piece
    ]
    x, y, data = _x(item), _y(item), {"values": rows}
    joined = {"x": x, "y": y, "detail": {"field": "piece"}}
    yield {"data": data, "mark": {"type": "line", "color": charts.MARK}, "encoding": joined}
    if any(row["end"] is not None for row in rows):
        spans = [row for row in rows if row["end"] is not None]
        span = {"x": x, "y": y, "y2": {"field": "end"}}
        bar = {"type": "rule", "color": charts.MARK, "strokeWidth": 3}
        yield {"data": {"values": spans}, "mark": bar, "encoding": span}
    fill = {
        "condition": {"test": "datum.provisional", "value": "#ffffff"},
        "value": charts.MARK,
    }
    point = {"type": "point", "filled": True, "size": 90, "stroke": charts.MARK, "strokeWidth": 2}
    yield {"data": data, "mark": point, "encoding": {"x": x, "y": y, "fill": fill}}
    words = {"type": "text", "dy": -14, "fontSize": 13, "fontWeight": 600, "color": charts.INK}
    yield {"data": data, "mark": words, "encoding": {"x": x, "y": y, "text": {"field": "label"}}}


def _without(item: Item) -> Iterator[dict[str, Any]]:
    """The years of which there are words and no number: a mark on the axis, and no line."""
    rows = [
        {"year": row["year"], "value": 0, "label": _label(item, row)}
        for row in series(item)
        if row.get("value") is None
    ]
    if rows:
        data, at = {"values": rows}, {"x": _x(item), "y": _y(item)}
        mark = {"type": "point", "shape": "diamond", "size": 70, "color": charts.MUTED}
        yield {"data": data, "mark": mark, "encoding": at}
        words = {"type": "text", "dy": -14, "fontSize": 12, "color": charts.MUTED}
        yield {"data": data, "mark": words, "encoding": {**at, "text": {"field": "label"}}}


def _breaks(item: Item) -> Iterator[dict[str, Any]]:
    label = t("reeksbreuk", "break")
    rows = [
        {"year": row["year"] - 0.5, "label": label}
        for row in series(item)
        if row.get("breakBefore")
    ]
    if rows:
        data, x = {"values": rows}, _x(item)
        rule = {"type": "rule", "strokeDash": [4, 4], "color": charts.MUTED}
        yield {"data": data, "mark": rule, "encoding": {"x": x}}
        words = {"type": "text", "y": HEIGHT - 8, "dx": 4, "align": "left", "fontSize": 12}
        told = {"x": x, "text": {"field": "label"}}
        yield {"data": data, "mark": {**words, "color": charts.MUTED}, "encoding": told}


def _aim(item: Item) -> Iterator[dict[str, Any]]:
    target = _target(item)
    if target:
        data = {"values": [{"value": target["value"], "label": target["label"]}]}
        rule = {"type": "rule", "strokeDash": [8, 4], "color": "#14532b"}
        yield {"data": data, "mark": rule, "encoding": {"y": _y(item)}}
        words = {"type": "text", "x": WIDTH - 4, "dy": -8, "align": "right", "fontSize": 12}
        told = {"y": _y(item), "text": {"field": "label"}}
        yield {"data": data, "mark": {**words, "color": "#14532b"}, "encoding": told}
