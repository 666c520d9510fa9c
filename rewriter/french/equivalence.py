"""The lexicon of rewordings, read: which words may stand for which, in which form and under which conditions.

`rewordings/` lists groups of equal words ("a = b = c") or one-way pairs ("a > b": a becomes b only).
A phrase may end in "de", "à" or "que": its tail, which contracts or elides with what follows.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rewriter.french.conjugation import REFLEXIVES, is_special, pairs
from rewriter.french.elision import Gender
from rewriter.french.inflection import adjective_forms, plural, verb_forms
from rewriter.french.wordlists import word_list
from rewriter.tables import toml_file

Kind = Literal[
    "phrase", "opening", "noun", "adjective", "finite", "infinitive", "gerund", "participle"
]  # fmt: skip

_WORD = re.compile(r"aujourd'hui|[^\W\d_]+'|[^\W_]+(?:-[^\W_]+)*,?")
_TAILS = ("de", "à", "que")


@dataclass(frozen=True)
class Guard:
    """Where an entry does not apply: patterns on the unified text beside it, compiled when one is asked for."""

    before: str = ""
    """Must not match the text that ends where the old words begin."""
    after: str = ""
    """Must not match the text that begins where the old words end."""
    only_before: str = ""
    """Must match the text before."""
    only_after: str = ""
    """Must match the text after."""


@dataclass(frozen=True)
class Rule:
    """One form that may become one other form."""

    kind: Kind
    old: tuple[str, ...]
    """Words as they are matched, casefolded, straight apostrophes, without the tail."""
    new: tuple[str, ...]
    old_tail: str = ""
    """ "de", "à", "que" or nothing."""
    new_tail: str = ""
    gender: Gender | None = None
    """Of the new noun or adjective when it is singular: what a determiner before it needs to know."""
    guards: tuple[Guard, ...] = ()
    ambiguous: bool = False
    """Whether the old form is also a noun or another form: it then needs a clear sign beside it."""
    bare: bool = False
    """Whether the noun may follow "de" without a determiner."""
    free: bool = False
    """Whether anything may follow, though the construction changes."""
    infinitive: bool = False
    """Whether an infinitive must follow."""


@dataclass(frozen=True)
class Lexicon:
    """All rules by the first word of their old form, and the lemmas that they make equal."""

    rules: Mapping[str, tuple[Rule, ...]]
    equal: Mapping[str, frozenset[str]]
    entries: Mapping[str, int]
    """Number of entries by section."""


@functools.cache
def lexicon() -> Lexicon:
    """The package's own lexicon, all files of `rewordings/` together, read once."""
    merged: dict[str, Any] = {}
    for path in sorted((Path(__file__).parent / "rewordings").glob("*.toml")):
        for section, entries in toml_file(path).items():
            merged[section] = _together(merged.get(section), entries)
    return built(merged)


def _together(known: Any, more: Any) -> Any:
    """Two files' entries of one section; a guard stands in one file only."""
    if known is None:
        return more
    if isinstance(known, dict):
        if twice := known.keys() & more.keys():
            raise ValueError(f"guarded twice: {', '.join(sorted(twice))}")
        return {**known, **more}
    return [*known, *(entry for entry in more if entry not in known)]


def built(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon that the tables of a file describe."""
    guards = {key: _guard(value) for key, value in data.get("guards", {}).items()}
    rules: dict[str, list[Rule]] = defaultdict(list)
    equal: dict[str, set[str]] = defaultdict(set)
    entries = {}
    fixed: set[tuple[object, ...]] = set()  # a form of a verb that is listed as a phrase has its own guards
    for section, make in _SECTIONS.items():
        lines = data.get(section, [])
        entries[section] = len(lines)
        for old, new in itertools.chain.from_iterable(map(_pairs, lines)):
            found = tuple(guards[key] for key in _guard_keys(old, new) if key in guards)
            made = [rule for rule in make(old, new) if "verbs" not in section or _form(rule) not in fixed]
            if "verbs" not in section:
                fixed.update(map(_form, made))
            for rule in made:
                rules[rule.old[0]].append(replace(rule, guards=(*rule.guards, *found)))
            _note_equal(equal, made, old, new)
    return Lexicon(
        {word: tuple(found) for word, found in rules.items()},
        {word: frozenset(others) for word, others in equal.items()},
        entries,
    )


def _form(rule: Rule) -> tuple[object, ...]:
    return rule.kind, rule.old, rule.old_tail, rule.new, rule.new_tail, rule.infinitive


def words_of(text: str) -> tuple[str, ...]:
    """The words of an entry: elisions apart, hyphenated words whole."""
    return tuple(_WORD.findall(text))


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    if " > " in line:
        old, new = line.split(" > ")
        yield from ((old.strip(), other.strip()) for other in new.split(" = "))
        return
    yield from itertools.permutations([part.strip() for part in line.split(" = ")], 2)


def _guard_keys(old: str, new: str) -> tuple[str, ...]:
    old, new = _bare(old), _bare(new)
    return (old, f"{old} > {new}")


def _bare(text: str) -> str:
    """An entry's side without its marks."""
    return re.sub(r"[+*~]", "", text)


def _guard(table: Mapping[str, str]) -> Guard:
    def written(key: str, form: str) -> str:
        return form.format(table[key]) if key in table else ""

    return Guard(
        written("before", r"(?<![\w-])(?:{})\s*$"),
        written("after", r"[\s,]*(?:{})(?:(?<=['\s])|(?![\w-]))"),
        written("only_before", r"(?<![\w-])(?:{})\s*$"),
        written("only_after", r"\s*(?:{})"),
    )


def _note_equal(equal: dict[str, set[str]], made: Iterable[Rule], old: str, new: str) -> None:
    """Write down that the words of `new` are licensed by those of `old`, as lemmas and as forms."""
    old, new = _bare(old), _bare(new)
    equal[old].add(new)
    for source in _content(words_of(old)):
        equal[source].update(_content(words_of(new)))
    for rule in made:
        for source in _content(rule.old):
            equal[source].update(_content(words_of(new)))


def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are no function words; all of them where none is left."""
    return tuple(w for w in words if w not in word_list("function_words")) or words


def _split_tail(text: str) -> tuple[tuple[str, ...], str]:
    words = words_of(text)
    if text.endswith("~"):
        return words, ""
    if len(words) > 1 and words[-1] in _TAILS:
        return words[:-1], words[-1]
    return words, ""


def _phrase(old: str, new: str, kind: Kind = "phrase") -> Iterator[Rule]:
    (old_words, old_tail), (new_words, new_tail) = _split_tail(old), _split_tail(new)
    yield Rule(kind, old_words, new_words, old_tail, new_tail, free=new.endswith("~"))


def _opening(old: str, new: str) -> Iterator[Rule]:
    return _phrase(old, new, "opening")


def _before_infinitive(old: str, new: str) -> Iterator[Rule]:
    return (replace(rule, infinitive=True) for rule in _phrase(old, new))


def _verb_before_infinitive(old: str, new: str) -> Iterator[Rule]:
    return (replace(rule, infinitive=True) for rule in _verb(old, new))


def _noun(gender: Gender, old: str, new: str) -> Iterator[Rule]:
    bare = old.startswith("+")
    old, new = old.strip("+"), new.strip("+")
    if "(pl)" not in old:
        yield Rule("noun", words_of(old), words_of(new), gender=gender, bare=bare)
    old, new = old.replace(" (pl)", ""), new.replace(" (pl)", "")
    if "(sg)" not in old and plural(old) != old and plural(new) != new:
        yield Rule("noun", words_of(plural(old)), words_of(plural(new)), bare=bare)


def _feminine(old: str, new: str) -> Iterator[Rule]:
    return _noun("f", old, new)


def _masculine(old: str, new: str) -> Iterator[Rule]:
    return _noun("m", old, new)


def _adjective(old: str, new: str) -> Iterator[Rule]:
    forms = adjective_forms(new)
    wanted: dict[str, set[str]] = defaultdict(set)
    for slot, form in adjective_forms(old).items():
        wanted[form].add(forms[slot])
    for form, found in wanted.items():
        if len(found) == 1:  # else "difficiles" could become "compliqués" or "compliquées"
            yield Rule("adjective", words_of(form), words_of(*found))


def _verb(old: str, new: str) -> Iterator[Rule]:
    if is_special(words_of(old)) or is_special(words_of(new)):
        yield from _special_verb(old, new)
        return
    (old_verb, *old_rest), old_tail = _verb_parts(old)
    (new_verb, *new_rest), new_tail = _verb_parts(new)
    old_forms, new_forms = verb_forms(old_verb), verb_forms(new_verb)
    same = old_tail == new_tail and not old_rest and not new_rest
    kinds_of: dict[str, set[Kind]] = defaultdict(set)
    for slot, form in old_forms.items():
        kinds_of[form].add(_kind(slot))
    wanted: dict[tuple[str, Kind], set[str]] = defaultdict(set)
    for slot, form in old_forms.items():
        if slot in new_forms and (same or slot not in _AGREEING):
            wanted[form, _kind(slot)].add(new_forms[slot])
    for (form, kind), found in wanted.items():
        if len(found) == 1:
            ambiguous = len(kinds_of[form]) > 1 or ("*" in old and form == old_forms["present 3s"])
            rule = Rule(kind, (form, *old_rest), (*found, *new_rest), old_tail, new_tail, ambiguous=ambiguous)
            yield replace(rule, guards=(_UNNEGATED,)) if new_rest and not old_rest else rule


_UNNEGATED = _guard(
    {"after": r"pas|plus|jamais|point|guère|rien|aussi|déjà|encore|toujours|souvent|bien|mieux|\w+ment"}
)
"""Where "X pas" cannot become "Y Z pas": words that stand between a verb and the rest of its phrase."""
_NO_OBJECT = _guard({"before": "je|j'|l'|le|la|les|lui|leur|moi qui"})
"""Where a verb cannot become reflexive: behind an object pronoun or a first person."""


def _special_verb(old: str, new: str) -> Iterator[Rule]:
    """Third-person rules of a pair where one side is reflexive or begins with an auxiliary."""
    (old_words, old_tail), (new_words, new_tail) = _verb_parts(old), _verb_parts(new)
    was, becomes = old_words[0] in REFLEXIVES, new_words[0] in REFLEXIVES
    guards: tuple[Guard, ...] = (_NO_OBJECT,) if becomes and not was else ()
    if len(new_words) - becomes > len(old_words) - was:
        guards += (_UNNEGATED,)
    # "a augmenté" cannot become "s'est accru": the subject that the participle follows is not known
    for slot, words, put in pairs(old_words, new_words, compound=was or not becomes):
        kind: Kind = "phrase" if was else _kind(slot)
        ambiguous = "*" in old and len(words) == 1
        yield Rule(kind, words, put, old_tail, new_tail, guards=guards, ambiguous=ambiguous)


_AGREEING = ("participle fs", "participle mp", "participle fp")


def _verb_parts(text: str) -> tuple[tuple[str, ...], str]:
    return _split_tail(text.replace("*", ""))


def _kind(slot: str) -> Kind:
    first = slot.split(maxsplit=1)[0]
    return first if first in ("infinitive", "gerund", "participle") else "finite"  # type: ignore[return-value]  # narrowed by the test


_SECTIONS = {
    "phrases": _phrase,
    "openings": _opening,
    "before_infinitive": _before_infinitive,
    "feminine": _feminine,
    "masculine": _masculine,
    "adjectives": _adjective,
    "verbs": _verb,
    "verbs_before_infinitive": _verb_before_infinitive,
}
