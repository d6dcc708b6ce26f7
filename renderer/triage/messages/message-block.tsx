import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { contactWords } from '#shared/text/message-link.ts';
import { CLOSED_STEPS } from '#shared/domain/step.ts';
import { useConsole } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useLanguage, useWhen } from '#renderer/kit/words/use-words.ts';
import { FileStrip } from '#renderer/kit/attachments/file-strip.tsx';
import classes from '#renderer/triage/fields/card.module.css';
import { LinkedText } from './linked-text.tsx';
import { MessagePhotos } from './photos.tsx';
import { SourceWatch } from './source-watch.tsx';

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
      <span className={classes['step']} data-tone={CLOSED_STEPS.has(step.name) ? 'quiet' : undefined}>
        {t(`step.${step.name}`)}
      </span>
    </header>
  );
};

/** Marked and unmarked stretches in turn; evidence that overlaps an earlier stretch adds nothing. */
function stretches(
  text: string,
  evidence: readonly Evidence[],
): readonly { readonly from: number; readonly text: string; readonly isMarked: boolean }[] {
  const pieces: { from: number; text: string; isMarked: boolean }[] = [];
  let from = 0;
  for (const { start, end } of evidence.toSorted((a, b) => a.start - b.start)) {
    if (start < from) continue;
    pieces.push(
      { from, text: text.slice(from, start), isMarked: false },
      { from: start, text: text.slice(start, end), isMarked: true },
    );
    from = end;
  }
  return [...pieces, { from, text: text.slice(from), isMarked: false }];
}

/** Marks within a stretch that begins at `from` of the text. */
const Marks = ({
  text,
  from,
  evidence,
}: {
  readonly text: string;
  readonly from: number;
  readonly evidence: readonly Evidence[];
}) => {
  const within = evidence
    .map(({ start, end }) => ({ start: Math.max(0, start - from), end: Math.min(text.length, end - from) }))
    .filter(({ start, end }) => start < end);
  return stretches(text, within).map((piece) =>
    piece.isMarked ? (
      <mark key={`mark ${piece.from}`}>{piece.text}</mark>
    ) : (
      <Fragment key={piece.from}>{piece.text}</Fragment>
    ),
  );
};

/** The message with its author, moment and place of origin: the first answers of a card. */
export const MessageBlock = ({
  incident,
  evidence = [],
}: {
  readonly incident: Incident;
  readonly evidence?: readonly Evidence[];
}) => {
  const { t } = useTranslation();
  const { host } = useConsole();
  const when = useWhen();
  const now = useNow();
  const language = useLanguage();
  const { author, source, createdAt, text } = incident;
  const day = when.daysFromNow(createdAt, now);
  const at =
    day === 0
      ? t('when.today', { time: when.time(createdAt) })
      : day === -1
        ? t('when.yesterday', { time: when.time(createdAt) })
        : when.short(createdAt, now);
  const rest = [
    source.audience === null
      ? ''
      : t('card.audience', {
          count: source.audience,
          shown: new Intl.NumberFormat(language).format(source.audience),
        }),
    source.hasMedia ? t('card.media') : '',
  ].filter(Boolean);
  return (
    <>
      <blockquote className={classes['said']} lang="ru">
        <LinkedText text={text}>
          {(piece) => <Marks text={piece.text} from={piece.from} evidence={evidence} />}
        </LinkedText>
      </blockquote>
      <MessagePhotos incident={incident} message={0} />
      <FileStrip incident={incident.id} files={incident.attachments} label={t('attachment.ofMessage')} />
      <div className={classes['by']}>
        {[author.name || t('card.noAuthor'), contactWords(author.url), at, ...rest]
          .filter(Boolean)
          .join(' · ')}
        {source.url !== '' && (
          <>
            {' · '}
            <button type="button" onClick={() => host.openExternal(source.url)}>
              {t('card.openSource')}
            </button>
          </>
        )}
      </div>
      <SourceWatch incident={incident} message={0} />
    </>
  );
};
