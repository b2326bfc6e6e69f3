/** Nothing is here, or it is not open to the reader; the two are never told apart. */
import type { ReactElement } from "react";
import { Link } from "wouter";

import { useMessages } from "../../i18n/messages";
import { useTitle } from "../../ui/title";

export function NotFound(): ReactElement {
  const t = useMessages();
  const { notFound } = t.app;
  useTitle(notFound.title);
  return (
    <main className="lone" id="content">
      <h1>{notFound.title}</h1>
      <p>{notFound.body}</p>
      <Link href="/" className="button primary">
        {notFound.action}
      </Link>
    </main>
  );
}
