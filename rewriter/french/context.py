"""Whether a rule fits where its words stand: a light look at the words beside them, no parsing.

A noun needs its determiner, a verb must not have one, a participle needs its auxiliary or its noun.
"""

from __future__ import annotations

import re

from rewriter.french.equivalence import Guard, Rule
from rewriter.french.shielding import Token, in_title
from rewriter.french.wordlists import word_list

_ARTICLES = frozenset(
    "le la les l' un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur"
    " leurs chaque plusieurs quelques certains certaines quel quelle quels quelles aucun aucune".split()
)
_PREPOSITIONS = frozenset(
    "de d' à en par pour sans avec dans sur sous contre entre chez vers dès depuis pendant durant avant après comme"
    " selon hors outre malgré".split()
)
_SUBJECTS = frozenset("il elle ils elles on je j' qui ne n' cela ça ceci".split())
_REFLEXIVE = frozenset("se s' me m' te t' nous vous".split())
_AUXILIARIES = frozenset(
    "a ont avait avaient ai avons avez aura auront aurait auraient ait aient eut eurent eu ayant avoir"
    " est sont était étaient sera seront serait seraient soit soient fut furent été être étant".split()
)
_HAVING = frozenset(
    "a ont avait avaient ai avons avez aura auront aurait auraient ait aient eut eurent ayant avoir".split()
)
_BETWEEN = frozenset(
    "pas plus jamais déjà aussi bien toujours encore ainsi donc souvent parfois enfin vite longtemps tout peu trop"
    " mieux été ensuite alors également aujourd'hui hier".split()
)
_FRONT_ADJECTIVES = frozenset(
    "nouveau nouvel nouvelle nouveaux nouvelles grand grande grands grandes petit petite petits petites bon bonne"
    " bons bonnes premier première premiers premières dernier dernière derniers dernières autre autres même mêmes"
    " seul seule seuls seules gros grosse grosses vaste vastes véritable véritables principal principale principaux"
    " principales deuxième troisième prochain prochaine prochains prochaines ancien ancienne anciens anciennes"
    " futur future futurs futures forte fortes fort forts longue longues long longs tel telle tels telles"
    " différents différentes divers diverses nombreux nombreuses énième double vrai vraie vrais vraies lourd lourde"
    " lourds lourdes légère léger légères légers nette net faible faibles simple simples deux trois quatre cinq six"
    " sept huit neuf dix".split()
)
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
    left = [token.plain for token in _left(tokens, start)]
    if rule.kind == "opening":
        return start == 0
    if rule.kind == "before infinitive":
        return bool(_INFINITIVE.match(_plain(text[tokens[end - 1].end :]).lstrip()))
    if rule.kind in ("noun", "adjective", "phrase") and len(rule.old) < 3 and in_title(tokens, start):
        return False
    if rule.kind == "noun":
        return _is_noun(left, rule)
    if rule.kind == "adjective":
        return _is_adjective(left, tokens, start, end)
    if rule.kind == "phrase":
        return True
    return _is_verb(rule, left, tokens, start, end)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _passes(guard: Guard, text: str, tokens: list[Token], start: int, end: int) -> bool:
    before, after = _plain(text[: tokens[start].start]), _plain(text[tokens[end - 1].end :])
    if guard.before and guard.before.search(before):
        return False
    if guard.after and guard.after.match(after):
        return False
    if guard.only_before and not guard.only_before.search(before):
        return False
    return not (guard.only_after and not guard.only_after.match(after))


def _left(tokens: list[Token], start: int) -> list[Token]:
    """Up to five tokens before, nearest first, to the last punctuation mark."""
    found: list[Token] = []
    while start > 0 and tokens[start].touches and len(found) < 5:
        start -= 1
        found.append(tokens[start])
    return found


def _is_noun(left: list[str], rule: Rule) -> bool:
    if left and left[0] in _FRONT_ADJECTIVES:
        left = left[1:]
    if not left:
        return False
    if left[0] in ("le", "la", "les", "l'") and left[1:2] and left[1] in _SUBJECTS:
        return False  # "il la marche"
    return left[0] in _ARTICLES or (rule.bare and left[0] in ("de", "d'"))


def _is_adjective(left: list[str], tokens: list[Token], start: int, end: int) -> bool:
    """Behind its noun or its verb: what stands before is neither determiner nor preposition."""
    if not left or left[0] in _ARTICLES | _PREPOSITIONS | _FRONT_ADJECTIVES or left[0].endswith("'"):
        return False
    following = tokens[end].plain if end < len(tokens) and tokens[end].touches else ""
    return following in ("", *word_list("function_words"))


def _is_verb(rule: Rule, left: list[str], tokens: list[Token], start: int, end: int) -> bool:
    nearest = left[0] if left else ""
    if any(word in _REFLEXIVE for word in _group(left)):
        return False
    if rule.kind == "infinitive":
        return nearest not in ("un", "du", "au", "ce", "cet", "son", "leur", "l'")
    if rule.kind == "gerund":
        return nearest not in _ARTICLES and (not rule.ambiguous or nearest == "en")
    if rule.kind == "participle":
        return _is_participle(rule, left)
    return _is_finite(rule, left, tokens, end)


def _group(left: list[str]) -> list[str]:
    """The words of the verb group: up to and including the first that is no auxiliary, adverb or clitic."""
    group = []
    for word in left:
        group.append(word)
        if word not in _AUXILIARIES | _BETWEEN | {"y", "en", "ne", "n'"} and not word.endswith("ment"):
            break
    return group


def _is_finite(rule: Rule, left: list[str], tokens: list[Token], end: int) -> bool:
    nearest = left[0] if left else ""
    if nearest in ("le", "la", "les", "l'", "lui", "leur"):
        return bool(left[1:2]) and left[1] in _SUBJECTS - {"l'"} and nearest != "leur"
    if nearest in _SUBJECTS:
        return True
    if not left or nearest in _ARTICLES | _PREPOSITIONS | _AUXILIARIES | _FRONT_ADJECTIVES | {"y", "et", "ou", "que", "qu'"}:
        return False
    return not rule.ambiguous


def _is_participle(rule: Rule, left: list[str]) -> bool:
    rest = [word for word in left if word not in _BETWEEN and not word.endswith("ment")]
    if rest and rest[0] in _AUXILIARIES:
        changes_construction = rule.old_tail != rule.new_tail or len(rule.old) != len(rule.new)
        if changes_construction:
            return rest[0] in _HAVING and left[0] in _HAVING and "l'" not in rest[1:2]
        return True
    if rule.ambiguous or not left or len(rule.old) > 1 or len(rule.new) > 1 or rule.old_tail != rule.new_tail:
        return False
    return not (left[0] in _ARTICLES | _PREPOSITIONS | _FRONT_ADJECTIVES | _SUBJECTS | word_list("function_words"))
