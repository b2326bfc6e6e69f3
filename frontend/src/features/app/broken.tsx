/** What is shown when a page of ours fails: that saved text is safe, and the way back. */
import { Component, type ReactElement, type ReactNode } from "react";

import { useMessages } from "../../i18n/messages";

function Apology(): ReactElement {
  const { broken } = useMessages().app;
  return (
    <main className="lone">
      <h1>{broken.title}</h1>
      <p>{broken.body}</p>
      <button
        type="button"
        className="button primary"
        onClick={() => {
          window.location.reload();
        }}
      >
        {broken.action}
      </button>
    </main>
  );
}

export class Broken extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Apology /> : this.props.children;
  }
}
