/** Spanish: what is said beside the text, at the table and within one's party. */
import type { Messages } from "../en";
import { counter } from "../plural";

const count = counter("es");

export const threads: Messages["threads"] = {
  title: "Comentarios",
  comment: "Comentar",
  count: (n) => count(n, { one: "# comentario", other: "# comentarios" }),
  onArticle: (title) => `Sobre ${title}`,
  onText: "Comentar las palabras seleccionadas",
  about: (quote) => `Sobre «${quote}»`,
  placeholder: "Escriba un comentario. Con @ nombra a alguien.",
  replyPlaceholder: "Responda. Con @ nombra a alguien.",
  send: "Comentar",
  reply: "Responder",
  edit: "Editar",
  save: "Guardar",
  edited: "editado",
  resolve: "Resolver",
  reopen: "Reabrir",
  resolvedBy: (name) => `Lo resolvió ${name}`,
  withResolved: "Mostrar también lo resuelto",
  audience: "Quién lo lee",
  table: { label: "Todos en la mesa", hint: "Consta para ambas partes." },
  party: { label: (party) => `Solo ${party}`, hint: "Nadie más sabrá que existe." },
  private: (party) => `Solo lo ve ${party}`,
  mentions: "Personas a quienes nombrar",
  none: "Aún no hay comentarios.",
  menu: "Todos los comentarios",
  history: {
    opened: "inició una conversación",
    replied: "respondió en una conversación",
    edited: "reformuló un comentario",
    resolved: "resolvió una conversación",
    reopened: "reabrió una conversación",
  },
};
