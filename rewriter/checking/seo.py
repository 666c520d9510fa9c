"""What editors expect of an article on the web: that it reads easily, and that search engines find it.

The rules of reading are those of `readability`, offered here as well. The thresholds are the French defaults of Yoast
SEO. A search rule is a warning at most: a keyphrase that the source does not bear is not to be forced in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rewriter.article import Remark, Search
from rewriter.checking.readability import about, begun, check_style, in_order, style_score
from rewriter.french.glyphs import width
from rewriter.french.lexicon import content_lemmas, content_words
from rewriter.french.measure import word_count
from rewriter.french.segment import sentences

if TYPE_CHECKING:  # an inspection may ask for these checks
    from rewriter.checking.inspection import Line

__all__ = ["check_search", "check_style", "keyphrase_count", "style_score"]

TITLE_PIXELS = 600
DESCRIPTION_LENGTH = (121, 156)
"""Characters of a meta description."""
KEYPHRASE_WORDS = (1, 4)
"""Content words of a keyphrase."""
DENSITY = (0.5, 3.0)
"""Times that a keyphrase stands in a hundred words."""
SUBHEADINGS = (0.3, 0.75)
"""Share of subheadings that hold the keyphrase."""
_BEGINNING = 3
"""Content words of a title that are its beginning."""


def check_search(lines: Sequence[Line], search: Search) -> tuple[Remark, ...]:
    """How an article presents itself to search engines, from the first line to the last, then the whole.

    A keyphrase stands in a text where all its content words stand in one sentence, in any form and order. A keyphrase
    that comes late in the title is a note, everything else a warning.
    """
    count = len(content_words(search.keyphrase))
    remarks = [*_title_tag(lines, search), *_description(search)]
    if not KEYPHRASE_WORDS[0] <= count <= KEYPHRASE_WORDS[1]:
        least, most = KEYPHRASE_WORDS
        message = f"L'expression clé « {search.keyphrase} » a {count} mots pleins, il en faut de {least} à {most}."
        remarks.append(about(None, "seo", "warning", message))
    if count:
        remarks += [*_places(lines, search), *_density(lines, search), *_subheadings(lines, search)]
    return in_order(remarks)


def keyphrase_count(keyphrase: str, text: str) -> int:
    """How often a keyphrase stands in a text: in each sentence as often as the rarest of its words, in any form."""
    wanted = _content(keyphrase)
    if not wanted:
        return 0
    told = [_content(sentence) for sentence in sentences(text)]
    return sum(min(there[word] // times for word, times in wanted.items()) for there in told)


def _content(text: str) -> Counter[str]:
    """Lemmas of the content words, and figures."""
    return Counter([*content_lemmas(text), *re.findall(r"\d+", text)])


def _title(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if line.is_heading), None)


def _title_tag(lines: Sequence[Line], search: Search) -> Iterator[Remark]:
    pixels = width(search.title_tag)
    if pixels > TITLE_PIXELS:
        message = f"Balise de titre de {pixels:.0f} pixels, au plus {TITLE_PIXELS} : {begun(search.title_tag)}."
        yield about(_title(lines), "seo", "warning", f"{message} La raccourcir.")


def _description(search: Search) -> Iterator[Remark]:
    least, most = DESCRIPTION_LENGTH
    count = len(search.description)
    if not least <= count <= most:
        message = (
            f"Méta-description de {count} caractères, il en faut de {least} à {most} : {begun(search.description)}."
        )
        yield about(None, "seo", "warning", f"{message} {'La raccourcir' if count > most else 'La compléter'}.")


def _places(lines: Sequence[Line], search: Search) -> Iterator[Remark]:
    """Title tag, first paragraph, slug and description: each ought to hold the keyphrase."""
    phrase, title = search.keyphrase, search.title_tag
    if not keyphrase_count(phrase, title):
        yield _missing(_title(lines), phrase, "la balise de titre", title)
    elif not set(content_lemmas(title)[:_BEGINNING]) & set(content_lemmas(phrase)):
        message = f"L'expression clé « {phrase} » vient tard dans la balise de titre : {begun(title)}. L'avancer."
        yield about(_title(lines), "seo", "note", message)
    first = next((line for line in lines if not line.is_heading), None)
    if first and not keyphrase_count(phrase, first.text):
        yield _missing(first, phrase, "le premier paragraphe", first.text)
    if not _is_in_slug(phrase, search.slug):
        yield _missing(None, phrase, "l'adresse", search.slug)
    if not keyphrase_count(phrase, search.description):
        yield _missing(None, phrase, "la méta-description", search.description)


def _missing(line: Line | None, phrase: str, where: str, text: str) -> Remark:
    message = f"L'expression clé « {phrase} » manque dans {where} : {begun(text)}. L'y mettre, si la source le permet."
    return about(line, "seo", "warning", message)


def _is_in_slug(phrase: str, slug: str) -> bool:
    """Whether the slug has every content word, in the singular or the plural."""
    from slugify import slugify  # brings tables of letters

    there = {part.rstrip("sx") for part in slug.split("-")}
    wanted = (part for word in content_words(phrase) for part in slugify(word.replace("’", "'")).split("-"))
    return all(part.rstrip("sx") in there for part in wanted)


def _density(lines: Sequence[Line], search: Search) -> Iterator[Remark]:
    body = [line for line in lines if not line.is_heading]
    counts = [keyphrase_count(search.keyphrase, line.text) for line in body]
    total = sum(word_count(line.text) for line in body)
    share = 100 * sum(counts) / total if total else DENSITY[0]
    told = f"« {search.keyphrase} », {sum(counts)} fois en {total} mots, soit {_decimal(share)} %"
    if share < DENSITY[0]:
        message = f"Expression clé trop rare : {told}, au moins {_decimal(DENSITY[0])} %."
        yield about(None, "seo", "warning", f"{message} La nommer là où un pronom la remplace.")
    elif share > DENSITY[1]:
        fullest = body[counts.index(max(counts))]
        message = f"Expression clé trop fréquente : {told}, au plus {_decimal(DENSITY[1])} %."
        yield about(fullest, "seo", "warning", f"{message} La remplacer ici par un pronom : {begun(fullest.text)}.")


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _subheadings(lines: Sequence[Line], search: Search) -> Iterator[Remark]:
    """Subheadings that hold more than half of the keyphrase's words, as a share of all; an only one may hold it."""
    headings = [line for line in lines if line.is_heading][1:]
    wanted = set(content_lemmas(search.keyphrase))
    holding = [line for line in headings if 2 * len(wanted & set(content_lemmas(line.text))) > len(wanted)]
    others = [line for line in headings if line not in holding]
    least, most = SUBHEADINGS
    told = f"Intertitres qui portent « {search.keyphrase} » : {len(holding)} sur {len(headings)}"
    if len(holding) < least * len(headings):
        hint = f"La mettre par exemple dans {begun(others[0].text)}, si sa section en parle."
        yield about(others[0], "seo", "warning", f"{told}, au moins {100 * least:.0f} %. {hint}")
    elif len(holding) > most * len(headings) and len(headings) > 1:
        hint = f"Changer par exemple {begun(holding[-1].text)}."
        yield about(holding[-1], "seo", "warning", f"{told}, au plus {100 * most:.0f} %. {hint}")
