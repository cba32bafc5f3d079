"""Numbers as people write them: 1.234,5 on a Dutch screen, 1,234.5 on an English one."""

import re
from typing import Any


def written(value: Any, lang: str) -> str:
    """A number for a text box, without thousands, in the way of `lang`."""
    text = str(value)
    if isinstance(value, float):
        text = format(value, ".15g") if abs(value) < 1e15 else text
    return text if lang == "en" else text.replace(".", ",")


def plain(text: str, lang: str) -> str:
    """`text` with a decimal point and without thousands; what is no number stays as it is."""
    point, thousand = (r"\.", ",") if lang == "en" else (",", r"\.")
    bare = text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    grouped = rf"[-+]?\d{{1,3}}(?:{thousand}\d{{3}})+(?:{point}\d+)?"
    if re.fullmatch(grouped, bare, re.ASCII):
        bare = re.sub(thousand, "", bare)
    elif not re.fullmatch(rf"[-+]?\d+{point}\d+", bare, re.ASCII):
        return text
    return bare.replace(",", ".")
