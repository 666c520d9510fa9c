"""Is it French, whole, and nothing but the article? What a model lets slip is caught here."""

from __future__ import annotations

import re

from rewriter.article import Finding
from rewriter.french.lexicon import doubled_words, unknown_words
from rewriter.french.measure import language, non_latin_letters

_SAID_TO_THE_USER = re.compile(
    r"^\W*(?:titre|chapô|chapeau|intertitre|sous-titre|phrase|réécriture|réécrit|passage|réponse|résultat|article|version"
    r"|note|remarque|consigne|source|texte|traduction|title|rewritten|rewrite|answer|output)s?\b[^.!?«]{0,30}\s?:"
    r"|^\W*(?:voici|bien sûr|d['’]accord|certainement|sure|here is|here['’]s|of course|je (?:peux|vais|suis désolé)|en tant qu['’]"
    r"|as an ai|i (?:can|cannot|am sorry))\b",
    re.IGNORECASE,
)
_SAID_OF_THE_TEXT = re.compile(
    r"\b(?:mots?[- ]clés?|optimis\w+ (?:pour le )?(?:seo|référencement)|cette (?:réécriture|version) |j['’]ai (?:réécrit|reformulé|conservé)"
    r"|la phrase (?:d['’]origine|originale|initiale)|le passage (?:d['’]origine|original))",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[#*_`<>{}\[\]|\\]{1,}|^-{2,}|^\s*[-•] ", re.MULTILINE)
_WHOLE = re.compile(r"[.!?…»”\"]$")
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))


def check_language(text: str, passage: str = "") -> tuple[Finding, ...]:
    """Judge a candidate's language: French, Latin letters, known words, whole sentences, no label or markup."""
    findings = [
        *_french(text, passage),
        *_words(text, passage),
        *_form(text, passage),
        *check_form_of_model(text, passage),
    ]
    return tuple(findings)


def _french(text: str, passage: str) -> list[Finding]:
    findings = []
    detected = language(text)
    if detected not in (None, "fr"):
        findings.append(Finding("language", "error", f"Le texte n'est pas en français (« {detected} »)."))
    foreign = sorted(set(non_latin_letters(text)) - set(non_latin_letters(passage)))
    if foreign:
        findings.append(Finding("script", "error", f"Lettres d'un autre alphabet : {' '.join(foreign)}."))
    return findings


def _words(text: str, passage: str) -> list[Finding]:
    findings = []
    unknown = unknown_words(text, passage)
    if unknown:
        findings.append(Finding("unknown words", "error", f"Mots inconnus : {', '.join(unknown)}."))
    doubled = [word for word in doubled_words(text) if word not in doubled_words(passage)]
    if doubled:
        findings.append(Finding("doubled words", "error", f"Mots doublés : {', '.join(doubled)}."))
    return findings


def _form(text: str, passage: str) -> list[Finding]:
    findings = []
    if not _WHOLE.search(text.strip()):
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
