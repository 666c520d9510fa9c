"""Who or what a name is may stand before it or behind it: "le maire, Paul Bert," is "Paul Bert, le maire,".

Done where the two are surely one thing: a function before a first name and a surname, or a name between commas
behind the noun that says what it is. Lists, plurals and contracted articles ("du maire") are left alone.
"""

from __future__ import annotations

import re

from rewriter.french.clause_parts import has_verb
from rewriter.french.folding import fold
from rewriter.french.roles import is_title_word

_CAPITAL = r"[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ][\w’'-]+"
_BEFORE = r"(?P<before>^|, |\b(?:par|avec|pour|selon|contre|sur|chez|devant|malgré) )"
_DETERMINER = r"(?:[Ll]e |[Ll]a |[Ll]['’])"
_PREPOSITION = r"(?:de|du|des|à|au|aux|en|dans|sur|par|pour|avec|contre|chez|et|ou|que|qui|dont)"
_WORD = rf"(?:d['’]État|(?!{_PREPOSITION}\b|d['’])[a-zà-ÿ][\w-]+)"
_OF_A_NAME = rf"(?: (?:de |du |des |d['’]|de la |de l['’]){_CAPITAL}(?: {_CAPITAL})?)?"
_SET_OFF = re.compile(
    rf"{_BEFORE}(?P<noun>(?:{_DETERMINER}|[Ss]on |[Ss]a |[Ll]eur ){_WORD}(?: {_WORD}){{0,4}}{_OF_A_NAME}), "
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}})(?=, (?!et\b|ou\b|ainsi\b|[A-ZÀ-Þ]))"
)
_FUNCTION = re.compile(
    rf"{_BEFORE}{_DETERMINER}(?P<function>(?:Premier ministre|{_WORD})(?: {_WORD}){{0,4}}) "
    rf"(?P<name>{_CAPITAL} {_CAPITAL})"
    r"(?P<after>, (?=qui\b|dont\b)|(?= (?:a|est|sera|avait|était|doit|veut)\b))"
)


def name_first(text: str) -> str:
    """Put every name before the words that say who or what it is, where that is safe."""
    return _FUNCTION.sub(_function_behind, _SET_OFF.sub(_noun_behind, text))


def _noun_behind(match: re.Match[str]) -> str:
    before, noun, name = match["before"], match["noun"], match["name"]
    if has_verb(noun):
        return match.group()
    return f"{before}{name}, {noun[0].lower()}{noun[1:]}"


def _function_behind(match: re.Match[str]) -> str:
    function, name = match["function"], match["name"]
    if not is_title_word(fold(function.split()[0])) or has_verb(function):
        return match.group()
    return f"{match['before']}{name}, {function}, "[: None if match["after"] else -1]
