/** Spanish: the list of agreements, making one, and the preparing stage. */
import type { Messages } from "../en";
import { counter } from "../plural";

const count = counter("es");

export const agreements: Messages["agreements"] = {
  title: "Sus acuerdos",
  none: {
    title: "Todavía no hay acuerdos",
    body: "Comience uno con el texto que tiene: el acuerdo que vence, un memorando, un primer borrador. O espere una invitación; su enlace le trae aquí.",
  },
  create: "Comenzar un acuerdo",
  stages: { preparing: "En preparación", bargaining: "En negociación", signed: "Firmado" },
  you: (party, role) => `${party}, ${role}`,
  roles: { lead: "portavoz", drafter: "redactor", observer: "observador", mediator: "mediador" },
  roleHints: {
    lead: "escribe, responde, rubrica y firma",
    drafter: "escribe sugerencias",
    observer: "lee",
    mediator: "escucha a cada parte en confianza y propone a todas",
  },
  articles: (n) => count(n, { one: "# artículo", other: "# artículos" }),
  pending: (n) => count(n, { one: "# sugerencia", other: "# sugerencias" }),
  quiet: "Nada pendiente",
  form: {
    title: "Comenzar un acuerdo",
    name: "Título",
    namePlaceholder: "Acuerdo 2026–29",
    parties: "Las partes",
    partiesHint: "Los lados de la mesa, con los nombres que usan.",
    party: (n) => `Parte ${String(n)}`,
    signatory: "Firma el acuerdo",
    addParty: "Añadir una parte",
    removeParty: (name) => `Quitar ${name}`,
    mine: "Usted está aquí por",
    myRole: "Su función",
    text: "El texto inicial",
    textHint: "Markdown: una línea que empieza con ## abre un artículo. Péguelo o abra un archivo.",
    open: "Abrir un archivo",
    preview: (articles, words) =>
      `${count(articles, { one: "# artículo", other: "# artículos" })}, ${count(words, { one: "# palabra", other: "# palabras" })}`,
    noArticles: "Ninguna línea empieza con ## todavía, así que será un solo artículo.",
    submit: "Comenzar el acuerdo",
    missing: "Complete este campo.",
    twoSides: "Un acuerdo necesita al menos dos partes que firmen, con nombres distintos.",
  },
  preparing: {
    title: "Antes de negociar",
    body: "El portavoz de cada parte confirma que este es el texto del que ambas parten. Desde entonces, todo cambio es una sugerencia.",
    confirm: "Confirmar el texto inicial",
    confirmed: (name, when) => `${name} confirmó ${when}`,
    waiting: "aún no ha confirmado",
    confirmedAll: "Todas las partes confirmaron. La negociación ha comenzado.",
    notYou: "Confirma un portavoz de cada parte que firma.",
    moved: "El texto no es el que vio. Mírelo como está ahora y luego confirme.",
  },
  people: {
    title: "Personas",
    open: "Personas e invitaciones",
    nobody: "Nadie todavía",
    you: "usted",
    invite: "Invitar a alguien",
    inviteTo: "A",
    as: "Como",
    email: "Correo (si quiere que se envíe)",
    make: "Crear un enlace",
    link: "Dé este enlace a una sola persona. Sirve una vez, hasta el",
    copyLink: "Copiar el enlace",
    theirs: "Antes de negociar puede invitar a cualquier parte; después, a la suya.",
  },
};
