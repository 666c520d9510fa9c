"""Finds noun phrases in a section that can stand as its subheading: words of the text, in their order.

Needs no parser. "Le financement de la guerre" is an article, a noun and its complement; what looks like a verb,
what leans on another word ("la veille de") and what says nothing by itself ("le nombre de") is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rewriter.french.lemmas import is_listed, lemma
from rewriter.french.lexicon import content_lemmas, is_function_word, is_known, tenses
from rewriter.french.measure import unquoted
from rewriter.french.wordlists import word_list

_ARTICLE = r"(?:[Ll]es? |[Ll]a |[Ll]['’]|[Uu]ne? |[Dd]es )"
_WORD = r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*"
_HEAD = rf"(?<![\w'’-])(?P<article>{_ARTICLE})(?P<head>[a-zà-öø-ÿœ][\w-]{{2,}}(?: [a-zà-öø-ÿœ][\w-]{{3,}})?)"
_OF = r"(?P<of>de la |de l['’]|des |du |de |d['’]|à la |à l['’]|aux? |à )"
_COMPLEMENT = rf"(?P<complement>(?:[Ll]es? |[Ll]a |[Ll]['’])?{_WORD})(?P<rest>(?: {_WORD}){{0,3}})"
_WITH_COMPLEMENT = re.compile(rf"{_HEAD} {_OF}{_COMPLEMENT}")
_ALONE = re.compile(rf"{_HEAD}(?= [a-zà-öø-ÿœ]|[,.;:!?»”)])")
_NAME = re.compile(r"(?<![\w.'’-])[A-ZÀ-ÖØ-Þ][\w'’-]+(?: (?:de |du |d['’]|la )?[A-ZÀ-ÖØ-Þ][\w'’-]+)+")

_SAY_LITTLE = frozenset(
    ["abri", "aide", "ailleurs", "an", "année", "aperçu", "aune", "base", "bout", "cadre", "cas", "cause",
     "centaine", "chose", "cinquantaine", "contraire", "coup", "cours", "côté", "demande", "différence",
     "dizaine", "douzaine", "droite", "début", "encontre", "ensemble", "espèce", "essentiel", "exception",
     "fait", "faveur", "façon", "fin", "fois", "fond", "forme", "foule", "gauche", "genre", "groupe", "hauteur",
     "heure", "idée", "image", "instant", "instar", "insu", "inverse", "issue", "jour", "large", "lendemain",
     "lieu", "lors", "majorité", "manière", "masse", "milieu", "milliard", "millier", "million", "minute",
     "mise", "mois", "moitié", "moment", "montant", "mot", "moyen", "même", "nature", "niveau", "nom", "nombre",
     "nouvelle", "numéro", "objet", "occasion", "ordre", "paire", "part", "partie", "plupart", "poignée",
     "point", "quantité", "quarantaine", "quart", "question", "quinzaine", "reste", "rôle", "semaine", "sens",
     "seul", "soixantaine", "somme", "sorte", "source", "suite", "sujet", "série", "tas", "tiers", "titre",
     "total", "totalité", "tour", "trentaine", "type", "tête", "veille", "vingtaine", "vue", "écart", "échelle",
     "égard", "épreuve", "équivalent", "état"]
)  # fmt: skip
"""Nouns that begin a phrase without being its subject ("le nombre de"), or that are half a preposition
("à la veille de", "l'insu de")."""
_TAKE_TO = frozenset(
    ["accès", "adhésion", "adieu", "aide", "allusion", "appel", "attaque", "atteinte", "candidature", "conseil",
     "contribution", "droit", "emprunt", "entrave", "frein", "hommage", "hostilité", "invitation", "obstacle",
     "opposition", "participation", "passage", "recours", "refus", "retour", "réponse", "soumission", "soutien"]
)  # fmt: skip
"""Nouns whose complement begins with "à": after others it says where or how."""
_SUBJECT_BEFORE = re.compile(r"\b(?:ils?|elles?|on|nous|vous|je|tu|qui|ne|y)(?:\s|['’])$", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r".{2,}(?:iques?|aires?|els?|elles?|als?|ales?|aux|iens?|iennes?|ais|aises?|ains?|aines?|ifs?|ives?|eux|euses?"
    r"|ables?|ibles?|istes?|ois|oises?|antes?|entes?|i?ères?)"
)
_INFINITIVE = re.compile(r".+(?:er|ir|re|oir)")
_IRREGULAR_INFINITIVES = frozenset(
    ["avoir", "courir", "devenir", "faire", "maintenir", "mourir", "obtenir", "revenir", "savoir", "tenir", "venir",
     "voir", "être", "intervenir", "parvenir", "prévenir", "soutenir", "recevoir", "acquérir", "convaincre"]
)  # fmt: skip

_OPENING_WORDS = 8
_CLAUSE_END = re.compile(r"[.!?…;:«»“”\"()]|\s[–—]\s")
_A_NAME = 1.6
"""What a name in a phrase is worth, times the weight of its words."""
_INDEFINITE = 0.6
_AN_OFFICE = 0.3
"""What an indefinite article, or an office ("le ministre de la Santé"), leaves of the weight."""


def noun_phrases(section: str, article: str) -> tuple[str, ...]:
    """Noun phrases of a section that can stand as its heading, the best first; never empty where it has words.

    First those with a complement ("Le financement de la guerre"), then a noun with its adjective ("La ligne
    ferroviaire"), then names, then single nouns, at last the opening words. Each kind is ranked by how much
    more often its words stand in the section than elsewhere, names first. Quotations are not searched: their
    words are somebody's.
    """
    plain = unquoted(section)
    here, everywhere = Counter(content_lemmas(section)), Counter(content_lemmas(article))

    def weight(phrase: str) -> float:
        lemmas = content_lemmas(phrase)
        rarity = sum(here[word] ** 2 / max(1, everywhere[word]) for word in lemmas) / max(1, len(lemmas))
        return rarity * _kind_of(phrase)

    ranked: list[str] = []
    for kind in (_complemented, _with_adjective, _names, _single):
        found = dict.fromkeys(phrase for part in plain for phrase in kind(part))
        ranked += sorted(found, key=lambda phrase: -weight(phrase))
    return tuple(dict.fromkeys([*ranked, *_opening(section)]))


def _opening(section: str) -> Iterator[str]:
    """The section's first words, ending on one that carries content where there is one."""
    clause = _CLAUSE_END.split(section.strip(' «“"\u00a0\u202f'), maxsplit=1)[0]
    first = clause.split()[:_OPENING_WORDS]
    ends = [i for i, word in enumerate(first, 1) if content_lemmas(word)]
    if first:
        yield " ".join(first[: ends[-1]] if ends else first).rstrip(",")


def _kind_of(phrase: str) -> float:
    factor = _A_NAME if any(word[:1].isupper() for word in re.split(r"[ '’]", phrase)[1:]) else 1.0
    if re.match(r"[Dd]es |[Uu]ne? ", phrase):
        factor *= _INDEFINITE
    if set(re.split(r"[ '’]", phrase.lower())[1:2]) & word_list("roles"):
        factor *= _AN_OFFICE
    return factor


def _complemented(text: str) -> Iterator[str]:
    """un article, un nom et son complément: "le contrôle de la coalition"."""
    for match in _WITH_COMPLEMENT.finditer(text):
        head = match["head"].split(" ")
        if not _is_head(head, text[: match.start()]):
            continue
        if match["of"].startswith(("à", "au")) and not (len(head) == 1 and lemma(head[0]) in _TAKE_TO):
            continue
        complement = _complement(match)
        if complement:
            yield f"{match['article']}{match['head']} {match['of']}{complement}"


def _complement(match: re.Match[str]) -> str:
    """The complement as far as it is sure; empty where it ends on no noun."""
    first, rest = match["complement"], match["rest"].split()
    word = re.split(r"[ '’]", first)[-1]
    bare = match["of"] in {"de ", "d'", "d’", "à "} and first == word
    if not _is_content(word) or len(word) < 3 or (bare and _is_infinitive(word)):
        return ""
    if word[0].isupper():
        return " ".join([first, *_more_of_a_name(rest)])
    if not _says_something(word) or word.endswith("ant"):
        return ""
    if word in word_list("front_adjectives"):  # "à long terme": its noun follows
        return f"{first} {rest[0]}" if rest and _is_noun(rest[0]) else ""
    if rest and _is_adjective(rest[0]) and not _goes_on(rest[1:]):
        return f"{first} {rest[0]}"
    stands_before = _ADJECTIVE.fullmatch(word) and rest and rest[0].islower() and _is_noun(rest[0])
    return "" if stands_before else first


def _goes_on(rest: list[str]) -> bool:
    """Whether an adjective has a complement or a companion of its own: "susceptibles de", "sociales et"."""
    return bool(rest) and (rest[0] in {"de", "des", "du", "à", "au", "aux", "et", "ou"} or rest[0][:2] in {"d'", "d’"})


def _more_of_a_name(rest: list[str]) -> list[str]:
    """The words that go on with a name: capitalised ones, and one adjective ("Affaires étrangères")."""
    end = next((i for i, word in enumerate(rest) if not word[0].isupper()), len(rest))
    return rest[: end + 1] if end < len(rest) and _is_adjective(rest[end]) else rest[:end]


def _with_adjective(text: str) -> Iterator[str]:
    """un article, un nom et son adjectif: "la ligne ferroviaire"."""
    for match in _ALONE.finditer(text):
        head = match["head"].split(" ")
        if len(head) == 2 and _is_head(head, text[: match.start()]) and _is_adjective(head[1]):
            yield match["article"] + match["head"]


def _names(text: str) -> Iterator[str]:
    """Names of several words: "Marc Tessier", "Port-Rieux Habitat"."""
    for match in _NAME.finditer(text):
        first = match.group().split(" ")[0]
        if first.lower() in word_list("given_names") or not is_known(first):
            yield match.group()


def _single(text: str) -> Iterator[str]:
    """un article et un nom: "les pêcheurs"."""
    for match in _ALONE.finditer(text):
        word = match["head"].split(" ")[0]
        is_noun = match["article"].endswith(" ") and not _ADJECTIVE.fullmatch(word)
        if is_noun and _is_head([word], text[: match.start()]):
            yield match["article"] + word


def _is_head(head: list[str], before: str) -> bool:
    """Whether words between an article and a preposition are a noun, alone or with an adjective."""
    if not all(_says_something(word) for word in head) or head[-1] in word_list("front_adjectives"):
        return False
    if _SUBJECT_BEFORE.search(before):  # "il la prive de": a pronoun and a verb
        return False
    if len(head) == 1:
        return True
    before_noun = head[0] in word_list("front_adjectives") or _is_adjective(head[0])
    return (_is_adjective(head[1]) or before_noun) and not (_is_finite(head[1]) or _is_participle(head[1]))


def _says_something(word: str) -> bool:
    return _is_noun(word) and lemma(word) not in _SAY_LITTLE and word not in _SAY_LITTLE


def _is_noun(word: str) -> bool:
    return _is_content(word) and is_known(word) and not _is_infinitive(word)


def _is_content(word: str) -> bool:
    parts = re.split(r"[-‐]", word)
    return not all(is_function_word(part) for part in parts) and word.lower() not in word_list("between_verbs")


def _is_adjective(word: str) -> bool:
    """Whether a word can only be the adjective of the noun before it."""
    if not word.islower() or is_function_word(word) or not is_known(word) or _is_finite(word):
        return False
    return bool(_ADJECTIVE.fullmatch(word)) and not _is_participle(word)


def _is_participle(word: str) -> bool:
    return lemma(word) != word and _is_infinitive(lemma(word))


def _is_finite(word: str) -> bool:
    return bool(tenses(word))


def _is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive: "-ont" after its stem makes a future ("organiseront", not "guerront")."""
    if word in _IRREGULAR_INFINITIVES:
        return True
    return bool(_INFINITIVE.fullmatch(word)) and lemma(word) == word and is_listed(word.removesuffix("e") + "ont")
