import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { templateProposals, type OwnWordsReply } from '#shared/domain/templates/proposals.ts';
import { shortened } from '#shared/text/shortened.ts';
import { useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import classes from './templates.module.css';

/** Letters of a reply that a line shows. */
const SHOWN = 160;

/** Replies approved lately that were begun without a template, read once when the screen opens. */
function useOwnWords(): readonly OwnWordsReply[] {
  const store = useStore();
  const [replies, setReplies] = useState<readonly OwnWordsReply[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void store.ownWordsReplies().then((read) => {
      if (isCurrent) setReplies(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [store]);
  return replies;
}

/** Lists what many were answered by hand in the same words: templates that nobody has made yet. */
export function ProposalList() {
  const { t } = useTranslation();
  const { templates } = useReference();
  const replies = useOwnWords();
  const proposals = useMemo(() => templateProposals(replies, templates), [replies, templates]);
  if (proposals.length === 0) return null;
  return (
    <section className={classes['shelf']}>
      <h2>{t('templates.proposed')}</h2>
      <ul className={classes['list']} aria-label={t('templates.proposed')}>
        {proposals.map(({ incident, text, count }) => (
          <li key={incident}>
            <Link href={`/templates/new?incident=${incident}`}>
              <b>{t('templates.said', { count })}</b>
              <span className={classes['details']}>{shortened(text, SHOWN)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
