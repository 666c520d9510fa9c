"""Is it French, whole, and nothing but the article? What a model lets slip is caught here."""

from __future__ import annotations

import re

from rewriter.article import Finding
from rewriter.french.elision import missing_elisions
from rewriter.french.lexicon import doubled_words, is_known, unknown_words
from rewriter.french.measure import language, non_latin_letters
from rewriter.french.segment import words
from rewriter.french.solecisms import solecisms

_SAID_TO_THE_USER = re.compile(
    r"^\W*(?:titre|chapô|chapeau|intertitre|sous-titre|phrase|réécriture|réécrit|passage|réponse|résultat"
    r"|article|version"
    r"|note|remarque|consigne|source|texte|traduction|title|rewritten|rewrite|answer|output)s?\b[^.!?«]{0,30}\s?:"
    r"|^\W*(?:voici|bien sûr|d['’]accord|certainement|sure|here is|here['’]s|of course|je (?:peux|vais"
    r"|suis désolé)|en tant qu['’]"
    r"|as an ai|i (?:can|cannot|am sorry))\b",
    re.IGNORECASE,
)
_SAID_OF_THE_TEXT = re.compile(
    r"\b(?:mots?[- ]clés?|optimis\w+ (?:pour le )?(?:seo|référencement)|cette (?:réécriture|version) "
    r"|j['’]ai (?:réécrit|reformulé|conservé)|la phrase (?:d['’]origine|originale|initiale)"
    r"|le passage (?:d['’]origine|original)|le sens (?:de l['’]original|de la phrase|du passage)"
    r"|n['’]hésitez pas à (?:me|préciser)|j['’]espère que (?:cela|ça|cette)|voulez-vous que je|souhaitez-vous que je"
    r"|let me know)|\(note\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[#*_`<>{}\[\]|\\]{1,}|^-{2,}|^\s*(?:[-•]|\d{1,2}[.)]) ", re.MULTILINE)
_WHOLE = re.compile(r"[.!?…»”\"]$")
_FOREIGN = 0.2
"""Share of unknown words from which a text that no detector takes for French is none; French news has under 0.03."""
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))


def check_language(text: str, passage: str = "", names: str = "") -> tuple[Finding, ...]:
    """Judge a candidate's language: French, Latin letters, known words, whole sentences, no label or markup.

    `names` are known words too, though the passage has only a part of them.
    """
    findings = [
        *_french(text, passage),
        *_words(text, passage, names),
        *_form(text, passage),
        *check_form_of_model(text, passage),
    ]
    return tuple(findings)


def _french(text: str, passage: str) -> list[Finding]:
    findings = []
    detected = language(text)
    if detected not in (None, "fr") and _share_unknown(text) >= _FOREIGN:  # names alone mislead a detector
        findings.append(Finding("language", "error", f"Le texte n'est pas en français (« {detected} »)."))
    foreign = sorted(set(non_latin_letters(text)) - set(non_latin_letters(passage)))
    if foreign:
        findings.append(Finding("script", "error", f"Lettres d'un autre alphabet : {' '.join(foreign)}."))
    return findings


def _share_unknown(text: str) -> float:
    """Share, 0 to 1, of its words in small letters that are not French."""
    small = [word for word in words(text) if word.islower()]
    return sum(not is_known(word) for word in small) / len(small) if small else 0.0


def _words(text: str, passage: str, names: str) -> list[Finding]:
    findings = []
    unknown = unknown_words(text, f"{passage} {names}")
    if unknown:
        findings.append(Finding("unknown words", "error", f"Mots inconnus : {', '.join(unknown)}."))
    unelided = [place for place in missing_elisions(text) if place not in passage]
    if unelided:
        findings.append(Finding("elision", "error", f"Élision oubliée : {', '.join(unelided)}."))
    broken = solecisms(text)
    if broken:  # few texts are: the passage is looked at for those alone
        allowed = {place.casefold() for place in solecisms(passage)}
        broken = tuple(place for place in broken if place.casefold() not in allowed)
    if broken:
        findings.append(Finding("grammar", "error", f"Tournure qui n'est pas française : {', '.join(broken)}."))
    doubled = [word for word in doubled_words(text) if word not in doubled_words(passage)]
    if doubled:
        findings.append(Finding("doubled words", "error", f"Mots doublés : {', '.join(doubled)}."))
    return findings


def _form(text: str, passage: str) -> list[Finding]:
    findings = []
    if not _WHOLE.search(text.strip()) and (_WHOLE.search(passage.strip()) or not passage):
        findings.append(Finding("whole", "error", "La phrase n'est pas finie."))
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and passage.count(opening) == passage.count(closing):
            findings.append(Finding("marks", "error", f"« {opening} » et « {closing} » ne vont pas par paires."))
    return findings


def check_form_of_model(text: str, passage: str) -> list[Finding]:
    """Labels, markup, comments: what a model says to the one who asked, unless the passage says it too."""
    findings = []
    for check, pattern in (("label", _SAID_TO_THE_USER), ("comment", _SAID_OF_THE_TEXT), ("markup", _MARKUP)):
        match = pattern.search(text)
        if match and match.group().strip() not in passage:
            findings.append(Finding(check, "error", f"N'est pas de l'article : « {match.group().strip()} »."))
    return findings
