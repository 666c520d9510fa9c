"""Title, standfirst and subheadings: what is asked of the model, and what can be made without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from rewriter.engine.base import CompletionRequest, Sampling
from rewriter.french.abridging import begins_with_verb
from rewriter.french.lemmas import is_listed
from rewriter.french.lexicon import is_function_word
from rewriter.french.measure import word_count
from rewriter.french.quotes import quotations
from rewriter.french.rewording import reword
from rewriter.french.segment import sentences, words
from rewriter.french.typography import heading, tidy, typeset
from rewriter.french.verbs import tenses
from rewriter.writing import phrases, prompts
from rewriter.writing.drafting import locks_for

CANDIDATES = 6
_MOST_SHOWN = 120
"""Words of a text that are shown to the model; a heading is found in the beginning of its section."""


def ask_title(given: str | None, lead: str, seed: int, folder: str | None = None) -> CompletionRequest:
    """Ask for titles from the given one, if any, and the first paragraphs; `folder` is one of prompts."""
    return _ask("title", f"Titre : {given or '(sans titre)'}\nDébut : {_beginning(lead)}", seed, folder)


def ask_standfirst(lead: str, seed: int, folder: str | None = None) -> CompletionRequest:
    """Ask for a standfirst from the first paragraphs."""
    return _ask("standfirst", _beginning(lead), seed, folder)


def ask_heading(section: str, seed: int, folder: str | None = None) -> CompletionRequest:
    """Ask for subheadings of a section."""
    return _ask("heading", _beginning(section), seed, folder)


_LENGTHS = {"title": (48, 0.5), "standfirst": (96, 0.5), "heading": (24, 0.6)}
"""Tokens at most, and the temperature, of each."""


def _ask(name: str, text: str, seed: int, folder: str | None) -> CompletionRequest:
    tokens, temperature = _LENGTHS[name]
    return CompletionRequest(
        prompts.load(name, folder).messages(text),
        n=CANDIDATES,
        max_tokens=tokens,
        sampling=Sampling(temperature, min_p=0.1),
        stop=("\n",),
        locks=locks_for(text, "fr"),
        seed=seed,
    )


def _beginning(text: str) -> str:
    return " ".join(text.split()[:_MOST_SHOWN])


_LABEL = re.compile(
    r"^\W*(?:titre|intertitre|sous-titre|chapô|chapeau|title|heading|subheading|headline)s?"
    r"(?: (?:n°\s?)?\d{1,2}| (?:proposé|possible|adapté|réécrit|suggéré))?\W{0,3}\s?: ?",
    re.IGNORECASE,
)
_LEFT_AT_END = " .,;:\u00a0\u202f"
_ENCLOSED = re.compile(r"[«“\"]\s?([^«»“”\"]+?)\s?[»”\"]\.?")


def finish_heading(text: str) -> str:
    """Give a heading its form: no label, no markup, no quotation marks around it, no full stop."""
    text = tidy(_LABEL.sub("", tidy(text)))
    enclosed = _ENCLOSED.fullmatch(text)
    return typeset(heading(enclosed.group(1) if enclosed else text)).rstrip(_LEFT_AT_END)


def finish_standfirst(text: str) -> str:
    """Give a standfirst its form: no label, whole sentences."""
    return typeset(tidy(_LABEL.sub("", tidy(text))))


_REWORDINGS = 4


def reworded(text: str, seed: int) -> tuple[str, ...]:
    """The heading in other words, for several seeds; empty where the lexicon has none for it."""
    drawn = (finish_heading(reword(text, seed + k).text) for k in range(_REWORDINGS))
    return tuple(new for new in dict.fromkeys(drawn) if new != text)


# --- without the model -----------------------------------------------------------------------------------------

_SHORTEST_CLAUSE = 25
"""Letters before which no main clause ends."""
_MOST_WORDS = 16
"""Words from which a title is cut at a comma as well."""
_END_OF_MAIN_CLAUSE = re.compile(
    r"\s?(?:, (?:qui|que|dont|où|alors|mais|ce qui|tandis)|[;!…](?=\s|$)|[.?](?=$)| – |\s:\s)"
)
_COMMA = re.compile(r",\s")
_SAYS_WHO = re.compile(
    r",\s(?:(?:selon|d['’]après|à en croire|a|ont|avait|avaient)(?!\w)"
    r"|(?:affirm|annonc|assur|déclar|dénonc|estim|expliqu|indiqu|préven|prévien|promet))"
)
"""Whose words a title is, which no cut takes away."""
_WHEN_OR_WHERE = re.compile(
    r"(?:après|depuis|pendant|durant|lors d|à l['’]issue d|au terme d|à l['’]occasion d|dans|en (?!cas\b))[^,«“(]+,\s",
    re.IGNORECASE,
)
"""What a title that is too long does without: its clause holds at other times too. "Sans accord" stays."""
_INTRODUCTION = re.compile(
    r"(?:à|aux?|après|avant|avec|sans|selon|si|pour|malgré|en|dans|depuis|dès|face|faute|grâce|quand|lorsqu['’]|alors|sous"
    r"|sur|entre|par|contre|d['’](?:après|ici))(?!\w)[^,]*",
    re.IGNORECASE,
)
"""What stands before a main clause and is none."""


def shorten(title: str) -> str:
    """Cut a title after its main clause and calm its capitals ("100 MILLIARDS" → "100 milliards").

    No cut falls inside a quotation. A title that is still longer than 16 words loses the time or place before its
    first comma; else it ends at the last comma that makes it short enough, if it has one.
    """
    short = next(_cuts(sentences(title)[0], _END_OF_MAIN_CLAUSE)) if title.strip() else ""
    if word_count(short) > _MOST_WORDS:
        short = _WHEN_OR_WHERE.sub("", short, count=1) if _WHEN_OR_WHERE.match(short) else short
        *shorter, whole = [part for part in _cuts(short, _COMMA) if part == short or _is_clause(part, short)]
        fitting = [part for part in shorter if word_count(part) <= _MOST_WORDS]
        short = whole if word_count(whole) <= _MOST_WORDS or not fitting else fitting[-1]
    return finish_heading(calm(short[:1].upper() + short[1:]))


def _is_clause(part: str, whole: str) -> bool:
    """Whether a part has its verb, and what is cut off does not tell whose words it is."""
    rest = whole[len(part) :]
    return not (_INTRODUCTION.fullmatch(part) or begins_with_verb(rest.lstrip(", ")) or _SAYS_WHO.search(rest))


def _cuts(title: str, end: re.Pattern[str]) -> Iterator[str]:
    """The title up to each place that matches, outside quotations and brackets; at last the whole of it."""
    for match in end.finditer(title, _SHORTEST_CLAUSE):
        before = title[: match.start()]
        if all(before.count(opening) == before.count(closing) for opening, closing in ("«»", "“”", "()")):
            yield before
    yield title


_SHOUTED = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ]{5,}\b")
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ]+\b")
_ELIDED = re.compile(r"\b(?:[LDJMTSCN]|QU)(?=['’])")
_LONGEST_ACRONYM = 4
_SHOUTING = 0.7
"""Share of capitals from which a whole title shouts …"""
_A_TITLE = 2
"""… if it has as many words: "OTAN" does not."""


def calm(text: str) -> str:
    """Lower words that shout, unless they are acronyms: a French word of more than four letters does not.

    Where the whole text shouts, short French words are lowered too, and long unknown ones are taken for names.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if len(words(text)) < _A_TITLE or sum(map(str.isupper, letters)) < _SHOUTING * len(letters):
        return _SHOUTED.sub(lambda m: _lowered(m.group(), m.group()), text)
    calmed = _CAPITALS.sub(
        lambda m: _lowered(m.group(), m.group().capitalize() if len(m.group()) > _LONGEST_ACRONYM else m.group()), text
    )
    return heading(_ELIDED.sub(lambda m: m.group().lower(), calmed))


def _lowered(word: str, otherwise: str) -> str:
    """The word in small letters when it is French."""
    return word.lower() if is_listed(word.lower()) or is_function_word(word) else otherwise


def noun_phrases(section: str, article: str) -> tuple[str, ...]:
    """Subheadings made of a section's own words, the best first: see `phrases.noun_phrases`.

    The section's typography is left as it is: it has been set.
    """
    made = (heading(phrase).rstrip(_LEFT_AT_END) for phrase in phrases.noun_phrases(section, article))
    return tuple(dict.fromkeys(phrase for phrase in made if phrase))


_QUOTED_WORDS = (4, 10)
_LEANS = re.compile(
    r"(?:Ils?|Elles?|Cela|Ça|C['’]|Ce|Celui|Celle|Ceux|Mais|Et|Donc|Alors|Or|En|Y|Où|Pour ça)\b", re.IGNORECASE
)
"""What leans on a sentence that a reader of the subheading has not read."""
_PRONOUN = re.compile(r"\b(?:le|la|les|lui|leur|en|y) (?P<verb>[a-zà-ÿ]+)")
_TAKEN_BACK = re.compile(r"(?:Mais|Cependant|Toutefois|Pourtant|Seulement|Sauf|Or)\b")
_SECOND_CLAUSE = re.compile(r", et (?:je|j['’]|nous|ils?|elles?|on|c['’])")


def quoted(section: str) -> tuple[str, ...]:
    """Whole sentences that somebody says in a section, short enough for a subheading, in their quotation marks.

    Not one that leans on the sentence before it, nor one that the speaker takes back in the next.
    """
    found = []
    for quotation in (q for q in quotations(section) if q.speaker):
        said = sentences(quotation.text)
        for sentence, following in zip_longest(said, said[1:], fillvalue=""):
            clause = _SECOND_CLAUSE.split(sentence)[0].rstrip(_LEFT_AT_END)
            if _stands_alone(clause) and not _TAKEN_BACK.match(following):
                found.append(typeset(f"« {clause} »"))
    return tuple(dict.fromkeys(found))


def _stands_alone(clause: str) -> bool:
    return (
        _QUOTED_WORDS[0] <= word_count(clause) <= _QUOTED_WORDS[1]
        and clause[0].isupper()
        and bool(tenses(clause))
        and not _LEANS.match(clause)
        and not re.search(r"[,;:«»“”()…]", clause)
        and not any(tenses(pronoun["verb"]) for pronoun in _PRONOUN.finditer(clause))
    )


def is_bare_name(text: str) -> bool:
    """Whether a heading is nothing but a name, which says little: "Les États-Unis"."""
    return all(word[0].isupper() or is_function_word(word) for word in words(text))


def is_sentence(text: str, least_words: int = 10) -> bool:
    """Whether a given title is long enough to stand as a standfirst."""
    return len(words(text)) >= least_words
