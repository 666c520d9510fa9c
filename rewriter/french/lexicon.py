"""What is known of French words: whether they exist, their lemma, which carry content, which turn a meaning.

The dictionary is simplemma's; the invariable and the recent words that it lacks stand in known_words.txt.
Lemmas, nuances and verb forms live in modules of their own and are offered here as well.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rewriter.french.lemmas import is_listed, lemma, same_word
from rewriter.french.nuances import modals, negations, quantifiers
from rewriter.french.segment import sentences, unified, words
from rewriter.french.verbs import tenses
from rewriter.french.wordlists import word_list

__all__ = [
    "content_lemmas", "content_words", "doubled_words", "function_words", "is_function_word", "is_known",
    "lemma", "modals", "negations", "quantifiers", "same_word", "telling_words", "tenses", "unknown_words",
]  # fmt: skip

# ── content ──────────────────────────────────────────────────────────────────────────────────────────────


def function_words() -> frozenset[str]:
    """The words that carry no content of their own: articles, pronouns, prepositions, auxiliaries, numbers …

    Casefolded, with the apostrophe ' and in every form (file function_words.txt).
    """
    return word_list("function_words")


def is_function_word(word: str) -> bool:
    """Whether the word is one of `function_words`, whatever its capitals and its apostrophe."""
    return word.casefold().replace("’", "'") in function_words()


def content_words(text: str) -> tuple[str, ...]:
    """The content words in order, as they are written: no function words, no numbers, no single letters."""
    return tuple(
        word
        for word in words(text)
        if len(word) > 1 and not word[0].isdigit() and not is_function_word(word) and word[-1] not in "'’"
    )


def content_lemmas(text: str) -> tuple[str, ...]:
    """Lemmas of the content words, in order."""
    return tuple(lemma(word) for word in content_words(text))


_FIGURES = re.compile(r"\d+")


def telling_words(text: str) -> frozenset[str]:
    """What tells a sentence from others: the lemmas of its content words, and its figures."""
    return frozenset((*content_lemmas(text), *_FIGURES.findall(text)))


# ── unknown words ────────────────────────────────────────────────────────────────────────────────────────

_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\b[\w-]+\.(?:com|fr|org|net|info|eu|be|ch|ca|io|gouv)\b")
_BEGINNING = re.compile(r"(?:^|[«“\"])[\s\u00a0\u202f]*([^\W\d_]+)")
_INCLUSIVE = re.compile(r"[·‧].*")
# Inflected ends of the words in known_words.txt, and the ends of their dictionary forms.
_INFLECTIONS = (
    *((end, "") for end in ("s", "x", "e", "es", "ne", "nes", "le", "les")),
    *((end, "eur") for end in ("euse", "euses", "rice", "rices")),
    *((end, "if") for end in ("ive", "ives")),
    ("aux", "al"),
)
_PLURAL = re.compile(r"(?:es|s|x|e)$")
# Before a hyphen, and the longer ones also without it.
_PREFIXES = (
    "anti|auto|bio|co|contre|crypto|cyber|dé|dés|éco|électro|entre|euro|ex|extra|géo|hydro|hyper|ultra|infra|inter"
    "|macro|méga|méta|micro|mini|mono|multi|nano|narco|néo|non|para|péri|photo|pluri|poly|post|pré|pro|psycho|radio"
    "|ré|re|semi|socio|sous|super|sur|télé|thermo|trans|vidéo|in|im|mal|demi|afro|américano|anglo|austro|franco"
    "|germano|gréco|hispano|indo|islamo|israélo|italo|judéo|latino|luso|nippo|russo|sino|soviéto|turco|ukraino"
)
_PREFIX = re.compile(_PREFIXES)
_PREFIXED = re.compile(rf"(?:{_PREFIXES})(.{{6,}})")
_VERB_FORM = re.compile(
    r"(.{3,}?)(?:[ea]|es|ent|ons|ez|ée?s?|ait|ais|aient|ant|ante?s?|èrent|er(?:a|ai|as|ons|ez|ont|ait|ais|aient))"
)
_ADVERBS = (
    (re.compile(r"(.+)amment"), "ant"),
    (re.compile(r"(.+)emment"), "ent"),
    (
        re.compile(
            r"(.+(?:iqu|[aiu]bl|al|ell|eus|iv|air|ièr|il|ain|aîn|ein|in|ist|oir|aint|ect|ent|er[ns]|est|ong))ement"
        ),
        "e",
    ),
)


def is_known(word: str) -> bool:
    """Whether the word is French, whatever its capitals: all its parts, once elisions and hyphens are split.

    Names are not French words: "Stoltenberg" is unknown. Rules stand in for derivations that no list has
    whole: adverbs in -ment, common prefixes, plurals and verb forms of the words in known_words.txt.
    """
    return all(_part_is_known(part) for token in words(word) for part in _hyphen_parts(token))


def _hyphen_parts(token: str) -> Iterator[str]:
    """The parts between hyphens without prefixes and names ("pro-Kremlin"); all of it where it is listed."""
    folded = token.casefold().replace("’", "'")
    parts = [part for part in re.split(r"[-‐‑]", token) if part]
    if len(parts) < 2 or _in_dictionary(folded):
        yield folded
    else:
        yield from (p for p in parts if p.islower() and not _PREFIX.fullmatch(p))


@functools.lru_cache(maxsize=1 << 16)
def _part_is_known(part: str) -> bool:
    part = _INCLUSIVE.sub("", part)
    if len(part) < 2 or any(letter.isdigit() for letter in part) or _in_dictionary(part):
        return True
    return _is_derived(part)


def _in_dictionary(part: str) -> bool:
    spelt = (part, part.replace("œ", "oe"))
    own = word_list("known_words") | function_words()
    return part in own or any(is_listed(spelling) for spelling in spelt)


def _is_derived(part: str) -> bool:
    """Whether the part is built, by a rule that French uses every day, from a word in the dictionary."""
    verb, prefixed = _VERB_FORM.fullmatch(part), _PREFIXED.fullmatch(part)
    own = word_list("known_words")
    return (
        any(part.endswith(end) and part.removesuffix(end) + of_lemma in own for end, of_lemma in _INFLECTIONS)
        or (verb is not None and _in_dictionary(verb[1] + "er"))
        or any((adverb := form.fullmatch(part)) and _in_dictionary(adverb[1] + end) for form, end in _ADVERBS)
        or (prefixed is not None and _part_is_known(prefixed[1]))
    )


def unknown_words(text: str, source: str = "") -> tuple[str, ...]:
    """Words that neither the dictionary nor the source has, in order, each once, as they are written.

    A word that the source has in another form counts as the source's. Capitalised words are names, and
    judged only where a sentence or a quotation begins; capitals throughout, single letters, figures and
    addresses of the web never are.
    """
    text = _LINK.sub(" ", text)
    known_there = _vocabulary(source)
    found = (
        word
        for sentence in sentences(text)
        for word in _judged(sentence)
        if not is_known(word) and not known_there & {unified(word), *_bare_forms(word)}
    )
    return tuple(dict.fromkeys(found))


def _judged(sentence: str) -> Iterator[str]:
    """The words of a sentence that a dictionary can judge."""
    beginnings = set(_BEGINNING.findall(sentence))
    for word in words(sentence):
        if len(word) > 1 and not word.isupper() and (word[0].islower() or word in beginnings):
            yield word


@functools.lru_cache(maxsize=8)
def _vocabulary(source: str) -> frozenset[str]:
    """The source's words, comparable, in the forms under which another form of them would look them up."""
    tokens = words(source)
    parts = (part for token in tokens for part in (token, *re.split(r"[-‐‑]", token)) if part)
    return frozenset(form for part in parts for form in (unified(part), *_bare_forms(part)))


def _bare_forms(word: str) -> Iterator[str]:
    """The lemma and the word without its feminine and its plural."""
    yield unified(lemma(word))
    yield _PLURAL.sub("", unified(word))


# ── repeated words ───────────────────────────────────────────────────────────────────────────────────────

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)[\s\u00a0]+(\1)(?![\w'’-])", re.IGNORECASE)
_RIGHT_TWICE = frozenset(["nous", "vous", "très", "non", "oui", "faire", "bien", "trop", "plus", "tout", "là", "si"])


def doubled_words(text: str) -> tuple[str, ...]:
    """Words written twice in a row by mistake ("de de"), in order, casefolded.

    "nous nous", "faire faire" and the like are right; a second word with a capital is part of a name.
    """
    return tuple(
        first.casefold()
        for first, second in _TWICE.findall(text)
        if not second[0].isupper() and first.casefold() not in _RIGHT_TWICE
    )
