import { Button, CloseButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useTellAway } from '#renderer/kit/notices/use-notices.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import frame from './frame.module.css';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import { usePageNews } from '#renderer/kit/api/use-pages.ts';
import { healthNotes, isDown, pageProblemWords } from '#renderer/screens/channels/page-words.ts';

/**
 * Stands for what is wrong with a page: put away once, it is shown again only when something else goes wrong.
 */
const nameOf = ({ id, trouble, health }: ListedPage): string =>
  `${id} ${trouble?.kind ?? ''} ${health.silentSince ?? ''}`;

/** Tells whoever does not look at the console that a page went down. */
function useDownNotice(down: readonly ListedPage[]): void {
  const { t } = useTranslation();
  const tell = useTellAway();
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const before = known.current;
    known.current = new Set(down.map(nameOf));
    const news = down.find((page) => !before.has(nameOf(page)));
    if (news !== undefined) tell(t('channels.down', { name: news.name }), '/channels');
  }, [down, tell, t]);
}

/** A page that is down is everybody's news: residents write there, and nobody hears them. */
export function ChannelBanner() {
  const { t } = useTranslation();
  const { account } = useSession();
  const [, goTo] = useLocation();
  const readers = { t, when: useWhen(), now: useNow(), language: useLanguage() };
  const pages = usePageNews();
  const [put, setPut] = useState<ReadonlySet<string>>(new Set());
  const down = pages.filter(isDown);
  useDownNotice(down);
  const shown = down.filter((page) => !put.has(nameOf(page)));
  const [first] = shown;
  if (first === undefined) return null;
  const why =
    first.trouble === null
      ? healthNotes(first, readers)[0]
      : pageProblemWords(first.trouble, first.network, t);
  return (
    <div className={frame['banner']} data-tone="bad" role="alert">
      <span>
        <b>{t('channels.down', { name: first.name })}</b> {why}
        {shown.length > 1 && ` ${t('channels.downMore', { count: shown.length - 1 })}`}
      </span>
      {account.role === 'administrator' && (
        <Button size="compact-sm" onClick={() => goTo('/channels')}>
          {t('channels.toChannels')}
        </Button>
      )}
      <CloseButton
        size="sm"
        aria-label={t('common.close')}
        onClick={() => setPut(new Set([...put, ...shown.map(nameOf)]))}
      />
    </div>
  );
}
