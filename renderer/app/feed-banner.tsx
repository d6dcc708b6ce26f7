import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { FeedAlarm } from '#shared/protocol/feed-alarms.ts';
import { useFeedAlarms } from '#renderer/kit/api/use-feed-alarms.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import frame from './frame.module.css';

/** Screens on which something can be done about it. */
const SCREENS = {
  account: '/people',
  channel: '/channels',
  partner: '/partners',
  import: '/import',
} as const;

const BYTES_PER_MB = 1_048_576;

/** Stands for one alarm: put away, it is shown again only when it is given anew. */
const nameOf = ({ actor, at }: FeedAlarm): string => `${actor} ${at}`;

/** Tells an administrator who sends so much that consoles on slow lines fall behind, one at a time. */
export function FeedBanner() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const when = useWhen();
  const now = useNow();
  const number = new Intl.NumberFormat(useLanguage());
  const [put, setPut] = useState<ReadonlySet<string>>(new Set());
  const shown = useFeedAlarms().filter((alarm) => !put.has(nameOf(alarm)));
  const [first] = shown;
  if (first === undefined) return null;
  const { kind, name, since } = first;
  const inMegabytes = (bytes: number): string => number.format(Math.round(bytes / BYTES_PER_MB));
  return (
    <div className={frame['banner']} data-tone="warn" role="alert">
      <span>
        {t(`feedAlarm.${kind}`, {
          name,
          size: inMegabytes(first.bytes),
          limit: inMegabytes(first.limit),
          since: when.short(since, now),
        })}
        {shown.length > 1 && ` ${t('feedAlarm.more', { count: shown.length - 1 })}`}
      </span>
      <Button size="compact-sm" onClick={() => goTo(SCREENS[kind])}>
        {t(`feedAlarm.to.${kind}`)}
      </Button>
      <CloseButton
        size="sm"
        aria-label={t('common.close')}
        onClick={() => setPut(new Set([...put, nameOf(first)]))}
      />
    </div>
  );
}
