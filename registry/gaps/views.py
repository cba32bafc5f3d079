"""The gap map on screen and as a file."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, render_template, request
from flask_babel import format_date

from .. import clock, web
from ..errors import Invalid
from ..listing.question import ALLOWED
from ..tables.writing import Delimited, Sheets, Workbook
from ..themes.schemas import CAUSE, GROUP, SECTOR, THEME
from ..web import beside, lang, say, t
from . import pages
from .axes import COLUMNS, MAPS, ROWS, Axis, Place
from .queries import Map, gap_map

gaps = web.pages(Blueprint("gaps", __name__, url_prefix="/gaps"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@gaps.get("")
def index() -> str:
    """One map; the first where none is named."""
    rows, columns = _asked()
    page = pages.page(rows, columns, gap_map(rows, columns))
    return render_template("gaps.html", page=page)


@gaps.get("/list.xlsx")
def as_xlsx() -> Response:
    """The map as a workbook."""
    return _sent("xlsx", XLSX, _workbook)


@gaps.get("/list.csv")
def as_csv() -> Response:
    """The map as separated values."""
    return _sent("csv", "text/csv", _delimited)


def _asked() -> tuple[Axis, Axis]:
    """The sides that are asked for. Raises Invalid."""
    first = {"rows": MAPS[0][0].name, "columns": MAPS[0][1].name}
    asked = {name: request.args.get(name) or usual for name, usual in first.items()}
    wrong = {
        name: [ALLOWED.format(allowed=", ".join(known))]
        for name, known in (("rows", ROWS), ("columns", COLUMNS))
        if asked[name] not in known
    }
    if wrong:
        raise Invalid(wrong)
    return ROWS[asked["rows"]], COLUMNS[asked["columns"]]


# --- files --------------------------------------------------------------------------------

Writer = Callable[[Path, Axis, Axis, Map], None]


def _sent(suffix: str, mimetype: str, write: Writer) -> Response:
    rows, columns = _asked()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"map.{suffix}")
        write(path, rows, columns, gap_map(rows, columns))
        answer = Response(path.read_bytes(), mimetype=mimetype)
    name = f"gaps-{rows.name}-{columns.name}-{clock.as_of():%Y-%m-%d}.{suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _workbook(path: Path, rows: Axis, columns: Axis, found: Map) -> None:
    book = Workbook(path, lang())
    _write(book, rows, columns, found)
    book.close()


def _delimited(path: Path, rows: Axis, columns: Axis, found: Map) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _write(Delimited(file, lang()), rows, columns, found)


def _write(file: Sheets, rows: Axis, columns: Axis, found: Map) -> None:
    """The map as a table of words; the reference date stands in its corner."""
    day = format_date(clock.as_of(), "long")
    corner = f"{pages.caption(rows, columns)}, {t('peildatum', 'reference date')} {day}"
    heads = [_heading(columns, place) for place in (*found.columns, None)]
    sheet = say(pages.TITLE)
    file.start(sheet, {corner: "long", **dict.fromkeys(heads, "")})
    for row in (*found.rows, None):
        told = [pages.words_of(found, row, column) for column in (*found.columns, None)]
        file.add(sheet, [pages.head(rows, row)["label"], *told])


def _heading(axis: Axis, place: Place | None) -> str:
    """A name with its reference: two places can share a name, and no two headings are the same."""
    told = str(pages.head(axis, place)["label"])
    return f"{told} ({place.reference})" if place else told


for _kind in (THEME, CAUSE, SECTOR, GROUP):
    beside(_kind, pages.TITLE, "gaps.index")
