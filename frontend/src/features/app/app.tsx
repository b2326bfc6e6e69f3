/** The application: what surrounds every page, and the pages by their address. */
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "@fontsource-variable/source-serif-4/opsz-italic.css";
import "../../ui/theme.css";
import "../../ui/widgets.css";
import "./app.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";

import { Toasts } from "../../ui/toasts";
import { Broken } from "./broken";
import { PreferencesProvider } from "./preferences";
import { createQueries } from "./queries";
import { Routes } from "./routes";

export function App(): ReactElement {
  const [queries] = useState(createQueries);
  return (
    <PreferencesProvider>
      <QueryClientProvider client={queries}>
        <Broken>
          <Routes />
        </Broken>
        <Toasts />
      </QueryClientProvider>
    </PreferencesProvider>
  );
}
