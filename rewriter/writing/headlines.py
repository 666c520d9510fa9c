"""Title, standfirst and subheadings: what is asked of the model, and what can be made without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rewriter.engine.base import CompletionRequest, Sampling
from rewriter.french.lexicon import content_lemmas, is_known
from rewriter.french.segment import words
from rewriter.french.typography import heading, tidy, typeset
from rewriter.writing import prompts

CANDIDATES = 8
_MOST_SHOWN = 120
"""Words of a text that are shown to the model; a heading is found in the beginning of its section."""


def ask_title(given: str | None, lead: str, seed: int) -> CompletionRequest:
    """Ask for titles from the given one, if any, and the first paragraphs."""
    return _ask("title", f"Titre : {given or '(sans titre)'}\nDébut : {_beginning(lead)}", 48, 0.5, seed)


def ask_standfirst(lead: str, seed: int) -> CompletionRequest:
    """Ask for a standfirst from the first paragraphs."""
    return _ask("standfirst", _beginning(lead), 96, 0.5, seed)


def ask_heading(section: str, seed: int) -> CompletionRequest:
    """Ask for subheadings of a section."""
    return _ask("heading", _beginning(section), 24, 0.6, seed)


def _ask(name: str, text: str, tokens: int, temperature: float, seed: int) -> CompletionRequest:
    return CompletionRequest(
        prompts.load(name).messages(text),
        n=CANDIDATES,
        max_tokens=tokens,
        sampling=Sampling(temperature, min_p=0.1),
        stop=("\n",),
        seed=seed,
    )


def _beginning(text: str) -> str:
    return " ".join(text.split()[:_MOST_SHOWN])


_LABEL = re.compile(r"^\W*(?:titre|intertitre|sous-titre|chapô|chapeau)\s?: ?", re.IGNORECASE)


def finish_heading(text: str) -> str:
    """Give a heading its form: no label, no markup, no quotation marks around it, no full stop."""
    text = tidy(_LABEL.sub("", text.strip()))
    enclosed = re.fullmatch(r"[«“\"]\s?([^«»“”\"]+?)\s?[»”\"]", text)
    return typeset(heading(enclosed.group(1) if enclosed else text)).rstrip(" .")


def finish_standfirst(text: str) -> str:
    """Give a standfirst its form: no label, whole sentences."""
    return typeset(tidy(_LABEL.sub("", text.strip())))


# --- without the model -----------------------------------------------------------------------------------------

_END_OF_MAIN_CLAUSE = re.compile(
    r"\s?(?:, (?:qui|que|dont|où|alors|mais|ce qui|tandis|selon|d['’]après|a |ont |affirm|explique)|[;.!?…]| – | : )"
)


def shorten(title: str) -> str:
    """Cut a title after its main clause and calm its capitals ("100 MILLIARDS" → "100 milliards")."""
    end = _END_OF_MAIN_CLAUSE.search(title, 25)
    return finish_heading(calm(title[: end.start()] if end else title))


def calm(text: str) -> str:
    """Lower words that shout, unless they are acronyms: a French word of more than four letters does not."""
    return re.sub(
        r"\b[A-ZÀÂÉÈÊÎÔÛÇŒ]{5,}\b", lambda m: m.group().lower() if is_known(m.group().lower()) else m.group(), text
    )


_ARTICLE = r"(?:[Ll]es? |[Ll]a |[Ll]['’]|[Uu]ne? |[Dd]es )"
_OF = r"(?:de la |de l['’]|des |du |de |d['’]|à la |à l['’]|aux? |à )"
_NOUN_PHRASE = re.compile(rf"(?<!\w)(?<!['’]){_ARTICLE}[^\W\d_]{{4,}}(?: [^\W\d_]{{4,}})? {_OF}(?:[Ll]es? |[Ll]a )?[^\W\d_][\w-]{{3,}}\b")


def noun_phrases(section: str, article: str) -> tuple[str, ...]:
    """Noun phrases of a section that can stand as its heading, the most telling first.

    "Le financement de la guerre": an article, a noun and its complement, taken from the text as they are. They
    are ranked by how much more often their words stand in the section than elsewhere.
    """
    here, everywhere = Counter(content_lemmas(section)), Counter(content_lemmas(article))

    def weight(phrase: str) -> float:
        lemmas = content_lemmas(phrase)
        return sum(here[lemma] ** 2 / max(1, everywhere[lemma]) for lemma in lemmas) / max(1, len(lemmas))

    found = [m.group() for m in _NOUN_PHRASE.finditer(section) if len(content_lemmas(m.group())) >= 2]
    ranked = sorted(dict.fromkeys(found), key=lambda phrase: (-weight(phrase), found.index(phrase)))
    return tuple(finish_heading(phrase) for phrase in ranked)


def is_sentence(text: str, least_words: int = 10) -> bool:
    """Whether a given title is long enough to stand as a standfirst."""
    return len(words(text)) >= least_words


