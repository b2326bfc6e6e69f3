/** Packages: the open ones to answer, the offer of a new one, and what became of the others. */
import "./packages.css";

import { type ReactElement, useState } from "react";
import { Link } from "wouter";

import { isProblem } from "../../api/problems";
import type { Agreement, Package } from "../../api/types";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { problemText } from "../../ui/problem_text";
import { useTitle } from "../../ui/title";
import { Waiting } from "../../ui/waiting";
import { useAgreement } from "../agreements/queries";
import { NotFound } from "../app/not_found";
import { Shell } from "../app/shell";
import { OfferForm } from "./offer_form";
import { PackageCard } from "./package_card";
import { usePackages } from "./queries";

export function PackagesPage({ id }: { id: string }): ReactElement {
  const t = useMessages();
  const agreement = useAgreement(id);
  useTitle(`${t.packages.title}: ${agreement.data?.title ?? ""}`);
  if (isProblem(agreement.error) && agreement.error.status === 404) return <NotFound />;
  return <Shell>{agreement.data ? <Packages agreement={agreement.data} /> : <Waiting />}</Shell>;
}

function Packages({ agreement }: { agreement: Agreement }): ReactElement {
  const t = useMessages();
  const words = t.packages;
  const packages = usePackages(agreement.id);
  const [isOffering, setIsOffering] = useState(false);
  const all = packages.data ?? [];
  const mayOffer = agreement.me.may.includes("package");
  return (
    <>
      <div>
        <Link href={`/agreements/${agreement.id}`} className="button quiet small packages-back">
          <Icon name="back" />
          {agreement.title}
        </Link>
        <h1>{words.title}</h1>
        <p className="soft packages-intro">{words.intro}</p>
      </div>
      {mayOffer && !isOffering && (
        <div>
          <button type="button" className="button primary" onClick={() => { setIsOffering(true); }}>
            <Icon name="plus" size={16} /> {words.offer.action}
          </button>
        </div>
      )}
      {isOffering && <OfferForm agreement={agreement} onDone={() => { setIsOffering(false); }} />}
      {packages.isPending && <Waiting />}
      {packages.isError && <p className="note bad">{problemText(t, packages.error)}</p>}
      {packages.data && all.length === 0 && !isOffering && (
        <div className="packages-none">
          <h2>{words.none}</h2>
          {mayOffer && <p className="soft">{words.noneBody}</p>}
        </div>
      )}
      <List agreement={agreement} heading={words.openOnes} packages={all.filter(({ status }) => status === "pending")} />
      <List agreement={agreement} heading={words.endedOnes} packages={all.filter(({ status }) => status !== "pending").toReversed()} />
    </>
  );
}

function List({ agreement, heading, packages }: { agreement: Agreement; heading: string; packages: Package[] }): ReactElement | null {
  if (packages.length === 0) return null;
  return (
    <section className="packages" aria-label={heading}>
      <h2>{heading}</h2>
      {packages.map((one) => (
        <PackageCard key={one.id} agreement={agreement} offered={one} />
      ))}
    </section>
  );
}
