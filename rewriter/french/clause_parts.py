"""What the moves of clauses ask of a clause: does it open with its subject, has it a verb, who speaks?"""

from __future__ import annotations

import re

from rewriter.french.elision import meeting
from rewriter.french.lexicon import content_words, is_function_word, is_known
from rewriter.french.roles import MODIFIERS, head_at
from rewriter.french.tokens import tokens
from rewriter.french.verbs import is_conditional, is_future, is_imperfect, tenses
from rewriter.french.wordlists import word_list

CAPITAL = "A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ"
_DAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"(?: (?:matin|midi|soir|après-midi|dernier|prochain))?"
)
_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DATE = rf"\d{{1,2}}(?:er)? (?:{_MONTH})(?: \d{{4}}| dernier| prochain)?"
TIME = (
    rf"(?:(?:ce )?{_DAY}(?: {_DATE})?|hier(?: (?:matin|soir))?|le {_DATE}|en (?:19|20)\d\d"
    rf"|en (?:{_MONTH})(?: \d{{4}}| dernier| prochain)?|cette (?:semaine|année)|ce (?:mois-ci|week-end)"
    r"|(?:le mois|l['’]an|l['’]été|le week-end) (?:dernier|prochain)|la semaine (?:dernière|prochaine)"
    r"|l['’]année (?:dernière|prochaine))"
)
"""A closed class of adverbials of time; most of them are adverbials wherever they stand."""
_DETERMINED = re.compile(
    r"(?:ils?|elles?|on|cela|cet?|cette|ces|la|les?|une?|des|son|sa|ses|leurs?|plusieurs|certaine?s"
    r"|quelques|aucune?|chaque|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) |l['’]",
    re.IGNORECASE,
)
_NAMES_WITH_ARTICLE = re.compile(
    r"(?:Le (?:Havre|Mans|Monde|Figaro|Point|Parisien|Touquet|Creusot|Caire|Bourget|Cap|Pen|Drian|Maire)"
    r"|La (?:Rochelle|Poste|Réunion|Haye|Mecque|Ciotat|Seyne|Baule|Croix|Tribune|Dépêche|Havane)"
    r"|Les (?:Républicains|Échos|Sables|Ulis|Lilas)|L['’](?:Humanité|Équipe|Express|Obs|Oréal))\b"
)
_SUBORDINATE_SEGMENT = re.compile(
    r"\s*(?:qui|que|qu['’]|dont|où|lequel|laquelle|lesquel|alors|tandis|ce qui|ce que|si |s['’]il|quand"
    r"|lorsqu|puisqu|bien que)"
)
ANAPHORA = re.compile(
    r"(?<![\w-])(?:ils?|elles?|lui|leurs?|eux|son|sa|ses|y|celui|celle|ceux|celles|ce dernier|cette dernière"
    r"|ces derni[eè]re?s|ceci|cela|(?:n['’]|s['’])y|en (?:a|ont|est|sont))(?![\w-])",
    re.IGNORECASE,
)
"""A word that points at a noun elsewhere: moved, it may come to point at another."""


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with a small letter at its beginning, when its first word is a determiner or a pronoun."""
    if _NAMES_WITH_ARTICLE.match(text) or not _DETERMINED.match(text):
        return text
    return text[:1].lower() + text[1:]


def opens_with_subject(clause: str) -> bool:
    """Whether a clause begins with its subject, as far as its first word tells: a determiner, a pronoun, a name."""
    first = re.match(rf"[{CAPITAL}][\w-]*", clause)
    named = first is not None and not is_known(first.group().lower())
    return named or _DETERMINED.match(clause) is not None


def has_verb(text: str) -> bool:
    """Whether something in it looks like a finite verb."""
    return bool(tenses(text)) or has_conditional(text)


def has_conditional(text: str) -> bool:
    """Whether a verb stands in the conditional."""
    return any(is_conditional(word) for word in _plain_words(text))


def has_future(text: str) -> bool:
    """Whether a verb stands in the simple future."""
    return any(is_future(word) for word in _plain_words(text))


def has_imperfect(text: str) -> bool:
    """Whether a verb stands in the imperfect."""
    return any(is_imperfect(word) for word in _plain_words(text))


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def is_one_clause(text: str) -> bool:
    """Whether a clause opens with its subject, has its verb before any comma, and no second clause beside it."""
    segments = text.split(",")
    if re.search(r"[:;?!…]|\. ", text) or not opens_with_subject(text) or not has_verb(segments[0]):
        return False
    if _has_joined_clause(text) or any(_SUBORDINATE_SEGMENT.match(segment) for segment in segments[1:]):
        return False
    return not re.search(
        r"(?<![\w-])(?:mais|car|donc|or|puis|tandis|alors que|alors qu['’]|selon|d['’]après)(?![\w-])", text
    )


def _has_joined_clause(text: str) -> bool:
    """Whether "et" or "ou" may join two clauses: a verb stands on either side, or too much for two subjects."""
    for joint in re.finditer(r" (?:et|ou) ", text):
        before, after = text[: joint.start()], text[joint.end() :]
        if has_verb(after) and (has_verb(before) or (opens_with_subject(after) and len(content_words(before)) > 1)):
            return True
    return False


def that(clause: str) -> str | None:
    """ "que" and the clause, elided where its sound asks for it; None where the sound is unknown."""
    clause = small(clause)
    first = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", clause)
    met = meeting("que", first.group()) if first else "que" if clause[:1].isdigit() else None
    if met is None:
        return None
    apostrophe = "'" if "'" in clause and "’" not in clause else "’"
    return met.replace("'", apostrophe) + ("" if met.endswith("'") else " ") + clause


# --- speakers --------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"(?:l['’]|le |la |les |une? |des |plusieurs |certaine?s )", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"(?<![\w-])(?:à|au|aux|dans|sur|devant|lors|en|après|avant|auprès|depuis|par|pour|hier|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|matin|soir|ce|cette|ces|sous|via|avec|contre|vers|et|ou|mais|comme"
    r"|selon)(?![\w-])"
)
NAME = rf"[{CAPITAL}][\w'’-]*(?: (?:de |d['’]|van |von |ben |al-|el-)?[{CAPITAL}][\w'’-]*){{0,3}}"


def is_speaker(text: str) -> bool:
    """Whether a noun phrase surely names who speaks: somebody, a function, an institution, and nothing behind it.

    One apposition may follow a comma.
    """
    phrase, _, apposition = text.partition(", ")
    if _ADJUNCT.search(phrase) or re.match(_ADJUNCT, apposition) or re.match(TIME, apposition):
        return False
    if re.search(r"\d", text) or has_verb(re.sub(r"\bporte-\w+", "", phrase)):
        return False
    if re.match(r"(?:de|du|des|d['’]|qui|que|quant|pour|comme|âgée?|née?|\d)(?![\w-])", apposition):
        return False
    bare = phrase[m.end() :] if (m := _ARTICLE.match(phrase)) else phrase
    first = re.match(r"[^\W\d_]+", bare)
    if first is None or is_function_word(first.group()):
        return False
    return first.group()[0].isupper() or _is_speaking_noun(bare)


def _is_speaking_noun(phrase: str) -> bool:
    return role_length(phrase) > 0 or re.split(r"[ ’']", phrase)[0].casefold() in word_list("speaker_nouns")


def role_length(phrase: str) -> int:
    """How many words at the beginning name a function, with what modifies it; 0 where none does."""
    words = tokens(phrase)
    first = 0
    while first < len(words) and (words[first].key in MODIFIERS or words[first].key in ("premier", "premiere", "ex")):
        if head_at(words, first):  # "premier ministre", "adjoint"
            break
        first += 1
    head = head_at(words, first) if first < len(words) else None
    return first + head.length if head else 0
