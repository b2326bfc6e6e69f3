/** Reading a form's text fields; a file or a missing field reads as nothing. */

export function given(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
