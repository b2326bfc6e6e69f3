/** An agreement's own page, in the dress of its stage. */
import { lazy, type ReactElement } from "react";

import { isProblem } from "../../api/problems";
import { useMessages } from "../../i18n/messages";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { useAgreement } from "./queries";

const Preparing = lazy(async () => ({ default: (await import("./preparing")).Preparing }));
const TablePage = lazy(async () => ({ default: (await import("../articles/table_page")).TablePage }));
const FinalPage = lazy(async () => ({ default: (await import("../signing/final_page")).FinalPage }));

export function AgreementPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  useTitle(agreement.data?.title ?? "");

  if (agreement.isPending) return <Waiting />;
  if (!agreement.data) {
    if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
    return (
      <Shell>
        <div className="note bad" role="alert">
          <p>{problemText(t, agreement.error)}</p>
          <p>
            <button type="button" className="button small" onClick={() => void agreement.refetch()}>
              {t.app.retry}
            </button>
          </p>
        </div>
      </Shell>
    );
  }
  switch (agreement.data.status) {
    case "preparing":
      return <Preparing agreement={agreement.data} />;
    case "bargaining":
      return <TablePage agreement={agreement.data} />;
    case "signed":
      return <FinalPage agreement={agreement.data} />;
  }
}
