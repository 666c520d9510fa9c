"""Shortens a French sentence or title by leaving out what its main clause can do without; no word changes.

Nothing parses here: a place is one to cut at where the words around it leave no doubt, and what follows it neither
says whose words these are nor on what they depend. A sentence with no such place stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.french.clause_parts import TIME, capital, has_verb, opens_with_subject
from rewriter.french.dates import dates
from rewriter.french.lexicon import content_words, is_function_word
from rewriter.french.masking import Masked, mask, unmask
from rewriter.french.names import names
from rewriter.french.nuances import negations
from rewriter.french.numbers import numbers
from rewriter.french.segment import words
from rewriter.french.speech import attributions
from rewriter.french.verbs import is_verb_form
from rewriter.french.wordlists import word_list

_AT_END = " \u00a0\u202f,;:.!?…–—-"
_SHORTEST = 25
"""Letters below which nothing is said any more."""
_END_OF_CLAUSE = re.compile(
    r", (?=(?:qui|dont(?! (?:\d|une? |deux|trois|quatre|cinq))|où|ce qui|alors qu|tandis qu|mais|car|puis|puisqu|afin d"
    r"|afin qu|après|avant|lors|malgré|avec|dans|sous|sur|pour|notamment|ainsi qu|soit|\w+ant"
    r"|et (?:qui|dont|les?|la|l['’]|il|elle|a|ont|est|sont))\b)"
    r"|\s?;\s| (?=(?:alors qu|tandis qu|afin d|afin qu|après qu|lorsqu|grâce (?:à|aux?)|en raison d|à l['’]occasion d"
    r"|dans le cadre d|lors d)(?:e|u|es|['’])?\b)"
)
_HELD_BY = re.compile(
    r"(?<![\w-])(?:si|s['’]ils?|sauf|hormis|excepté|à moins|à condition|sous réserve|en cas|selon|d['’]après|faute"
    r"|à en croire|prétend\w*|aurai(?:en)?t)(?![\w-])",
    re.IGNORECASE,
)
"""On what a statement hangs: a condition, an exception, hearsay."""
_PAIRED = re.compile(
    r"(?<![\w-])(?:non seulement|d['’]une part|d['’]un côté|à la fois|tant|aussi bien|ni|soit|entre|plutôt|moins"
    r"|davantage|(?<!ne )(?<!n['’])plus)(?![\w-])",
    re.IGNORECASE,
)
"""Words that ask for a partner, which may be in what is left out."""
_SUBORDINATE = re.compile(
    r"(?<![\w-])(?:(?<!ainsi )qu['’]|(?:(?<!ainsi )que|qui|dont|où|si|lorsque|quand|puisque)(?![\w-]))", re.IGNORECASE
)
_SHORT_VERBS = frozenset(
    ["a", "ont", "avait", "avaient", "aura", "auront", "est", "sont", "était", "étaient", "sera", "seront", "serait",
     "seraient", "fut", "furent", "va", "vont", "fait", "font", "peut", "peuvent", "doit", "doivent", "veut", "veulent"]
)  # fmt: skip
_BEFORE_VERB = frozenset(["ne", "n'", "se", "s'", "y"])


def clause_cuts(sentence: str) -> tuple[str, ...]:
    """The sentence without its last clauses, without what stands before its subject, or both; the longest first.

    Each begins with a capital and ends without a mark, in a complete main clause with every attribution, condition and
    negation of it. Empty where no place to cut at is sure, and where a quotation mark has no partner.
    """
    masked = mask(sentence.strip())
    if masked is None:
        return ()
    starts = [masked.text, *_without_beginning(masked.text)]
    found = [cut for text in starts for cut in _without_end(text, sentence)] + starts[1:]
    restored = (_restored(text, masked) for text in found)
    return tuple(sorted(dict.fromkeys(t for t in restored if len(t) >= _SHORTEST), key=lambda text: -len(text)))


def _restored(text: str, masked: Masked) -> str:
    """The text with what was hidden, in the form of a title; quotations and asides keep their ends."""
    return capital(unmask(text.rstrip(_AT_END), masked)).strip()


_BEGINNING = re.compile(
    rf"(?:(?:{TIME})|(?:depuis|après|pendant|durant|lors d|au cours d|à l['’]issue d|à l['’]occasion d)\b[^,:;]*"
    r"|(?P<participle>\w+(?:é|i|u|is|it)e?s?) [^,:;]*), (?=\w)",
    re.IGNORECASE,
)


def _without_beginning(text: str) -> Iterator[str]:
    """Without a time or a participle with its complements before the subject."""
    match = _BEGINNING.match(text)
    if not match or (match["participle"] and not is_verb_form(match["participle"])):
        return
    rest = text[match.end() :]
    if opens_with_subject(rest) and not _HELD_BY.search(match[0]):
        yield capital(rest)


def _without_end(text: str, sentence: str) -> Iterator[str]:
    for match in _END_OF_CLAUSE.finditer(text, _SHORTEST):
        before, after = text[: match.start()], text[match.end() :]
        if _is_complete(before, after) and _keeps_its_hold(before, after, sentence):
            yield before


def _is_complete(before: str, after: str) -> bool:
    """Whether the clause before a cut is whole and does not go on behind what follows the cut."""
    return _is_whole(before) and not any(begins_with_verb(part) for part in re.split(r"[,;]", after)[1:])


def _is_whole(text: str) -> bool:
    """Whether a main clause has its verb, and so has every clause in it."""
    return all(has_finite(clause) for clause in _SUBORDINATE.split(text))


def has_finite(text: str) -> bool:
    """Whether a text has what is surely a finite verb."""
    return has_verb(text) or any(_is_finite(word) for word in words(text))


def _is_finite(word: str) -> bool:
    """Whether a word is a verb's form, and not surely its participle or its infinitive."""
    ends = word.endswith(("é", "ée", "és", "ées", "ant", "er", "ir", "oir"))
    return word.casefold() in _SHORT_VERBS or (is_verb_form(word) and not ends)


def begins_with_verb(text: str) -> bool:
    """Whether a verb stands first: then the clause before a relative goes on here ("X, qui part, a dit")."""
    first = next(iter(words(text)), "").casefold().replace("’", "'")
    return first in _SHORT_VERBS | _BEFORE_VERB or is_verb_form(first)


def _keeps_its_hold(before: str, after: str, sentence: str) -> bool:
    """Whether nothing is left out on which the rest hangs."""
    if _HELD_BY.search(after) or _PAIRED.search(before):
        return False
    if negations(before) and not after.startswith(("qui", "dont", "où")):  # "n'est pas parti afin de …"
        return False
    return not _loses_speaker(sentence, after)


_OF_ITS_OWN = re.compile(r"(?:et )?(?:qu['’]|(?:qui|que|dont|où|mais|alors|tandis|puis|car)\b)")


def _loses_speaker(text: str, after: str) -> bool:
    """Whether what is left out at the text's end says whose words the text are; "mais X estime …" says only its own."""
    for said in attributions(text):
        start = max(text.rfind(",", 0, said.span[0]) + 1, len(text) - len(after))
        own = _OF_ITS_OWN.match(text[start : said.span[0]].lstrip())
        if said.span[0] >= len(text) - len(after) and not own and said.verb.casefold() != "cru":  # mostly milk
            return True
    return False


# ── titles ───────────────────────────────────────────────────────────────────────────────────────────────

_ADJUNCT = (
    r"(?:dans|avec|après|avant|lors d|depuis|pendant|face|malgré|chez|sous|vers|afin|grâce|au cours|à l['’]occasion)"
)
_COMPLEMENT = r"(?:de|du|des|d['’]|à|au|aux|en|pour|contre|sur|par|entre)"
_SPEAKER_LAST = re.compile(r"(?<![\w-])(?:selon|d['’]après)(?![\w-])[^,]*$", re.IGNORECASE)
"""A speaker of whom more is told: "selon le Premier ministre hongrois"."""
_SCOPE = re.compile(
    r"(?<![\w-])(?:ne|tous|toutes?|tout|chaque|aucune?|seule?s?|seulement|uniquement|jamais|sans)(?![\w-])|(?<!\w)n['’]",
    re.IGNORECASE,
)
"""Words that say more when what limits them is left out: "tous les élus de Brest"."""
_PLACES = (
    re.compile(rf" (?={_ADJUNCT}\b)"),
    re.compile(rf" (?=(?:et )?{_COMPLEMENT}(?<=['’])|(?:et )?{_COMPLEMENT}(?:\s))"),
    re.compile(r"(?=, )"),
)
"""Where a title is cut, the best first: before an adjunct, before a complement, before one more thing that is told."""


def title_cuts(title: str) -> tuple[tuple[str, ...], ...]:
    """What a title becomes when its end is left out: lists of cuts, the safest list first, in each the longest first.

    Left out are clauses; adjuncts ("dans l'Ouest"); complements ("de 100 milliards"); one more thing that is told; what
    stands behind a colon or a dash; at last the verb and all that follows it. Numbers, dates, names and quotations stay
    whole, and nouns keep their adjectives; no cut ends on a verb or on a word that leans on the next.
    """
    end = "\u202f?" if title.rstrip().endswith("?") else ""
    plain, dash = _with_colon(title.strip().rstrip(_AT_END))
    adjuncts, complements, more = (_cut_at(place, plain) for place in _PLACES)
    lists = (clause_cuts(plain), adjuncts, complements, more, _before_colon(plain), _before_verb(plain))
    ordered = (sorted(cuts, key=len, reverse=True) for cuts in lists)
    return tuple(tuple(cut.replace(" : ", dash) + end for cut in cuts) for cuts in ordered)


def _with_colon(title: str) -> tuple[str, str]:
    """The title with a colon for its only dash, which would be taken for half of a pair, and what stood there."""
    first, *rest = re.split(r"(\s[–—]\s)", title)
    if len(rest) == len(("dash", "rest")) and " : " not in title:
        return f"{first} : {rest[1]}", rest[0]
    return title, " : "


def _before_colon(title: str) -> Iterator[str]:
    """What a title is about, where it says that first: "Procès de Brest : « Je regrette »"."""
    about, *said = re.split(r"\s:\s", title, maxsplit=1)
    if said and len(about) >= _SHORTEST and not re.search(r"[«“\"]", about) and not attributions(about):
        yield about.rstrip(_AT_END)


def _before_verb(title: str) -> Iterator[str]:
    """What a title speaks of, without what it says of it: that may be little, but it is not wrong."""
    for match in re.finditer(r" (?=(?:(?:ne|se|y|en) |[nsl]['’])*(?P<verb>[^\W\d_]+))", title):
        before = title[: match.start()]
        if len(before) >= _SHORTEST and _is_finite(match["verb"]):
            hangs = _HELD_BY.search(before) or _SCOPE.search(before) or mask(before) is None
            if content_words(next(reversed(words(before)), "")) and not hangs:
                yield before
            return


def _cut_at(place: re.Pattern[str], title: str) -> Iterator[str]:
    whole = _spans(title)
    for match in place.finditer(title, _SHORTEST):
        at, before, after = match.start(), title[: match.start()], title[match.end() :]
        if any(first < at < last for first, last in whole) or mask(before) is None or mask(after) is None:
            continue
        if after.startswith(",") and not _is_whole(before):
            continue
        if (
            _can_end(before, after)
            and has_finite(before) == has_finite(title)
            and not _drops_hold(before, after, title)
        ):
            yield before.rstrip(_AT_END)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where numbers, dates and names stand."""
    return [
        *(number.span for number in numbers(text)),
        *(date.span for date in dates(text)),
        *(name.span for name in names(text)),
    ]


_DEFINITE = frozenset(["le", "la", "les", "l'", "du", "au", "aux"])


def _can_end(before: str, after: str) -> bool:
    """Whether a title may end here: on a noun or its adjective, and not on a noun that only its complement tells."""
    tokens = [word.replace("’", "'") for word in words(before)]
    last = tokens[-1] if tokens else ""
    if not content_words(last) or last.casefold().endswith("ment") or last.casefold() in word_list("front_adjectives"):
        return False
    at = next((i for i in range(len(tokens) - 1, -1, -1) if is_function_word(tokens[i])), 0)
    small = tokens[at].casefold()
    noun = at + 1 if small in word_list("determiners") | word_list("prepositions") | {"de"} else at
    if any(is_verb_form(token) for token in tokens[noun + 1 :]) or (noun == at and is_verb_form(tokens[at])):
        return False  # "demandent ensemble": what they ask for is missing
    if re.search(r", [^,]{1,20}$", before):
        return False
    if last[0].isupper() or (small in ("de", "d'") and tokens[at - 1][0].isupper()):  # "Groupe de contact de défense"
        return not _OF.match(after) and _opens_small(after)
    return small not in _DEFINITE or _can_do_without(after, alone=at == len(tokens) - 2)


_OF = re.compile(r"(?:de|du|des)\b|d['’]")


def _opens_small(after: str) -> bool:
    """Whether a mark or a function word comes first, and no adjective: "Affaires étrangères"."""
    return after.startswith(",") or is_function_word(next(iter(words(after)), ""))


def _can_do_without(after: str, alone: bool) -> bool:
    """Whether a noun with "le" or "la", `alone` or with an adjective, tells enough without what follows it."""
    if re.match(rf",|{_ADJUNCT}\b", after):
        return True
    of_a_thing = _OF.match(after) and not re.match(r"\S+?['’ ][A-ZÀ-Þ]", after)  # "la présence" of what?
    return not (alone or of_a_thing) and _opens_small(after)


def _drops_hold(before: str, after: str, title: str) -> bool:
    """Whether something is left out on which the rest hangs."""
    if _HELD_BY.search(after) or _PAIRED.search(before) or _SCOPE.search(before) or _SPEAKER_LAST.search(before):
        return True
    return _loses_speaker(title, after)
