/** English: logging in, registering, taking up an invitation. */

export const accounts = {
  logIn: "Log in",
  register: "Create an account",
  name: "Your name",
  nameHint: "As the other side should see it.",
  email: "Email",
  password: "Password",
  passwordHint: "At least 8 characters; a short sentence is good.",
  noAccount: "No account yet?",
  haveAccount: "Already have an account?",
  wrong: "That email and password don’t belong together. Nothing else is known about either.",
  ended: "Your login has ended. Log in to go on where you were.",
  invited: {
    title: "You are invited to the table",
    body: "Log in or create an account, and you take your place in the agreement.",
    offer: (by: string, party: string, role: string) => `${by} invites you to join ${party} as ${role}.`,
    accept: "Take your place",
    as: (name: string) => `You are logged in as ${name}.`,
    other: "Use another account",
    gone: "This invitation has been used, has run out, or never was. Ask the person who sent it for a new one.",
    joining: "Taking your place…",
  },
  story: [
    "Everything anyone types is a suggestion.",
    "It enters the agreement when the other side accepts exactly what it saw.",
    "Who proposed, answered and accepted what is kept, for both.",
  ],
};
