/** Spanish: logging in, registering, taking up an invitation. */
import type { Messages } from "../en";

export const accounts: Messages["accounts"] = {
  logIn: "Iniciar sesión",
  register: "Crear una cuenta",
  name: "Su nombre",
  nameHint: "Como debe verlo la otra parte.",
  email: "Correo electrónico",
  password: "Contraseña",
  passwordHint: "Al menos 8 caracteres; una frase corta es buena.",
  noAccount: "¿Aún no tiene cuenta?",
  haveAccount: "¿Ya tiene una cuenta?",
  wrong: "Ese correo y esa contraseña no se corresponden. No se sabe nada más de ninguno.",
  ended: "Su sesión terminó. Inicie sesión para continuar donde estaba.",
  invited: {
    title: "Le invitan a la mesa",
    body: "Inicie sesión o cree una cuenta y ocupe su lugar en el acuerdo.",
    offer: (by, party, role) => `${by} le invita a unirse a ${party} como ${role}.`,
    accept: "Ocupar mi lugar",
    as: (name) => `Ha iniciado sesión como ${name}.`,
    other: "Usar otra cuenta",
    gone: "Esta invitación ya se usó, caducó o nunca existió. Pida una nueva a quien se la envió.",
    joining: "Ocupando su lugar…",
  },
  story: [
    "Todo lo que alguien escribe es una sugerencia.",
    "Entra en el acuerdo cuando la otra parte acepta exactamente lo que vio.",
    "Queda constancia, para ambas, de quién propuso, respondió y aceptó qué.",
  ],
};
