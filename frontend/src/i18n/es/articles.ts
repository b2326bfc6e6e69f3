/** Español: los artículos como unidades. */
import type { Messages } from "../en";
import { counter } from "../plural";

const count = counter("es");

const dialog = {
  titleLabel: "Título",
  renumberHint: "El título conserva su número si no lo cambia aquí.",
  placeLabel: "Lugar",
  first: "Primero, antes de todos los demás",
  after: (title: string) => `Después de «${title}»`,
  textLabel: "Texto inicial",
  textHint: "Puede dejarlo vacío y escribir en la página. Una línea que empieza con guion es un punto de lista.",
  add: {
    title: "Sugerir un artículo nuevo",
    body: "El artículo aparece en la página como propuesto. Entra en el acuerdo cuando todas las demás partes firmantes lo aceptan.",
    send: "Sugerirlo",
    done: "El artículo está propuesto.",
  },
  move: {
    title: (title: string) => `Mover «${title}»`,
    body: "El artículo se queda donde está hasta que la otra parte acepte el lugar nuevo.",
    send: "Sugerir el traslado",
    done: "El traslado está sugerido.",
  },
  retitle: {
    title: (title: string) => `Otro título para «${title}»`,
    body: "El título vale hasta que la otra parte acepte el nuevo.",
    send: "Sugerir el título",
    done: "El título está sugerido.",
  },
  strike: {
    title: (title: string) => `Suprimir «${title}»`,
    body: "El artículo entero sale del acuerdo cuando la otra parte acepta. Lo que haya pendiente en él se va con él. Su historia permanece.",
    send: "Sugerir suprimirlo",
    done: "La supresión está sugerida.",
  },
};

export const articles: Messages["articles"] = {
  proposedBy: (party) => `Propuesto · ${party}`,
  struck: (n) => count(n, { one: "# artículo suprimido", other: "# artículos suprimidos" }),
  struckTitle: (title) => `${title}, suprimido`,
  acts: {
    of: (title) => `Actos sobre «${title}»`,
    add: "Sugerir un artículo…",
    addAfter: "Artículo nuevo después…",
    move: "Mover…",
    retitle: "Cambiar el título…",
    strike: "Suprimir…",
  },
  sentence: {
    add: {
      first: (title) => `Añadir «${title}» como primer artículo`,
      after: (title, after) => `Añadir «${title}» después de «${after}»`,
    },
    move: {
      first: (title) => `Mover «${title}» al primer lugar`,
      after: (title, after) => `Mover «${title}» después de «${after}»`,
      renamed: (moved, title) => `${moved} y llamarlo «${title}»`,
    },
    retitle: (title, now) => `Cambiar el título «${title}» por «${now}»`,
    strike: (title) => `Suprimir «${title}»`,
  },
  history: {
    added: (title) => `Artículo añadido: ${title}`,
    moved: (title) => `Artículo trasladado: ${title}`,
    retitled: (was, title) => `«${was}» se llama ahora «${title}»`,
    struck: (title) => `Artículo suprimido: ${title}`,
  },
  dialog,
};
