"""Repairs inside a paragraph: markup, invisible characters, broken encoding, spacing and punctuation.

Every repair has its reason and its explanation, and only what is certain is repaired: typing errors in words
and unbalanced quotation marks stay as they are.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rewriter.article import Removal
from rewriter.source.floods import without_floods
from rewriter.source.paragraphs import Paragraphs
from rewriter.source.patterns import pattern, read_table


@dataclass(frozen=True)
class Repair:
    """One kind of repair: the same text in, the same text out, and nothing left to do a second time."""

    reason: str
    explanation: str
    apply: Callable[[str], str]


def repaired(text: str, repairs: Sequence[Repair], number: int) -> tuple[str, tuple[Removal, ...]]:
    """The text after all repairs, and what each of them changed; "" when nothing is left."""
    removals: list[Removal] = []
    for repair in repairs:
        better = repair.apply(text)
        if better != text:
            before, after = _difference(text, better)
            removals.append(Removal(number, repair.reason, before, after, repair.explanation))
            text = better
    return text, tuple(removals)


def _difference(before: str, after: str) -> tuple[str, str]:
    """The changed words of both texts with a word of context, several places joined by " […] "."""
    from rapidfuzz.distance import Levenshtein  # 35 ms that `rewrite --help` can do without

    old, new = before.split(" "), after.split(" ")
    places: list[tuple[slice, slice]] = []
    for change in Levenshtein.opcodes(old, new):
        if change.tag == "equal":
            continue
        place = (
            slice(max(0, change.src_start - 1), change.src_end + 1),
            slice(max(0, change.dest_start - 1), change.dest_end + 1),
        )
        if places and place[0].start <= places[-1][0].stop:
            last_old, last_new = places.pop()
            place = slice(last_old.start, place[0].stop), slice(last_new.start, place[1].stop)
        places.append(place)
    shown = " […] ".join(" ".join(old[place]) for place, _ in places).strip()
    replaced = " […] ".join(" ".join(new[place]) for _, place in places).strip()
    return (shown, replaced) if replaced else (before.strip(), after.strip())  # nothing but spaces changed


# ── markup ───────────────────────────────────────────────────────────────────────────────────────────────

_INLINE_TAGS = (
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|small|span|strike|strong|sub|sup"
    "|time|tt|u|var|wbr"
)
_BLOCK_TAGS = (
    "address|article|aside|audio|blockquote|body|br|button|caption|center|dd|details|div|dl|dt|embed|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|img|input|li|link|main|meta|nav|noscript"
    "|object|ol|option|p|path|picture|pre|section|select|source|summary|svg|table|tbody|td|template|textarea"
    "|tfoot|th|thead|title|tr|ul|video"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!\[CDATA\[|\]\]>", re.DOTALL | re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"\s*</?(?:{_BLOCK_TAGS})(?:\s[^<>]*)?/?>\s*", re.IGNORECASE)
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|video|audio|playlist|quote|vc_\w+|et_pb_\w+)(?:\s[^\[\]]*)?\]")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:https?:|mailto:|www\.|/|#)[^()\s]*(?:\s\"[^\"]*\")?\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)")


MOST_LAYERS = 10
"""Most times that tags and entities are looked for again: "&amp;amp;lt;b>" hides a tag three deep."""


def without_tags(text: str) -> str:
    """The text without HTML comments, tags and entities, and without shortcodes of publishing systems."""
    plain = text
    for _ in range(MOST_LAYERS):
        less = _with_fewer_tags(plain)
        if less == plain:
            break
        plain = less
    return plain


def _with_fewer_tags(text: str) -> str:
    """One pass; what it takes out may leave another tag behind, as in "<<b>b>"."""
    plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    plain = _SHORTCODE.sub(" ", _HIDDEN.sub("", _without_comments(plain)))
    plain = _BLOCK_TAG.sub(" ", _INLINE_TAG.sub("", plain))
    return text if plain == text else plain.strip()


def _without_comments(text: str) -> str:
    """The text without what stands between "<!--" and the next "-->"."""
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[place:start])
        place = end + 3
    return "".join(kept) + text[place:]


def without_markdown(text: str) -> str:
    """The text without Markdown's images, links, emphasis and quotation signs; their words stay."""
    plain = _LINK.sub(r"\1", _IMAGE.sub("", text))
    plain = _ITALIC.sub(lambda match: match[1] or match[2], _BOLD.sub(r"\2", plain))
    plain = re.sub(r"^(?:>\s+)+", "", plain)
    return text if plain == text else plain.strip()


COMMENT_PARAGRAPHS = 20
"""Most paragraphs that one HTML comment is taken to span."""


def with_closed_comments(paragraphs: Paragraphs) -> Paragraphs:
    """The paragraphs, a comment that spans several of them opened and closed in each."""
    numbers, texts = list(paragraphs), list(paragraphs.values())
    start = 0
    while start < len(texts):
        opened = texts[start].rfind("<!--") > texts[start].rfind("-->")
        reach = range(start + 1, min(start + COMMENT_PARAGRAPHS, len(texts)))
        end = next((i for i in reach if "-->" in texts[i]), None) if opened else None
        if end is not None:
            texts[start] += "-->"
            texts[start + 1 : end] = [f"<!--{text}-->" for text in texts[start + 1 : end]]
            texts[end] = "<!--" + texts[end]
        start = end or start + 1
    return dict(zip(numbers, texts, strict=True))


# ── characters ───────────────────────────────────────────────────────────────────────────────────────────

_INVISIBLE = re.compile(
    # Soft hyphen, zero-width and direction marks, tags; no-break spaces and joined emoji are not among them.
    r"[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]|(?<=\w)\u200d|\u200d(?=\w)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\u3164\uffa0\U000e0100-\U000e01ef]"
)
_UNREPAIRED = re.compile(r"[\x80-\x9f]")  # broken encoding until `reencoded` has seen it, and afterwards nothing
_LOST_APOSTROPHE = re.compile(
    # "l?eau", "d\ufffdabord": no French or English word has a question mark there.
    r"(?<!\w)([ldnstcjm]|qu|jusqu|lorsqu|puisqu|aujourd)[?\ufffd](?=[aeiouyhàâæèéêëîïôœù]\w)",
    re.IGNORECASE,
)


def reencoded(text: str) -> str:
    """The text with mojibake undone ("Ã©", "l?eau"); quotation marks and ligatures stay."""
    if not text.isascii():
        from ftfy import fix_text  # 90 ms that `rewrite --help` can do without

        text = fix_text(
            text,
            unescape_html=False,
            uncurl_quotes=False,  # or every French apostrophe is rewritten
            fix_latin_ligatures=False,
            fix_character_width=False,
            fix_line_breaks=False,
            remove_control_chars=False,
            normalization=None,
        )
    return _LOST_APOSTROPHE.sub(r"\1’", text)


def composed(text: str) -> str:
    """The text in NFC: an accent typed after its letter joins it."""
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """The text without characters that show nothing."""
    return _INVISIBLE.sub("", text)


_FLOOD = Repair("flood", "Suite de signes sans fin réduite à son début.", without_floods)

FIRST_REPAIRS: Sequence[Repair] = (
    _FLOOD,
    Repair("markup", "Balises, commentaires ou codes HTML retirés.", without_tags),
    Repair("markup", "Mise en forme Markdown retirée.", without_markdown),
    Repair("invisible", "Caractères invisibles retirés.", visible),
    _FLOOD,  # what was invisible between the signs is gone
    Repair("mojibake", "Caractères mal décodés rétablis.", reencoded),
    Repair("invisible", "Caractères invisibles retirés.", functools.partial(_UNREPAIRED.sub, "")),
    Repair("unicode", "Lettres accentuées recomposées.", composed),
)
"""What is done to every paragraph before anything else is looked at, in order."""


# ── parts of a paragraph that are no text of the article ─────────────────────────────────────────────────


@functools.cache
def inline_repairs() -> tuple[Repair, ...]:
    """The removals listed in inline.toml: links, cross-references, agencies."""
    return tuple(
        Repair(entry["reason"], entry["explanation"], functools.partial(pattern(entry["pattern"]).sub, ""))
        for entry in read_table("inline", "inline")
    )


_NUMBERED = re.compile(r"(?<=[\w»”\"’)!?.,])\s?\[(\d{1,3})\]")
_MARKDOWN_NOTE = re.compile(r"(?<=\S)\s?\[\^[\w-]{1,20}\](?!:)")
_STARS = re.compile(r"(?<=\w)\*+(?!\w)")


def note_repairs(paragraphs: Iterable[str], starred: bool) -> tuple[Repair, ...]:
    """The removal of marks that point to notes: "[^2]", "[2]" where they count up from 1, stars if `starred`.

    A number in brackets that is far from the count, "la section [37]", is an editor's insertion and stays.
    """
    highest = sum(len(_NUMBERED.findall(text)) for text in paragraphs) + 1

    def unmarked(text: str) -> str:
        text = _MARKDOWN_NOTE.sub("", text)
        text = _NUMBERED.sub(lambda mark: "" if int(mark[1]) <= highest else mark[0], text)
        return _STARS.sub("", text) if starred else text

    return (Repair("note", "Appel de note retiré : la note n’est pas reprise.", unmarked),)
