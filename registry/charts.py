"""Charts: a Vega-Lite specification drawn as SVG on the server, so that a page needs no script."""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

LOCALES: Mapping[str, Any] = {"nl": "nl-NL", "en": "en-GB"}
INK, MUTED, LINE, MARK = "#17212e", "#4c5967", "#d9e0e8", "#1d5a9c"
CONFIG: Mapping[str, Any] = {
    "background": "#ffffff",
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "gridColor": LINE,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
}


def svg(spec: Mapping[str, Any], lang: str) -> str:
    """The drawing of `spec`, with numbers written as in `lang`."""
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": CONFIG, **spec}
    return _drawn(json.dumps(whole, sort_keys=True), lang)


def address(drawing: str) -> str:
    """A drawing as the address of an image: it is shown as it is, and runs nothing."""
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


@lru_cache(maxsize=200)
def _drawn(spec: str, lang: str) -> str:
    import vl_convert  # dear to import, and few requests need it

    locale = LOCALES.get(lang, LOCALES["nl"])
    # Nothing is fetched for a drawing.
    return str(vl_convert.vegalite_to_svg(spec, format_locale=locale, allowed_base_urls=[]))
