"""The sentences of mail, in the languages that people may choose; the same news as the browser tells.

A sentence tells who did what to how many in which article, never what a proposal or a reason says: mail lies in other
people's hands. `{n}` is at least 2 in the second of a pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.telling import Language

Sentence = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words."""

    sentences: Mapping[str, Sentence]
    fallback: str
    somebody: str
    in_article: str
    subject: tuple[str, str]
    greeting: str
    open: str
    private: str
    foot: str
    choose: str
    stop: str


_EN = Words(
    sentences={
        "agreement.confirmed": "{who} confirmed the starting text",
        "agreement.signature": "{who} signed the agreement",
        "agreement.signed": "The agreement is signed by every party",
        "article.initialled": "{who} initialled {where}",
        "article.reopened": "{where} is open again",
        "article.reopening": "{who} asks to reopen {where}",
        "article.tentative": "{where} is under tentative agreement",
        "ground_rules.adopted": "New ground rules are in force",
        "ground_rules.proposed": "{who} proposed ground rules",
        "ground_rules.signed": "{who} signed the proposed ground rules",
        "mediation.agreed": "Every party agreed to a proposal of the mediator",
        "mediation.closing": "A proposal of the mediator closes soon",
        "mediation.consent_asked": "Your party is asked whether a mediator may be let in",
        "mediation.consented": "{who} agreed to let a mediator in",
        "mediation.ended": "A proposal of the mediator ended without agreement",
        "mediation.noted": "There is a new sealed note in the mediation",
        "mediation.proposed": "The mediator put a proposal to every party",
        "member.changed": "A member's seat changed",
        "member.joined": "{who} joined",
        "member.removed": "A member left",
        "minutes.drafted": "{who} drafted minutes",
        "minutes.initialled": "{who} initialled minutes",
        "package.accepted": "A package was accepted",
        "package.expired": "A package expired",
        "package.expiring": "A package expires soon",
        "package.offered": "{who} offered a package",
        "package.rejected": "{who} rejected a package",
        "package.responded": "{who} answered a package",
        "package.withdrawn": "{who} withdrew a package",
        "publication.made": "Something of the negotiation was made public",
        "reconvening.refused": "{who} did not set a next date",
        "session.closed": "A session was closed",
        "session.convened": "{who} set the date of a session",
        "session.moved": "{who} moved the date of a session",
        "session.near": "A session is near",
        "session.opened": "A session was opened",
        "suggestion.accepted": (
            "{who} accepted a suggestion{in_article}",
            "{who} accepted {n} suggestions{in_article}",
        ),
        "suggestion.countered": "{who} countered a suggestion{in_article}",
        "suggestion.accepted_as_amended": (
            "{who} accepted a suggestion as amended{in_article}",
            "{who} accepted {n} suggestions as amended{in_article}",
        ),
        "suggestion.declined": (
            "{who} declined a suggestion{in_article}",
            "{who} declined {n} suggestions{in_article}",
        ),
        "suggestion.enacted": (
            "{who} accepted a suggestion{in_article}; it is agreed",
            "{who} accepted {n} suggestions{in_article}; they are agreed",
        ),
        "suggestion.proposed": ("{who} suggested a change{in_article}", "{who} suggested {n} changes{in_article}"),
        "suggestion.questioned": (
            "{who} questioned a suggestion{in_article}",
            "{who} questioned {n} suggestions{in_article}",
        ),
        "suggestion.rejected": (
            "{who} rejected a suggestion{in_article}",
            "{who} rejected {n} suggestions{in_article}",
        ),
        "suggestion.revised": (
            "{who} changed a suggestion that was accepted{in_article}",
            "{who} changed {n} suggestions that were accepted{in_article}",
        ),
        "suggestion.withdrawn": (
            "{who} withdrew a suggestion{in_article}",
            "{who} withdrew {n} suggestions{in_article}",
        ),
        "table.stalled": "The table has not moved for a while",
        "tabling.made": ("{who} tabled a suggestion", "{who} tabled {n} suggestions"),
        "thread.mentioned": "{who} mentioned you",
        "thread.opened": "{who} began a conversation{in_article}",
        "thread.replied": "{who} replied in a conversation{in_article}",
    },
    fallback="Something happened",
    somebody="Somebody",
    in_article=" in {article}",
    subject=("{title}: one thing happened", "{title}: {n} things happened"),
    greeting="What happened in “{title}”:",
    open="Open",
    private="Only your party knows of this.",
    foot="You get this because you are a member of “{title}” in Parley.",
    choose="Choose when mail comes",
    stop="Stop this mail",
)
_ES = Words(
    sentences={
        "agreement.confirmed": "{who} confirmó el texto inicial",
        "agreement.signature": "{who} firmó el acuerdo",
        "agreement.signed": "Todas las partes han firmado el acuerdo",
        "article.initialled": "{who} rubricó {where}",
        "article.reopened": "{where} vuelve a estar abierto",
        "article.reopening": "{who} pide reabrir {where}",
        "article.tentative": "{where} tiene acuerdo provisional",
        "ground_rules.adopted": "Hay nuevas reglas de base en vigor",
        "ground_rules.proposed": "{who} propuso reglas de base",
        "ground_rules.signed": "{who} firmó las reglas de base propuestas",
        "mediation.agreed": "Todas las partes aceptaron una propuesta de la mediación",
        "mediation.closing": "Una propuesta de la mediación se cierra pronto",
        "mediation.consent_asked": "Se pregunta a su parte si puede entrar una persona mediadora",
        "mediation.consented": "{who} acordó que entre una persona mediadora",
        "mediation.ended": "Una propuesta de la mediación terminó sin acuerdo",
        "mediation.noted": "Hay una nueva nota reservada en la mediación",
        "mediation.proposed": "La mediación presentó una propuesta a todas las partes",
        "member.changed": "Cambió el puesto de un miembro",
        "member.joined": "{who} se incorporó",
        "member.removed": "Un miembro se fue",
        "minutes.drafted": "{who} redactó un acta",
        "minutes.initialled": "{who} rubricó un acta",
        "package.accepted": "Se aceptó un paquete",
        "package.expired": "Un paquete caducó",
        "package.expiring": "Un paquete caduca pronto",
        "package.offered": "{who} ofreció un paquete",
        "package.rejected": "{who} rechazó un paquete",
        "package.responded": "{who} respondió a un paquete",
        "package.withdrawn": "{who} retiró un paquete",
        "publication.made": "Se hizo pública una parte de la negociación",
        "reconvening.refused": "{who} no fijó una próxima fecha",
        "session.closed": "Se cerró una sesión",
        "session.convened": "{who} fijó la fecha de una sesión",
        "session.moved": "{who} cambió la fecha de una sesión",
        "session.near": "Se acerca una sesión",
        "session.opened": "Se abrió una sesión",
        "suggestion.accepted": ("{who} aceptó una sugerencia{in_article}", "{who} aceptó {n} sugerencias{in_article}"),
        "suggestion.countered": "{who} hizo una contrapropuesta{in_article}",
        "suggestion.accepted_as_amended": (
            "{who} aceptó una sugerencia enmendada{in_article}",
            "{who} aceptó {n} sugerencias enmendadas{in_article}",
        ),
        "suggestion.declined": (
            "{who} declinó una sugerencia{in_article}",
            "{who} declinó {n} sugerencias{in_article}",
        ),
        "suggestion.enacted": (
            "{who} aceptó una sugerencia{in_article}; está acordada",
            "{who} aceptó {n} sugerencias{in_article}; están acordadas",
        ),
        "suggestion.proposed": ("{who} sugirió un cambio{in_article}", "{who} sugirió {n} cambios{in_article}"),
        "suggestion.questioned": (
            "{who} preguntó por una sugerencia{in_article}",
            "{who} preguntó por {n} sugerencias{in_article}",
        ),
        "suggestion.rejected": (
            "{who} rechazó una sugerencia{in_article}",
            "{who} rechazó {n} sugerencias{in_article}",
        ),
        "suggestion.revised": (
            "{who} cambió una sugerencia ya aceptada{in_article}",
            "{who} cambió {n} sugerencias ya aceptadas{in_article}",
        ),
        "suggestion.withdrawn": (
            "{who} retiró una sugerencia{in_article}",
            "{who} retiró {n} sugerencias{in_article}",
        ),
        "table.stalled": "La mesa lleva un tiempo sin moverse",
        "tabling.made": ("{who} presentó una sugerencia", "{who} presentó {n} sugerencias"),
        "thread.mentioned": "{who} le mencionó",
        "thread.opened": "{who} inició una conversación{in_article}",
        "thread.replied": "{who} respondió en una conversación{in_article}",
    },
    fallback="Hay novedades",
    somebody="Alguien",
    in_article=" en {article}",
    subject=("{title}: una novedad", "{title}: {n} novedades"),
    greeting="Novedades en «{title}»:",
    open="Abrir",
    private="Solo su parte sabe de esto.",
    foot="Recibe esto porque es miembro de «{title}» en Parley.",
    choose="Elegir cuándo llega el correo",
    stop="Dejar de recibir este correo",
)
WORDS: Mapping[Language, Words] = {"en": _EN, "es": _ES}
