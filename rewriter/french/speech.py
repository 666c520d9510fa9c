"""Who says what: speech verbs, "selon", and the speakers that stand beside them.

Nothing parses here. A speaker stands after its verb when a comma or a quotation ends before the verb ("…,
estime Paul Bert"), else before it ("Paul Bert, interrogé mardi, estime que"), or behind "selon".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.folding import fold
from rewriter.french.names import Name, names
from rewriter.french.nations import mentions
from rewriter.french.roles import HONORIFICS, head_at, is_function_key
from rewriter.french.tokens import Token, tokens
from rewriter.french.wordlists import word_list


@dataclass(frozen=True)
class Speaker:
    """Somebody to whom words are given."""

    text: str
    names: frozenset[str] = frozenset()
    """Last words of their names, folded; at most a name in apposition and an institution."""
    codes: frozenset[str] = frozenset()
    """Countries named in it; a capital stands for its country."""
    functions: frozenset[str] = frozenset()
    """Their functions, by the first form in titles.txt; without general words ("responsable")."""
    pronoun: bool = False
    indefinite: bool = False
    """Whether it is somebody whom the text does not identify: "un diplomate", "des élus"."""


@dataclass(frozen=True)
class Attribution:
    """A place in a text where words are given to somebody."""

    speaker: Speaker
    verb: str
    """The speech verb as it is written; "selon" and its like otherwise."""
    span: tuple[int, int]
    """Of the verb, its auxiliary included, or of "selon"."""


# ── the verbs ────────────────────────────────────────────────────────────────────────────────────────────

_REGULAR_ENDS = ("e", "ent", "ant", "ait", "aient", "a", "erent", "era", "eront", "erait", "eraient")
_IR_ENDS = ("it", "issent", "issait", "irent", "ira")
_ENGLISH = frozenset(
    "said says say told tells added argued argues warned warns announced announces claimed claims insisted insists stated states "
    "explained explains noted notes wrote writes asked asks called calls expects expected believes believed thinks thought estimates "
    "estimated confirmed denied urged urges promised acknowledged admitted predicted predicts suggested described reported".split()
)
_AUXILIARIES = frozenset("a ont avait avaient aurait auraient est sont etait etaient aura".split())

_BE = frozenset("est sont etait etaient".split())


@functools.cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Folded finite forms and folded participles of the speech verbs."""
    finite: set[str] = set()
    participles: set[str] = set()
    for word in word_list("speech_verbs"):
        key = fold(word)
        if word.endswith("er"):
            stems = {key[:-2], re.sub(r"(?<=[aeiou])l$", "ll", key[:-2]) if word.endswith("eler") else key[:-2]}
            finite.update(stem + end for stem in stems for end in _REGULAR_ENDS)
            finite.update(key[:-2] + "e" + end for end in ("a", "ait", "aient") if key.endswith("ger"))
            participles.update(key[:-2] + end for end in ("e", "ee", "es", "ees"))
        elif word.endswith("ir"):
            finite.update(key[:-2] + end for end in _IR_ENDS)
            participles.add(key[:-1])
        else:
            finite.add(key)
            participles.update((key, key + "e", key + "s"))
    return frozenset(finite), frozenset(participles)


# A finite form right after one of these is a noun: "la demande", "sur demande", "le juge".
_BEFORE_NOUN = frozenset("la le les un une des de d du son sa ses ce cette leur leurs a au en sur par pour sans aucune chaque tout toute".split())
_AFTER_L = frozenset("affirme assure admet reconnait explique avoue dit repete rappelle souligne confirme precise jure martele".split())
_CLITICS = frozenset("ne n se s l le la les y en lui leur me m nous aussi deja".split())
_PRONOUNS = frozenset("il elle ils elles on celui celle ceux he she they it".split())
_WEAK = frozenset("fait font sait savent veut veulent poursuit defend defendent soutiennent garantit garantira annonce lit parle trouve presente oppose voit figure releve echange".split())
"""Verbs that say something only with "que", a colon or a quotation behind them."""


def _is_speech(words: Sequence[Token], i: int, language: str) -> tuple[int, int] | None:
    """First and last-plus-one token of the speech verb that ends at a token, its auxiliary included."""
    token = words[i]
    if language == "en":
        return (i, i + 1) if token.key in _ENGLISH else None
    finite, participles = _verbs()
    if token.key in participles and (first := _auxiliary(words, i)) is not None:
        return first, i + 1
    if token.key not in finite or token.capital:
        return None
    if i and words[i].gap in (" ", "'", "’", "\u00a0") and words[i - 1].key in _BEFORE_NOUN:
        return None
    if i and words[i - 1].key == "l" and token.key not in _AFTER_L:
        return None
    return i, i + 1


def _auxiliary(words: Sequence[Token], i: int) -> int | None:
    """Index of the auxiliary of a participle, up to five tokens before: "a-t-elle ensuite déclaré", "s'est félicité"."""
    for j in range(i - 1, max(-1, i - 6), -1):
        if words[j].key in _AUXILIARIES and words[j].text != "à":
            passive = words[j].key in _BE and not (j and words[j - 1].key in ("s", "se")) and words[j].gap not in ("'", "’")
            return None if passive or any(t.key == "ete" for t in words[j + 1 : i]) else j
        if not (is_function_key(words[j].key) or words[j].key.endswith("ment")):
            return None
    return None


# ── attributions ─────────────────────────────────────────────────────────────────────────────────────────

_ACCORDING = re.compile(
    r"(?<![\w'’])(?:selon|d['’]après|suivant|dixit|à en croire|aux yeux d(?:e|es|u|['’])|de l['’]avis d(?:e|es|u|['’])|aux? dires? d(?:e|es|u|['’])"
    r"|par la voix d(?:e|['’])|according to)(?![\w])",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?:(?<=^)|(?<=[.!?…»”\"] )|(?<=\n))Pour(?= )|(?<=, )pour(?= (?:sa |son |leur |le |la |l['’])?[\w'’ -]{3,60},? «)")
_NOT_ACCORDING = re.compile(r"[ ](?:que|qu['’]|lesquel|laquelle|lequel|les? cas\b|toute|nos |vos )")


def attributions(text: str, language: str = "fr") -> tuple[Attribution, ...]:
    """All places where the text gives words to somebody, in order; `language` is "fr" or "en"."""
    words = tokens(text)
    context = _Context(text, words, names(text, language), language)
    found = [a for i in range(len(words)) if (a := _by_verb(context, i))]
    found += _by_preposition(context)
    return tuple(sorted(found, key=lambda a: a.span))


@dataclass(frozen=True)
class _Context:
    text: str
    words: tuple[Token, ...]
    names: tuple[Name, ...]
    language: str


def _by_verb(context: _Context, i: int) -> Attribution | None:
    words = context.words
    verb = _is_speech(words, i, context.language)
    if verb is None:
        return None
    first, last = verb
    if words[i].key in _WEAK and not _introduces(context.text, words, last):
        return None
    speaker = _inverted(words, first, last) or _subject(context, first, last)
    if speaker is None:
        return None
    span = words[first].start, words[last - 1].end
    return Attribution(speaker, context.text[span[0] : span[1]], span)


def _subject(context: _Context, first: int, last: int) -> Speaker | None:
    """The speaker behind the verb or before it; where both are possible, the one with a name or a function."""
    after = _speaker_after(context, first, last)
    if after and (after.names or after.functions or re.search(r"[»”\"]", context.words[first].gap)):
        return after
    before = _speaker_before(context, first)
    return before if before and (before.names or before.functions or not after) else after


def _introduces(text: str, words: Sequence[Token], last: int) -> bool:
    end = words[last - 1].end
    return re.compile(r"\s*[:«“\",]|\s+(?:que?\b|qu['’]|savoir|valoir|remarquer|observer|état|part|dans)").match(text, end) is not None


def _inverted(words: Sequence[Token], first: int, last: int) -> Speaker | None:
    """The pronoun in "estime-t-il" and "a-t-elle ajouté"."""
    inside = (*words[first:last], *words[last : last + 2])
    for token in inside:
        if token.gap in ("-", "‑") and token.key in _PRONOUNS:
            return Speaker(token.text, pronoun=True)
    return None


_CLOSES = re.compile(r"[,»”\"’!?…–—]")
_STOPS = re.compile(r"[.;:«»“”\"!?\n()–—]")
_ENDS = re.compile(r"[.«»“”\"!?\n]")
_CLAUSE_WORDS = frozenset("que qu mais tandis dont ou lorsque lorsqu si car that but while when".split())


def _stops(words: Sequence[Token], i: int) -> bool:
    """Whether a sentence, a quotation or a clause ends before a token; "M." ends none."""
    abbreviated = words[i].gap.strip() == "." and words[i - 1].key in HONORIFICS
    return _STOPS.search(words[i].gap) is not None and not abbreviated


def _speaker_after(context: _Context, first: int, last: int) -> Speaker | None:
    """The speaker behind the verb, where the words that are said end before it: "…, estime Paul Bert"."""
    words = context.words
    start = first
    while start > 0 and words[start - 1].key in _CLITICS and not _CLOSES.search(words[start].gap):
        start -= 1
    if not _CLOSES.search(words[start].gap.strip("'’")) and context.language != "en":
        return None
    end = last
    while end < len(words) and not _stops(words, end) and words[end].key not in ("qui", "que", "qu", "who", "that"):
        if "," in words[end].gap and (end == last or not _in_apposition(words, end)):
            break
        end += 1
    return _speaker(context, last, end, opens=True) if end > last else None


def _in_apposition(words: Sequence[Token], i: int) -> bool:
    """Whether what follows a comma goes on naming the speaker."""
    return words[i].capital or head_at(words, i) is not None or (words[i].key in ("le", "la", "l", "un", "une") and head_at(words, i + 1) is not None)


def _speaker_before(context: _Context, first: int) -> Speaker | None:
    """The subject before the verb: the pronoun, or the first name or function of the clause."""
    words = context.words
    nearest = first - 1
    while nearest >= 0 and words[nearest].key in _CLITICS:
        nearest -= 1
    if nearest < 0:
        return None
    if words[nearest].key in _PRONOUNS and not words[first].gap.strip():
        return Speaker(words[nearest].text, pronoun=True)
    relative = words[nearest].key in ("qui", "who")
    end = nearest if relative else first
    start = end
    for _ in range(3):
        start = _clause_start(words, start - 1)
        if speaker := _speaker(context, start, end, last_name=relative):
            return speaker
        if start <= 0 or _ENDS.search(words[start].gap):
            return None
    return None


def _clause_start(words: Sequence[Token], i: int) -> int:
    """Index of the first token of the clause that a token belongs to."""
    while i > 0 and not _stops(words, i) and words[i - 1].key not in _CLAUSE_WORDS:
        i -= 1
    return max(i, 0)


def _by_preposition(context: _Context) -> Iterator[Attribution]:
    """selon X, d'après X, pour X: « … »."""
    for pattern in (_ACCORDING, _FOR):
        for match in pattern.finditer(context.text):
            if _NOT_ACCORDING.match(context.text, match.end()):
                continue
            first = next((i for i, t in enumerate(context.words) if t.start >= match.end()), None)
            if first is None:
                continue
            last = first + 1
            while last < len(context.words) and "," not in context.words[last].gap and not _stops(context.words, last):
                last += 1
            speaker = _speaker(context, first, min(last, first + 14), opens=True)
            if pattern is _FOR and (speaker is None or not (speaker.names or speaker.functions)):
                continue
            if speaker or context.words[first].key in ("lui", "elle", "eux", "elles", "him", "her", "them"):
                yield Attribution(speaker or Speaker(context.words[first].text, pronoun=True), match[0].lower(), match.span())


# ── the speaker ──────────────────────────────────────────────────────────────────────────────────────────

_PREPOSITIONS = frozenset("de du d des a au aux en dans par pour avec sur sous chez vers contre apres avant depuis of in at with by to from for after".split())
_ARTICLES = frozenset("la le les l the".split())
_INDEFINITE = frozenset("un une des certains certaines plusieurs quelques d a some several".split())


_SHOWN = 8
"""Words of a speaker without a name that are shown to an editor."""


def _speaker(context: _Context, first: int, last: int, last_name: bool = False, opens: bool = False) -> Speaker | None:
    """The speaker that a stretch of tokens names; None where it names nobody.

    `last_name`: the name nearest to the end counts, as before "qui". `opens`: the stretch begins with the
    speaker, so that nothing before its first token makes it a complement.
    """
    words = context.words
    if first >= last or (opens and words[first].key in _PREPOSITIONS and words[first].key != "des"):
        return None
    found = [n for n in context.names if words[first].start <= n.span[0] < words[last - 1].end]
    free = [n for n in found if not n.codes or n.text[0].isupper()]
    free = [n for n in free if not _is_complement(words, _at(words, n), first if opens else -1)]
    functions = _functions(words, first, last, context.language, opens)
    beside = [n for n in free if n.span[1] == words[last - 1].end and last < len(words) and "," not in words[last].gap]
    chosen = beside or (free[-1:] if last_name else free[:1])
    if not chosen and not functions and not _is_noun_phrase(words, first, last, opens):
        return None
    codes = frozenset(code for m in mentions(words[first:last], context.language) for code in m.codes)
    return Speaker(
        chosen[0].text if chosen else " ".join(context.text[words[first].start : words[last - 1].end].split()[:_SHOWN]),
        frozenset(n.words[-1] for n in chosen if n.words and not n.codes),
        codes,
        functions,
        indefinite=words[first].key in _INDEFINITE and not chosen,
    )


def _at(words: Sequence[Token], name: Name) -> int:
    return next(i for i, token in enumerate(words) if token.start == name.span[0])


def _is_complement(words: Sequence[Token], i: int, opening: int) -> bool:
    """Whether a name is governed by a preposition: "le maire de Brest", "la présidente de la Commission"."""
    if i == opening or i == 0 or words[i].gap not in (" ", "'", "’", "\u00a0", "\u202f"):
        return False
    before = words[i - 1].key
    if i >= 3 and not words[i - 1].capital and not is_function_key(before) and head_at(words, i - 1) is None:
        return words[i - 2].key in _ARTICLES and words[i - 3].key in _PREPOSITIONS  # "la présidente de la région Bretagne"
    if before in _ARTICLES and i >= 2:
        return i - 1 != opening and words[i - 2].key in _PREPOSITIONS and words[i - 1].gap in (" ", "\u00a0")
    return i - 1 != opening and before in _PREPOSITIONS


def _functions(words: Sequence[Token], first: int, last: int, language: str, opens: bool) -> frozenset[str]:
    """The functions in a stretch, complements left out, the first only."""
    for i in range(first, last):
        head = head_at(words, i, language)
        if head and not head.general and not _is_complement(words, i, first if opens else -1):
            return head.functions
    return frozenset()


def _is_noun_phrase(words: Sequence[Token], first: int, last: int, opens: bool) -> bool:
    """Whether a stretch begins like a subject: an article or a possessive, then a word."""
    begins = _INDEFINITE | _ARTICLES | frozenset("son sa ses leur leurs ce cette cet ces notre nos tous toutes beaucoup".split())
    return last - first >= 2 and words[first].key in begins and (opens or not is_function_key(words[first + 1].key))
