import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { CLOSED_STEPS } from '#shared/domain/step.ts';
import { useConsole } from '#renderer/app/console-context.tsx';
import { useNow } from '#renderer/app/use-now.ts';
import { useLanguage, useWhen } from '#renderer/app/use-words.ts';
import classes from './card.module.css';

/** A stretch of the text that a suggestion rests on. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
}

export const CardHead = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const { number, source, step } = incident;
  return (
    <header className={classes['head']}>
      <b>{number === null ? t('card.noNumber') : t('card.number', { number })}</b>
      <span>{`${t(`network.${source.network}`)}, ${t(`messageKind.${source.kind}`)}`}</span>
      <span className={classes['step']} data-tone={CLOSED_STEPS.has(step.name) ? 'quiet' : undefined}>{t(`step.${step.name}`)}</span>
    </header>
  );
};

const Marked = ({ text, evidence }: { readonly text: string; readonly evidence: readonly Evidence[] }) => {
  let from = 0;
  const pieces = evidence.toSorted((a, b) => a.start - b.start).flatMap(({ start, end }) => {
    if (start < from) return [];
    const piece = { before: text.slice(from, start), marked: text.slice(start, end), start };
    from = end;
    return [piece];
  });
  return (
    <>
      {pieces.map(({ before, marked, start }) => <Fragment key={start}>{before}<mark>{marked}</mark></Fragment>)}
      {text.slice(from)}
    </>
  );
};

/** What was written, by whom, when and where: the first answers of a card. */
export const MessageBlock = ({ incident, evidence = [] }: { readonly incident: Incident; readonly evidence?: readonly Evidence[] }) => {
  const { t } = useTranslation();
  const { host } = useConsole();
  const when = useWhen();
  const now = useNow();
  const language = useLanguage();
  const { author, source, createdAt, text } = incident;
  const day = when.daysFromNow(createdAt, now);
  const at = day === 0 ? t('when.today', { time: when.time(createdAt) }) : day === -1 ? t('when.yesterday', { time: when.time(createdAt) }) : when.short(createdAt, now);
  const rest = [
    source.audience === null ? '' : t('card.audience', { count: source.audience, shown: new Intl.NumberFormat(language).format(source.audience) }),
    source.hasMedia ? t('card.media') : '',
  ].filter(Boolean);
  return (
    <>
      <blockquote className={classes['said']} lang="ru"><Marked text={text} evidence={evidence} /></blockquote>
      <div className={classes['by']}>
        {[author.name || t('card.noAuthor'), at, ...rest].join(' · ')}
        {source.url !== '' && (
          <>
            {' · '}
            <button type="button" onClick={() => host.openExternal(source.url)}>{t('card.openSource')}</button>
          </>
        )}
      </div>
    </>
  );
};
