"""What differs between two texts, word by word, for the eye."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
Part = tuple[str, str]
WORD = re.compile(r"\w+|\s+|[^\w\s]")
LONG = 40  # shorter texts are read whole
MOST = 4_000_000  # pairs of words: beyond it, comparing costs more than reading
LEAST_ALIKE = 0.35  # what has less in common is another text
AROUND = 70  # characters that are shown around a change


def parts(old: str, new: str) -> list[Part]:
    """The parts that stayed, went and came; empty where two texts are better read whole."""
    if max(len(old), len(new)) <= LONG:
        return []
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) * len(after) > MOST:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not _alike(before, after, matcher):
        return []
    found: list[Part] = []
    for what, a, b, c, d in _joined(before, matcher.get_opcodes()):
        if what == "equal":
            found.append((SAME, "".join(before[a:b])))
            continue
        found += [(GONE, "".join(before[a:b]))] if a < b else []
        found += [(NEW, "".join(after[c:d]))] if c < d else []
    return list(_shortened(found))


def _alike(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> bool:
    """Whether the words that both have, spaces and commas aside, are a good part of either."""
    words = [word for word in (*before, *after) if word.isalnum()]
    both = [w for m in matcher.get_matching_blocks() for w in before[m.a : m.a + m.size]]
    shared = [word for word in both if word.isalnum()]
    return 2 * len("".join(shared)) >= LEAST_ALIKE * len("".join(words))


Step = tuple[str, int, int, int, int]


def _joined(words: list[str], steps: Iterable[Step]) -> list[Step]:
    """Changes with no more than a space between them are one change."""
    found: list[Step] = []
    for what, a, b, c, d in steps:
        inside = a > 0 and b < len(words) and not "".join(words[a:b]).strip()
        stays = what == "equal" and not inside
        if found and not stays and found[-1][0] != "equal":
            _, start, _, begin, _ = found.pop()
            found.append(("replace", start, b, begin, d))
        else:
            found.append(("equal" if stays else "replace", a, b, c, d))
    return found


def _shortened(found: list[Part]) -> Iterator[Part]:
    """Long stretches that stayed, without their middle."""
    for index, (what, text) in enumerate(found):
        if what != SAME or len(text) <= 3 * AROUND:
            yield what, text
            continue
        head = "" if index == 0 else text[:AROUND]
        tail = "" if index == len(found) - 1 else text[-AROUND:]
        yield what, f"{head} … {tail}"
