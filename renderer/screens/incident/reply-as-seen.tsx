import { Button, SegmentedControl } from '@mantine/core';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { networkRules } from '#shared/domain/reply-preview/network-rules.ts';
import { replyPreview } from '#shared/domain/reply-preview/preview.ts';
import styles from '#renderer/triage/messages/incident.module.css';
import { useJoined } from '#renderer/triage/acts/use-joined.ts';

interface Props {
  readonly incident: Incident;
  readonly text: string;
  /** How many files go with it. */
  readonly files: number;
}

const whereOf = ({ source }: Pick<Incident, 'source'>): string => `${source.network} ${source.kind}`;

/** One reader of each place that the reply goes to: the author, and those whose messages were joined. */
function useReaders(incident: Incident): readonly Incident[] {
  const joined = useJoined(incident.id);
  return useMemo(
    () =>
      [
        ...new Map([incident, ...joined].toReversed().map((one) => [whereOf(one), one])).values(),
      ].toReversed(),
    [incident, joined],
  );
}

/** The reply as the network of each of its readers will show it, on demand. */
export const ReplyAsSeen = ({ incident, text, files }: Props) => {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const readers = useReaders(incident);
  const [chosen, setChosen] = useState('');
  const reader = readers.find((one) => whereOf(one) === chosen) ?? incident;
  const placeWords = ({ source }: Incident): string =>
    `${t(`network.${source.network}`)}, ${t(`messageKind.${source.kind}`)}`;
  if (text.trim() === '') return null;
  return (
    <div className={styles['preview']}>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? 'preview.hide' : 'preview.show')}
      </Button>
      <div id={id} hidden={!isOpen}>
        {readers.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('preview.where')}
            value={whereOf(reader)}
            onChange={setChosen}
            data={readers.map((one) => ({ value: whereOf(one), label: placeWords(one) }))}
          />
        )}
        {isOpen && <Shown reader={reader} text={text} files={files} place={placeWords(reader)} />}
      </div>
    </div>
  );
};

interface ShownProps extends Omit<Props, 'incident'> {
  readonly reader: Incident;
  readonly place: string;
}

const Shown = ({ reader, text, files, place }: ShownProps) => {
  const { t } = useTranslation();
  const shown = useDeferredValue(text);
  const { network, kind } = reader.source;
  const { pieces, notes, left } = useMemo(
    () => replyPreview(shown, { network, kind, files }),
    [shown, network, kind, files],
  );
  const { namesAuthor, letters, files: most } = networkRules({ network, kind, files });
  return (
    <figure className={styles['shown']} aria-label={t('preview.title', { place })}>
      <figcaption>
        {namesAuthor
          ? t('preview.inReply', { place, name: reader.author.name || t('card.noAuthor') })
          : place}
      </figcaption>
      <p lang="ru">
        {pieces.map((piece, at) => (
          <span key={`${at} ${piece.kind}`} data-piece={piece.kind}>
            {piece.text}
          </span>
        ))}
      </p>
      {(notes.length > 0 || left !== null) && (
        <ul>
          {notes.map((note) => (
            <li key={note}>{t(`preview.note.${note}`, { letters, most })}</li>
          ))}
          {left !== null && left >= 0 && <li>{t('preview.left', { count: left })}</li>}
        </ul>
      )}
    </figure>
  );
};
