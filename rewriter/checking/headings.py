"""Titles and subheadings: short, in form, and made only of what their text says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rewriter.article import Finding
from rewriter.checking.fidelity import difference
from rewriter.checking.grammar import reinflected
from rewriter.checking.language import check_form_of_model
from rewriter.french.lexicon import content_lemmas, doubled_words, is_function_word, modals, negations, unknown_words
from rewriter.french.measure import comparable_words, unquoted, word_count
from rewriter.french.numbers import numbers
from rewriter.french.segment import sentences, unified, words
from rewriter.french.solecisms import solecisms
from rewriter.french.verbs import is_verb_form, tenses

HEADING_WORDS = (2, 11)
TITLE_WORDS = (5, 22)
_DANGLING = re.compile(
    r"\b(?:de|du|des|d['’]|la|le|les|un|une|l['’]|à|au|aux|en|et|ou|pour|par|sur|dans|avec|qui|que|qu['’]|dont|son|sa|ses|se|ne|a|est)$"
    r"|\b(?:a|ont|avait|avaient) [a-zà-ÿ]+(?:é|i|u|is|it)e?s?$",
    re.IGNORECASE,
)


def check_heading(
    text: str, said: str, bounds: tuple[int, int] = HEADING_WORDS, forms_stay: bool = False
) -> tuple[Finding, ...]:
    """Hold a heading against the text it stands for; `bounds` are its least and most words.

    With `forms_stay` a heading that asserts something may only shorten a sentence of the text: what a small model
    conjugates itself is too often false.
    """
    findings = [*check_form_of_model(text, said)]
    count = word_count(text)
    if not bounds[0] <= count <= bounds[1]:
        findings.append(_error(f"{count} mots : il en faut de {bounds[0]} à {bounds[1]}."))
    if text.rstrip().endswith((".", ":", ";", ",", "!", "?", "…")) or re.search(r"[.!?…]\s", text):
        findings.append(_error("Un intertitre est d'un seul tenant et ne porte pas de point."))
    if _DANGLING.search(text.strip()):
        findings.append(_error("L'intertitre s'arrête au milieu."))
    if bounds == HEADING_WORDS and not _said_in_one_place(text, said, forms_stay):
        findings.append(_error("Réunit ce que le texte ne dit pas ensemble."))
    if (
        _LAME.search(text)
        or _begins_with_its_verb(text)
        or _of_another_number(text, said)
        or _joined_to_a_name(text, said)
        or solecisms(text)
        or (forms_stay and (_hangs_on_participle(text) or _is_part_of_clause(text)))
    ):
        findings.append(_error("L'intertitre est mal construit."))
    if bounds == TITLE_WORDS and (strange := list(_of_something_else(text, said))):
        findings.append(_error(f"Le texte compte autre chose : {', '.join(strange)}."))
    if bounds == HEADING_WORDS and tenses(text) and _is_a_whole_sentence(text, said):
        findings.append(_error("Le lecteur lirait deux fois la même phrase."))
    if forms_stay and (changed := list(reinflected(unified(text), words(unified(said))))):
        findings.append(_error(f"Le texte n'a pas ces formes : {', '.join(changed)}."))
    bare = _without_their_article(text, said)
    if bare:
        findings.append(_error(f"Le texte ne dit jamais ainsi : {', '.join(bare)}."))
    new = difference(text, said).new
    if new:
        findings.append(_error(f"Dit ce que le texte ne dit pas : {', '.join(new)}."))
    wrong = [*unknown_words(text, said), *doubled_words(text), *_said_twice(text)]
    if wrong:
        findings.append(_error(f"Mots inconnus ou doublés : {', '.join(wrong)}."))
    return tuple(findings)


_SOMEBODY_SPEAKS = re.compile(r"\b(?:je|j['’]|nous|notre|nos|mon|ma|mes|moi)\b", re.IGNORECASE)


def is_fit_heading(text: str) -> bool:
    """Whether a subheading of the source's own can stand in the article: its length, its French, whose voice it is.

    Outside quotation marks nobody speaks for himself.
    """
    if not HEADING_WORDS[0] <= word_count(text) <= HEADING_WORDS[1] or solecisms(text) or doubled_words(text):
        return False
    return not _SOMEBODY_SPEAKS.search(" ".join(unquoted(text)))


_MOST_OF_A_SENTENCE = 0.75
"""Share of a sentence's words from which a subheading is that sentence over again."""


def _is_a_whole_sentence(text: str, said: str) -> bool:
    """Whether a subheading says most of one of the sentences below it in the same order."""
    count = len(comparable_words(text))
    return any(
        count >= _MOST_OF_A_SENTENCE * len(comparable_words(sentence)) and _is_part(text, sentence)
        for sentence in sentences(said)
    )


def _said_twice(text: str) -> list[str]:
    """Content words that a heading has no room to say twice."""
    return [word for word, times in Counter(content_lemmas(text)).items() if times > 1 and word.islower()]


_LAME = re.compile(
    r"^(?!.*\b(?:de|du|des|d['’]).*\bet (?:de|du|d['’])).*\bet (?:de|du|d['’])"
    r"|^(?!.*\b(?:à|au|aux)\b.*\bet (?:à|au|aux)\b).*\bet (?:à|au|aux)\b",
    re.IGNORECASE,
)
"""The second half of "de la Suède et de la Finlande" without the first preposition."""
_VERB_FIRST = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:ent|ait|era) (?:les?|la|l['’]|des|ces|cette?|leurs?|ses|un|une) ?")
"""A title that begins with its verb: "Discutent les ministres du fonds"."""
_ONE = frozenset(["le", "la", "un", "une", "du", "au", "son", "sa", "cette", "ce"])
_MANY = frozenset(["les", "des", "aux", "ses", "ces", "leurs"])


def _begins_with_its_verb(text: str) -> bool:
    begun = _VERB_FIRST.match(text)
    return begun is not None and bool(tenses(begun[0].split()[0].lower()))


_BREAK = re.compile(r"[,;:–—«»()]")


def _of_something_else(text: str, said: str) -> Iterator[str]:
    """Numbers of a title that its text has in sentences about other things: "un plan à 5 millions" for a quay's."""
    told = [(sentence, {n.measure for n in numbers(sentence)}) for sentence in sentences(said)]
    for number in numbers(text):
        first, last = number.span
        clause = f"{_BREAK.split(text[:first])[-1]} {_BREAK.split(text[last:])[0]}"
        about = set(content_lemmas(clause))
        there = [set(content_lemmas(sentence)) for sentence, measures in told if number.measure in measures]
        if about and there and all(2 * len(about & words) < len(about) for words in there):
            yield number.text


def _of_another_number(text: str, said: str) -> bool:
    """Whether a word stands after "le" that its text has after "les" only, or the other way round."""
    before: dict[str, set[str]] = defaultdict(set)
    spoken = words(unified(said))
    for previous, word in pairwise(spoken):
        before[word].add(previous)
    here = words(unified(text))
    return any(
        (a in _ONE and before[b] & _MANY and not before[b] & _ONE)
        or (a in _MANY and before[b] & _ONE and not before[b] & _MANY)
        for a, b in pairwise(here)
    )


def _joined_to_a_name(text: str, said: str) -> bool:
    """Whether a common word stands right before a name as nowhere in the text: "la sécurité Ukraine"."""
    spoken = set(pairwise(words(said)))
    return any(
        b[0].isupper() and a.islower() and len(a) > 2 and not is_function_word(a) and (a, b) not in spoken
        for a, b in pairwise(words(text))
    )


_ARTICLES = frozenset({"l'", "le", "la", "les", "du", "des", "au", "aux"})


def _without_their_article(text: str, said: str) -> list[str]:
    """Names that stand in a heading without the article they always have in the text, or with another."""
    before: dict[str, set[str]] = defaultdict(set)
    for previous, name in _names_with_previous(said):
        before[name].add(previous)
    return [
        f"{previous} {name}".strip()
        for previous, name in _names_with_previous(text)
        if before[name] and before[name] <= _ARTICLES and previous not in before[name]
    ]


def _names_with_previous(text: str) -> list[tuple[str, str]]:
    """Every capitalised word with the word before it, in small letters; "" at the beginning of a sentence."""
    found = []
    for sentence in sentences(text):
        tokens = [word.replace("’", "'") for word in words(sentence)]
        found += [
            (tokens[i - 1].casefold() if i else "", w) for i, w in enumerate(tokens) if w[0].isupper() and len(w) > 2
        ]
    return found


def _said_in_one_place(text: str, said: str, forms_stay: bool) -> bool:
    """Whether one sentence of its text says a subheading.

    A noun phrase needs its content words there; so does an assertion, in one sentence or two in a row. Where forms
    stay, all words stand there in a row, nothing is denied that they affirm, and an assertion is a clause of its own,
    under no condition: what a small model leaves out is too often what held them together ("Les personnes qui suivi
    la rencontre"; "jusqu'où les alliés sont prêts à aller").
    """
    if re.search(r"[,()\[\]]", text):
        return False
    parts, asserts = sentences(said), bool(tenses(text) or modals(text)["conditional"])
    if forms_stay:
        stands = _is_clause if asserts else _is_run
        return any(stands(text, sentence) and negations(text) == negations(sentence) for sentence in parts)
    width = 2 if asserts else 1
    return any(not difference(text, " ".join(parts[i : i + width])).new for i in range(len(parts)))


def _is_part(text: str, sentence: str) -> bool:
    """Whether the words of a text stand in a sentence in the same order, others between them or not."""
    left = iter(comparable_words(sentence))
    return all(word in left for word in comparable_words(text))


def _is_run(text: str, sentence: str) -> bool:
    """Whether the words of a text stand in a sentence in a row."""
    ours, theirs = comparable_words(text), comparable_words(sentence)
    return any(theirs[i : i + len(ours)] == ours for i in range(len(theirs) - len(ours) + 1))


_CUT_WHOLE = re.compile(r"\W*(?:[,;:.!?…–—»)]|$)")
_CUT_BEFORE_TIME = re.compile(
    r" (?:dans|depuis|lors|pendant|durant|après|hier|en (?=\d)|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\b"
)
"""What may be left off an assertion: when and where, never the end of "que trois buts | de plus que l'autre"."""
_CONDITION = re.compile(r"\b(?:si|s'ils?|à condition|à moins|pourvu|sauf|faute de|tant que)\b")


def _is_clause(text: str, sentence: str) -> bool:
    """Whether the words of a text are a sentence or a clause of it, without its time or place, under no condition."""
    spoken = unified(sentence)
    ours = r"\W*".join(map(re.escape, comparable_words(text)))  # nothing stands behind an elision
    begins = rf"(?:^|[,;:–—]\s*(?:et |mais |or |car )?)\W*{ours}(?!\w)"
    said = None if _CONDITION.search(spoken) else re.search(begins, spoken)
    if said is None:
        return False
    left = spoken[said.end() :]
    return bool(_CUT_WHOLE.match(left)) or bool(not negations(text) and _CUT_BEFORE_TIME.match(left))


_PART_OF_CLAUSE = re.compile(r"^[A-ZÀ-Þ]\w+(?:é|i|is|it)e?s? (?:à|au|aux|par)\b|\bsans \w+(?:er|ir|re)\b")
"""What hangs on a subject that a heading leaves out: "Invités à s'exprimer", "sans figurer"."""


def _is_part_of_clause(text: str) -> bool:
    part = _PART_OF_CLAUSE.search(text)
    return part is not None and (part.start() > 0 or is_verb_form(words(text)[0]))


_GOVERNING = re.compile(r"\b(\w+ant) (?:une?|la|les?|l['’]|sa|son|ses|leurs?|cette|ces?)\b")
_NO_PARTICIPLES = frozenset(["avant", "cependant", "devant", "durant", "maintenant", "moyennant", "pendant", "suivant"])


def _hangs_on_participle(text: str) -> bool:
    """Whether a present participle stands for the verb: "le triplé offrant un titre"."""
    governing = _GOVERNING.findall(unified(text))  # "offrant" is a noun to a list of words
    return not tenses(text) and any(
        word.endswith("ant") and word.islower() and word not in _NO_PARTICIPLES
        and (is_verb_form(word) or word in governing)
        for word in words(text)
    )  # fmt: skip


def _error(message: str) -> Finding:
    return Finding("heading", "error", message)
