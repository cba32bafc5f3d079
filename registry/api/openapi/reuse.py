"""The document without repetition: what is told alike in many places is told once, by reference."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]
OFTEN = 3
METHODS = ("get", "put", "post", "patch", "delete")


def reused(document: Told) -> Told:
    """A copy of `document` in which repeated parameters and answers are components."""
    out: Told = json.loads(json.dumps(document, ensure_ascii=False))
    for item in out["paths"].values():
        _leave_out_what_operations_tell(item, out)
    components = out["components"]
    for part, told in (
        ("parameters", [_parameters(operation) for operation in _operations(out)]),
        ("responses", [operation["responses"] for operation in _operations(out)]),
    ):
        _share(told, components.setdefault(part, {}), f"#/components/{part}")
    return out


def _operations(document: Told) -> Iterator[Told]:
    for item in document["paths"].values():
        yield from (item[method] for method in METHODS if method in item)


def _parameters(operation: Told) -> Any:
    return operation.get("parameters", [])


def _leave_out_what_operations_tell(item: Told, document: Told) -> None:
    """The framework repeats, on the path, the parameters that each of its operations tells."""
    operations = [item[method] for method in METHODS if method in item]
    told = [{_place(part, document) for part in _parameters(one)} for one in operations]
    left = [
        part
        for part in item.pop("parameters", [])
        if not all(_place(part, document) in one for one in told)
    ]
    if left:
        item["parameters"] = left


def _place(parameter: Told, document: Told) -> tuple[str, str]:
    if "$ref" in parameter:
        name = parameter["$ref"].rpartition("/")[2]
        parameter = document["components"]["parameters"][name]
    return parameter["in"], parameter["name"]


def _share(told: list[Any], components: Told, root: str) -> None:
    """Put a reference wherever the same is told at least OFTEN times. An answer with content stays
    where it is: what it holds has a name already."""
    places = [
        (holder, key, json.dumps(part, sort_keys=True))
        for holder in told
        for key, part in (holder.items() if isinstance(holder, dict) else enumerate(holder))
        if "$ref" not in part and "content" not in part
    ]
    counted = Counter(text for _, _, text in places)
    names: dict[str, str] = {}
    for holder, key, text in places:
        if counted[text] < OFTEN:
            continue
        if text not in names:
            names[text] = _name(holder[key], key, components)
            components[names[text]] = holder[key]
        holder[key] = {"$ref": f"{root}/{names[text]}"}


def _name(part: Told, key: Any, components: Told) -> str:
    """A name that is still free: that of the parameter, or the status of the answer."""
    name = part.get("name") or f"Answer{key}"
    wanted, number = name.replace("-", ""), 1
    while wanted in components:
        number += 1
        wanted = f"{name.replace('-', '')}{number}"
    return wanted
