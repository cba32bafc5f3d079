"""Pieces of WordprocessingML as text: what somebody wrote is always escaped."""

from html import escape

from ..shape import Lang, Link, Plain, Strong

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def paragraph(inner: str, style: str = "", extra: str = "") -> str:
    """A paragraph of `inner`, in a style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{extra}</w:pPr>" if named or extra else ""
    return f"<w:p>{properties}{inner}</w:p>"


def words(text: str, lang: Lang | None = None, properties: str = "") -> str:
    """A run of words; a new line and a tab are what they are in Word."""
    spoken = f'<w:lang w:val="{LOCALES[lang]}"/>' if lang else ""
    told = f"<w:rPr>{properties}{spoken}</w:rPr>" if properties or spoken else ""
    parts = [_tabbed(part) for part in text.split("\n")]
    return f"<w:r>{told}{'<w:br/>'.join(parts)}</w:r>"


def said(run: Plain | Link) -> str:
    """Plain or strong words."""
    return words(run.text, run.lang, "<w:b/>" if isinstance(run, Strong) else "")


def led(run: Link, target: str) -> str:
    """A link; `target` is the attribute that says where to."""
    inner = words(run.text, run.lang, '<w:rStyle w:val="Hyperlink"/>')
    return f'<w:hyperlink {target} w:history="1">{inner}</w:hyperlink>'


def field(code: str, shown: str) -> str:
    """What Word computes, with what to show until it does."""
    return (
        f'<w:fldSimple w:instr="{escape(code)}"><w:r><w:t>{escape(shown)}</w:t></w:r></w:fldSimple>'
    )


def _tabbed(text: str) -> str:
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return "<w:tab/>".join(parts)
