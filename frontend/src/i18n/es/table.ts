/** Spanish: the agreement page around the text. */
import type { Messages } from "../en";
import { counter } from "../plural";

const count = counter("es");

export const table: Messages["table"] = {
  layer: "En la mesa",
  layerHint: "Todos ven esto",
  view: "Vista",
  views: { markup: "Marcas", proposed: "Propuesto", agreed: "Acordado" },
  viewHints: {
    markup: "El texto acordado con todas las sugerencias marcadas",
    proposed: "Como se leería si todo se aceptara",
    agreed: "Lo que ambas partes han acordado, y nada más",
  },
  toAnswer: (n) => count(n, { one: "# por responder", other: "# por responder" }),
  noneToAnswer: "Nada por responder",
  outline: "Índice",
  openOutline: "Abrir el índice",
  openSuggestions: (n) => count(n, { one: "# sugerencia", other: "# sugerencias" }),
  page: "El acuerdo",
  standing: { status_quo: "Sin cambios", open: "Abierto", tentative: "Acuerdo provisional", in_package: "En un paquete", withdrawn: "Retirado" },
  openWith: (n) => `Abierto · ${String(n)}`,
  initialledBy: (party) => `rubricado por ${party}`,
  progress: (done, all) => `${String(done)} de ${String(all)} artículos bajo acuerdo provisional`,
  present: "Ahora en la mesa",
  nobodyElse: "No hay nadie más ahora",
  history: "Historia",
  changes: "Todos los cambios",
  shortcuts: "Atajos",
  print: "Imprimir",
  more: "Más",
  format: {
    label: "Formato",
    style: "Estilo de párrafo",
    bold: "Negrita",
    italic: "Cursiva",
    underline: "Subrayado",
    undo: "Deshacer",
    redo: "Rehacer",
    heading: "Encabezado",
    numbered: "Numerado",
    bulleted: "Con viñeta",
    paragraph: "Párrafo simple",
  },
  understood: "Entendido",
  firstVisit:
    "Escriba donde quiera: lo que escribe se convierte en una sugerencia y la otra parte responde. Nada cambia en el acuerdo hasta entonces.",
  observer: "Está aquí como observador: lee, pero no puede escribir.",
  saving: {
    opening: "Abriendo…",
    saved: "Guardado",
    savedHint: "El servicio ha guardado todo lo que escribió.",
    saving: "Guardando…",
    savingHint: "En camino; se conserva aquí hasta que el servicio lo tenga.",
    offline: "Sin conexión",
    offlineWith: (n) => `Sin conexión · ${count(n, { one: "# cambio guardado aquí", other: "# cambios guardados aquí" })}`,
    offlineHint: "Siga escribiendo. Lo que escriba se conserva en este dispositivo y se envía cuando vuelva la conexión.",
    tryNow: "Intentar ahora",
    back: (n) =>
      `Conectado de nuevo. ${count(n, { one: "Su cambio se guardó.", other: "Sus # cambios se guardaron." })}`,
    backEmpty: "Conectado de nuevo. No faltaba nada.",
    backCorrected: (n) =>
      `Conectado de nuevo. ${count(n, { one: "# cambio no pudo quedar como estaba", other: "# cambios no pudieron quedar como estaban" })}:`,
    restored: (n) =>
      count(n, {
        one: "Se guardó # cambio que había escrito sin conexión.",
        other: "Se guardaron # cambios que había escrito sin conexión.",
      }),
    renewed: "La mesa se abrió de nuevo: el servicio tiene un texto más reciente que esta página. Lo guardado está a salvo.",
    notTaken: (n) =>
      count(n, { one: "No se aceptó # cambio que aún no estaba guardado.", other: "No se aceptaron # cambios que aún no estaban guardados." }),
    closed: "La conexión se cerró por lo que envió esta página. Cargue la página de nuevo; lo guardado está a salvo.",
  },
  spoken: {
    insertion: "Inserción sugerida, {party}",
    deletion: "Eliminación sugerida, {party}",
    format: "Formato sugerido, {party}",
    paragraphInserted: "Salto de párrafo sugerido, {party}",
    paragraphDeleted: "Eliminación sugerida del salto de párrafo, {party}",
    paragraphFormatted: "Estilo de párrafo sugerido, {party}",
    draftInsertion: "Inserción en borrador, {party}",
    draftDeletion: "Eliminación en borrador, {party}",
    draftFormat: "Formato en borrador, {party}",
    draftParagraphInserted: "Salto de párrafo en borrador, {party}",
    draftParagraphDeleted: "Eliminación del salto de párrafo en borrador, {party}",
    draftParagraphFormatted: "Estilo de párrafo en borrador, {party}",
  },
  refused: {
    readonly: "Aquí lee, pero no puede escribir.",
    agreed_view: "En la vista Acordado no se escribe. Elija Marcas o Propuesto para sugerir un cambio.",
    tentative: "Este artículo está bajo acuerdo provisional y cerrado a cambios.",
    signed: "El acuerdo está firmado. Ya no se puede cambiar.",
    struck: "Este artículo se ha suprimido.",
  },
  notices: {
    article_closed: "Ese artículo está bajo acuerdo provisional y cerrado a cambios. Lo que escribió ahí no se conservó.",
    agreement_signed: "El acuerdo está firmado. Ya no se puede cambiar.",
    not_permitted: "Su función no permite escribir aquí. No se cambió nada.",
  },
};
