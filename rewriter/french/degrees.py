"""How surely, how widely, how strongly a French text says something, and on which side of a "not".

Broader than `nuances`, which compares word with word: a free paraphrase may say "envisage" for "pourrait" and "récuse"
for "n'est pas", so here only is asked whether a text has any word of a family. Each function returns what it found.
"""

from __future__ import annotations

import re

from rewriter.french.nuances import negations
from rewriter.french.segment import words
from rewriter.french.verbs import is_conditional, is_future

Found = tuple[str, ...]


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


_HEDGES = _pattern(
    r"peut|peuvent|pouvait|pouvaient|pourr\w+|devr\w+|puissent?|peut-être|probable\w*|possible\w*|possibilité"
    r"|éventuel\w*|éventualité"
    r"|vraisemblabl\w*|sans doute|susceptibles?|potentiel\w*|risqu\w+|envisag\w+|projet(?:te|tent|tait)|sembl\w+"
    r"|paraît|paraissent|soupçon\w*|présum\w+|suspect\w*|prétendu\w*|supposé\w*|suppose\w*|hypothèses?|pistes?"
    r"|doit|doivent|devait|devaient|souhait\w+|espèr\w+|esp[oé]r\w*|voudr\w+|songe\w*|ambitionn\w+|visent?"
    r"|cherch\w+ à|tent\w+ de|étudi\w+|réfléchi\w+|prévoi\w+|prévu\w*|compt(?:e|ent|ait)|entend(?:ent|ait)? \w+[er]r?"
    r"|attend\w*|anticip\w+|escompt\w+|programm(?:é|ée|és|ées)|planifi\w+|tabl\w+|menac\w+|si|cas où"
    r"|à (?:la )?condition|sous réserve|ne(?: \w+){1,3} qu['’]avec"
    r"|en principe|normalement"
    r"|crain\w+|redout\w+|appréhend\w+|chances?|n['’]exclu\w+|pas exclu\w*|n['’]écart\w+|pas écarté\w*"
)
_UNIVERSAL = _pattern(
    r"tous(?! les \d)|toutes(?! les (?:\d|deux|trois|cinq|dix|quinze|vingt|trente))|tout(?:e)? (?:l[ae]|l['’]\w+|son"
    r"|sa|leurs?)|l['’]ensemble|(?:la )?totalité|(?:l['’])?intégralité"
    r"|intégralement|entièrement|totalement|complètement|chaque(?! jour| année| semaine| mois)|aucune?|sans exception"
    r"|partout|unanim\w+|systématiquement|personne ne|nulle part"
)
_PARTIAL = _pattern(
    r"certaine?s|quelques|quelques-une?s|plusieurs|une partie|(?:la )?plupart|majorité|majoritairement|une poignée"
    r"|(?<!le )(?<!au )nombre d\w*|beaucoup|parfois|souvent|en partie|partiellement|la moitié|un tiers|un quart|peu"
    r"|presque|surtout"
    r"|essentiellement|principalement|parmi|d['’]entre"
)
_STRONG = _pattern(
    r"bondi\w*|bondir|explos\w+|s['’](?:est|sont) effondré\w*|effondr\w+|dégringol\w+|flamb\w+|s['’]envol\w+|plongé"
    r"|catastroph\w+|désastr\w+|dramatiqu\w+|tragiqu\w+|affol\w+|alarm\w+|paniqu\w+|terrifi\w+|horrifi\w+|révolt\w+"
    r"|scandalis\w+|furi\w+|ulcér\w+|indign\w+|fustig\w+|pourfend\w+|étrill\w+|à boulets rouges|vilipend\w+|accabl\w+"
    r"|consid[ée]rabl\w+|énorm\w+|immens\w+|gigantesqu\w+|colossa\w+|massi(?:f|fs|ve|ves|vement)|spectaculair\w+"
    r"|extrêmement|au plus haut point|gravement|grièvement|violemment|brutal\w*|drastiqu\w+"
    r"|historique\w*|sans précédent"
    r"|record|inédit\w*|des (?:dizaines|centaines|milliers|millions)|innombrables?|une multitude|une foule"
    r"|nette?(?:s|ment)?|prononcée?s?|rudement|sérieu(?:x|se|ses|sement)|franchement|pantois|effroi|stupéf\w+"
    r"|le moindre|la moindre"
    r"|confond\w* en|triomph\w+|écras\w+|humili\w+|anéanti\w*|ravag\w+|dévast\w+|détrui\w+|sommer?|somment"
    r"|(?<!s')(?<!s’)impos\w+"
    r"|certaine?ment|assurément|incontestabl\w+|définitivement|irrémédiabl\w+|imminent\w*|inévitabl\w+|vertigineu\w+"
    r"|enthousiasm\w*|enchant\w+|ravie?s?|à bout de (?:nerfs|forces)|excédé\w*|crise|chaos|apocalyp\w+|effray\w+"
    r"|effroyabl\w+"
)
_SOFTENERS = _pattern(
    r"lég(?:er|ers|ère|ères)|légèrement|faibles?|faiblement|mod[ée]r\w+|modestes?|modestement|mesurée?s?|un peu|assez"
    r"|plutôt|relativement|limitée?s?|tout [aà] fait|suffisam\w+|suffisant\w*|guère|à peine|préoccup\w+|inqui[eè]t\w*"
    r"|regrets?|réserves?|prudent\w*|sceptiques?|en partie|partiellement|discr[eè]t\w*"
)
_REFUSALS = _pattern(
    r"refus\w*|décli(?:n|ne|né)\w*|rejet\w*|repouss\w+|écart\w+|exclu\w*|renonc\w+|interdi\w+|nie|nient|niai\w+|niée?s?"
    r"|démen\w+|contest\w+|récus\w+|réfut\w+|manqu\w+|échou\w+|échec|absence|absente?s?|faute d\w*|sans|privé\w*"
    r"|empêch\w+|s['’]oppos\w+|opposé\w*|oppose\w*|opposition|hostiles?|défavorable\w*|désapprouv\w+|abandon\w*"
    r"|annul\w+"
    r"|loin d\w*|inchangé\w*|inconnu\w*|impossib\w+|insuffisan\w+|incapable\w*|indisponible\w*|cess\w+|arrêt\w*|pas"
    r"|interrom\w+|suspend\w+|suspendu\w*|fermé\w*|ferm\w+|impayé\w*|non|dépourvu\w*|ignor\w+|épargn\w+|hors de"
)
_FOR = _pattern(
    r"accept\w+|consent\w+|approuv\w+|feu vert|autoris\w+|salu\w+|félicit\w+|réjoui\w+|reconn\w+|adm(?:et|is)\w*"
    r"|conc[eè]d\w+|prome\w+|bien voulu|s['’]engag\w+|souten\w+|soutien\w*|favorables?|révél\w+|confirm\w+"
)
_AGAINST = _pattern(
    r"refus\w*|ni(?:e|ent|ait|é)|rejet\w+|repouss\w+|regrett\w+|déplor\w+|contest\w+|récus\w+|réfut\w+|démen\w+"
    r"|décli(?:ne|nent|nait|né)|écart(?:e|ent|ait|é)|s['’]oppos\w+|hostiles?|défavorables?|désapprouv\w+|dénonc\w+"
    r"|condamn\w+|critiqu\w+|protest\w+|fustig\w+|ne(?: \w+){1,3} pas|n['’]\w+ (?:\w+ )?pas"
    r"|interdi\w+|renonc\w+|exclu\w*"
)
_BEFORE = _pattern(r"avant|plus tôt|auparavant|précéd\w+|d['’]avance|la veille|jusqu['’](?:à|au|aux)\s?\w*|préalabl\w+")
_AFTER = _pattern(
    r"après|plus tard|ensuite|puis|une fois|depuis|le lendemain|suivant\w*|dès|dans la foulée|au lendemain"
    r"|à la suite|à l['’]issue|de retard"
)


def _all(pattern: re.Pattern[str], text: str) -> Found:
    return tuple(match[0].casefold() for match in pattern.finditer(text))


def hedges(text: str) -> Found:
    """Words that leave open whether something is or will be so: conditionals, possibility, intention, suspicion."""
    told = _REPORTED.sub(" ", text)
    return (*_all(_HEDGES, text), *(word.casefold() for word in words(told) if is_conditional(word)))


_REPORTED = re.compile(r"\bqu(?:e\b|['’])[^,;:.]*", re.IGNORECASE)
"""What is reported: there the conditional is the future seen from the past, "il a dit qu'il viendrait"."""


def universals(text: str) -> Found:
    """Words that leave nobody and nothing out: tous, l'ensemble, aucun, toujours …"""
    return _all(_UNIVERSAL, text)


def partials(text: str) -> Found:
    """Words that speak of some only: certains, plusieurs, la plupart, parfois …"""
    return _all(_PARTIAL, text)


def strong_words(text: str) -> Found:
    """Words that a headline writer reaches for: bondir, s'effondrer, catastrophe, exiger …"""
    return _all(_STRONG, text)


def softeners(text: str) -> Found:
    """Words that make a statement smaller: légèrement, un peu, pas tout à fait, préoccupé …"""
    return _all(_SOFTENERS, text)


def is_negative(text: str) -> bool:
    """Whether a text says anywhere that something is not so, does not happen, or is refused."""
    return bool(negations(text)) or bool(_REFUSALS.search(text))


def stances(text: str) -> tuple[bool, bool]:
    """Whether anybody in a text is for something, and whether anybody is against something."""
    return bool(_FOR.search(text)), bool(_AGAINST.search(text))


def futures(text: str) -> Found:
    """Verbs in the future, "va" with an infinitive among them."""
    plain = re.sub(r"\baur(?:a|ont) (?=\w+(?:é|i|is|it|u|ert)e?s?\b)", "", text)  # "aura fallu" looks back
    simple = tuple(word.casefold() for word in words(plain) if is_future(word))
    return (*simple, *_all(_GOING, text))


_PROMISES = _pattern(
    r"prome\w+|promis\w*|engag\w+|annonc\w+|programm\w+|planifi\w+|prév\w+|dès|à (?:compter|partir)|d['’]ici"
    r"|prochaine?s?"
    r"|sera\w*|jusqu['’]\w*|avant|bientôt|futurs?|futures?"
)


def promises(text: str) -> Found:
    """Words by which a text speaks of what is to come without a future: promettre, prévoir, d'ici …"""
    return _all(_PROMISES, text)


_GOING = _pattern(r"(?:va|vont)(?: \w+)? \w+(?:er|ir|re|oir)")


def sides(text: str) -> tuple[bool, bool]:
    """Whether a text speaks of before, and whether of after."""
    return bool(_BEFORE.search(text)), bool(_AFTER.search(text))
