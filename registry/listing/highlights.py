"""Where the words that were looked for stand in the records of a page, marked."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .. import search
from ..fields import Rows, Text
from ..kind import Kind
from ..schema import BaseSchema

MOST = 10
"""How many pieces of text are told of one record: the first ones in the order of its page."""


def highlighted(kind: Kind, text: str, q: str) -> str:
    """The JSON `text` of a record with `highlights`: [{field, text}], of what it tells itself."""
    item = json.loads(text)
    found = []
    for path, words in _texts(kind.dictionary, item, ""):
        marked = str(search.marked(words, q))
        if "<mark>" in marked:
            found.append({"field": path, "text": marked})
    told = json.dumps(found[:MOST], ensure_ascii=False)
    return f'{text[:-1]}, "highlights": {told}}}'


def _texts(schema: BaseSchema, item: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """The texts that `q` looks in, each with the path of its field."""
    for field in schema.described().values():
        name = str(field.data_key)
        value = item.get(name)
        if isinstance(field, Rows):
            for row in value or ():
                yield from _texts(field.schema, row, f"{name}[{row['key']}].")
        elif isinstance(field, Text) and field.about.search and value:
            yield f"{path}{name}", value
