/** Copying to the clipboard, also where the page was served without TLS and the browser keeps its new way to itself. */

export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement("textarea");
  field.value = text;
  // An open dialog makes all outside it inert, and nothing can be selected there.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is the only way there is on such a page.
  document.execCommand("copy");
  field.remove();
}
