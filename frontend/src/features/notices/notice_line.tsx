/** One notice: whether it is unread, what happened, where and when. Following it marks it read. */
import type { ReactElement } from "react";
import { Link } from "wouter";

import type { Notice } from "../../api/types";
import { exactly, sinceThen } from "../../i18n/moments";
import { useLocale, useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/icons";
import { useNow } from "../../ui/now";
import { useReading } from "./queries";
import { placeOf, told } from "./telling";

type Props = {
  notice: Notice;
  /** Whether its agreement is named, where those of several stand together. */
  named: boolean;
  /** Goes there without leaving the page, and says whether it could. */
  visit?: ((notice: Notice) => boolean) | undefined;
};

export function NoticeLine({ notice, named, visit }: Props): ReactElement {
  const t = useMessages();
  const locale = useLocale();
  const now = useNow();
  const reading = useReading();
  return (
    <Link
      href={placeOf(notice)}
      className={notice.read ? "notice-line" : "notice-line unread"}
      onClick={(event) => {
        if (!notice.read) reading.mutate({ ids: [notice.id] });
        if (visit?.(notice)) event.preventDefault();
      }}
    >
      <span className="notice-dot">{!notice.read && <span className="visually-hidden">{t.notices.unread}: </span>}</span>
      <span className="notice-said">
        {told(t, notice)}
        {notice.private && (
          <span className="notice-private" title={t.notices.private}>
            <Icon name="lock" size={14} />
            <span className="visually-hidden">{t.notices.private}</span>
          </span>
        )}
        <span className="soft fine notice-foot">
          <time dateTime={notice.at} title={exactly(locale, notice.at)}>
            {sinceThen(locale, notice.at, now)}
          </time>
          {named && <span>{notice.agreement_title}</span>}
        </span>
      </span>
    </Link>
  );
}
