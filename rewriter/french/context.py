"""Whether a rule fits where its words stand: a light look at the words beside them, no parsing.

A noun needs its determiner, a verb must not have one, a participle needs its auxiliary or its noun.
"""

from __future__ import annotations

import functools
import re

from rewriter.french.equivalence import Guard, Rule
from rewriter.french.shielding import Token, in_title
from rewriter.french.wordlists import word_list

_SUBJECTS = frozenset(("il", "elle", "ils", "elles", "on", "je", "j'", "qui", "ne", "n'", "cela", "ça", "ceci"))
_REFLEXIVE = frozenset(("se", "s'", "me", "m'", "te", "t'", "nous", "vous"))
_BEING = frozenset(("est", "sont", "été", "être", "étant", "fut", "furent", "soit", "soient"))
_NO_SUBJECT = frozenset(("y", "et", "ou", "que", "qu'"))
_INFINITIVE = re.compile(
    r"(?:(?:ne\s+(?:pas|plus|rien|jamais)\s+)?(?:y|en|s'|se|n'|lui|leur|me|m'|nous|vous)?\s*)"
    r"(?!(?:hier|janvier|février|avoir|être|premier|dernier|particulier|cher|papier|leur|notre|votre|autre|entre|contre"
    r"|quatre|lire|rire|septembre|octobre|novembre|décembre|membre|nombre|centre|offre|ordre|autre|outre|maître|lettre"
    r"|ministre|chiffre|soir|espoir|pouvoir|devoir|savoir|plaisir|avenir|souvenir|désir|loisir|loyer|chantier|métier"
    r"|quartier|dossier|courrier|atelier|millier|foyer|danger|étranger|policier|financier|affaire|guerre|terre|frère"
    r"|père|mère|heure|culture|nature|mesure|histoire|mémoire|victoire|faire\s+face)\b)"
    r"[a-zà-ÿœ]{2,}(?:er|ir|ire|dre|tre|uire|oir|oire|ure|aire|cre|vre|pre)(?![\w-])"
)


def fits(rule: Rule, text: str, tokens: list[Token], start: int, end: int) -> bool:
    """Whether the words beside tokens `start` to `end` let the rule apply."""
    if not all(_passes(guard, text, tokens, start, end) for guard in rule.guards):
        return False
    if rule.infinitive and not _INFINITIVE.match(_plain(text[tokens[end - 1].end :]).lstrip()):
        return False
    one_word = len(rule.old) == 1 and not rule.old_tail
    if (rule.kind in ("noun", "adjective") or (rule.kind == "phrase" and one_word)) and in_title(tokens, start):
        return False
    return _stands(rule, tokens, start, end)


def _stands(rule: Rule, tokens: list[Token], start: int, end: int) -> bool:
    """Whether the word stands where its kind may stand."""
    left = [token.plain for token in _left(tokens, start)]
    if rule.kind == "noun":
        return _is_noun(left, rule)
    if rule.kind == "adjective":
        return _is_adjective(left, tokens, end)
    if rule.kind in ("phrase", "opening"):
        return rule.kind == "phrase" or start == 0
    return _is_verb(rule, left)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


_compiled = functools.cache(re.compile)


def _passes(guard: Guard, text: str, tokens: list[Token], start: int, end: int) -> bool:
    before, after = _plain(text[: tokens[start].start]), _plain(text[tokens[end - 1].end :])
    if guard.before and _compiled(guard.before).search(before):
        return False
    if guard.after and _compiled(guard.after).match(after):
        return False
    if guard.only_before and not _compiled(guard.only_before).search(before):
        return False
    return not (guard.only_after and not _compiled(guard.only_after).match(after))


def _left(tokens: list[Token], start: int) -> list[Token]:
    """Up to five tokens before, nearest first, to the last punctuation mark."""
    found: list[Token] = []
    while start > 0 and tokens[start].touches and len(found) < 5:
        start -= 1
        found.append(tokens[start])
    return found


def _determined(word: str) -> bool:
    return word in word_list("determiners")


def _governed(word: str) -> bool:
    """Whether the word announces a noun: determiner, preposition or an adjective that stands in front."""
    return any(word in word_list(name) for name in ("determiners", "prepositions", "front_adjectives"))


def _is_noun(left: list[str], rule: Rule) -> bool:
    if left and left[0] in word_list("front_adjectives"):
        left = left[1:]
    if not left:
        return False
    if left[0] in ("le", "la", "les", "l'") and left[1:2] and left[1] in _SUBJECTS:
        return False  # "il la marche"
    return _determined(left[0]) or (rule.bare and left[0] in ("de", "d'"))


def _is_adjective(left: list[str], tokens: list[Token], end: int) -> bool:
    """Behind its noun or its verb, with no noun behind: never between a determiner and a noun."""
    if not left or _governed(left[0]) or left[0].endswith("'"):
        return False
    following = tokens[end].plain if end < len(tokens) and tokens[end].touches else ""
    return not following or following in word_list("function_words")


def _is_verb(rule: Rule, left: list[str]) -> bool:
    nearest = left[0] if left else ""
    if rule.old_tail == "que" and {"ne", "n'"} & set(_group(left)):
        return False  # "ne relèvent que de la gestion"
    if any(word in _REFLEXIVE for word in _group(left)):
        return False
    if rule.kind == "infinitive":
        return nearest not in ("un", "du", "au", "ce", "cet", "son", "leur", "l'")
    if rule.kind == "gerund":
        return not _determined(nearest) and (not rule.ambiguous or nearest == "en")
    return _is_participle(rule, left) if rule.kind == "participle" else _is_finite(rule, left)


def _group(left: list[str]) -> list[str]:
    """The words of the verb group: up to and including the first that is no auxiliary, adverb or clitic."""
    group = []
    for word in left:
        group.append(word)
        if not (word in word_list("auxiliaries") or _is_between(word) or word in ("y", "en", "ne", "n'")):
            break
    return group


def _is_between(word: str) -> bool:
    return word in word_list("between_verbs") or word.endswith("ment")


def _is_finite(rule: Rule, left: list[str]) -> bool:
    nearest = left[0] if left else ""
    if nearest in ("le", "la", "les", "l'", "lui"):
        return bool(left[1:2]) and left[1] in _SUBJECTS
    if nearest in _SUBJECTS:
        return True
    if not nearest or _governed(nearest) or nearest in word_list("auxiliaries") | _NO_SUBJECT:
        return False
    return not rule.ambiguous


def _is_participle(rule: Rule, left: list[str]) -> bool:
    """Behind its auxiliary, or as an adjective behind its noun."""
    rest = [word for word in left if not _is_between(word)]
    other_construction = rule.old_tail != rule.new_tail or len(rule.old) != len(rule.new)
    if rest and rest[0] in word_list("auxiliaries"):
        # "l'a affronté" cannot become "l'a fait face", nor "est affronté" "est fait face".
        return not other_construction or (left[0] == rest[0] not in _BEING and "l'" not in rest[1:2])
    if other_construction or rule.ambiguous or len(rule.old) > 1:
        return False
    return not left or not (_governed(left[0]) or left[0] in _SUBJECTS | word_list("function_words"))
