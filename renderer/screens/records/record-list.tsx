import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RegisterKind } from '#shared/domain/records/record-rules.ts';
import { monthName } from '#shared/report/paper/period-name.ts';
import { shortDate } from '#shared/report/paper/sheet-text.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { usePictures } from '#renderer/kit/photos/use-pictures.ts';
import { recordSortKey, type RegisterRecord } from './record-kinds.ts';
import classes from './records.module.css';

/** A register, newest first. */
export function RecordList({
  kind,
  rows,
}: {
  readonly kind: RegisterKind;
  readonly rows: readonly RegisterRecord[];
}) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className={classes['empty']}>{t(`records.empty.${kind}`)}</p>;
  const newest = rows.toSorted((a, b) => {
    const [keyOfA, keyOfB] = [recordSortKey(a), recordSortKey(b)];
    return keyOfA < keyOfB ? 1 : keyOfA > keyOfB ? -1 : a.row.id < b.row.id ? 1 : -1;
  });
  return (
    <ul className={classes['list']}>
      {newest.map((entry) => (
        <li key={entry.row.id}>
          <Link href={`/records/${kind}/${entry.row.id}`}>
            <time>
              <RecordDate entry={entry} />
            </time>
            <RecordSummary entry={entry} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function RecordDate({ entry: { kind, row } }: { readonly entry: RegisterRecord }) {
  const language = useLanguage();
  switch (kind) {
    case 'campaign':
      return `${shortDate(row.from)} – ${shortDate(row.to)}`;
    case 'activity':
      return shortDate(row.date);
    case 'example':
      return monthName(`${row.month}-01`, language);
  }
}

/** A record's title, and below it the details to know it by. */
function RecordSummary({ entry: { kind, row } }: { readonly entry: RegisterRecord }) {
  const { t } = useTranslation();
  const lines = (title: string, parts: readonly string[]) => (
    <>
      <b>{title}</b>
      <span>{parts.filter(Boolean).join(' · ')}</span>
    </>
  );
  switch (kind) {
    case 'campaign': {
      const groups = [...new Set(row.topics.map(({ group }) => group))].join(', ');
      return lines(row.title, [groups, t('records.posts', { count: row.posts.length })]);
    }
    case 'activity': {
      const attended = row.agencies.reduce((sum, { attended: people }) => sum + people, 0);
      const attendance = row.agencies.length === 0 ? '' : t('records.came', { count: attended });
      return lines(row.title, [t(`records.activityKind.${row.kind}`), row.place, attendance]);
    }
    case 'example': {
      const photos = [row.before, row.after].filter((photo) => photo !== null);
      const [first = '', ...rest] = row.text.split('\n').filter((line) => line !== '');
      return (
        <>
          {lines(first, [rest.join(' '), row.author])}
          {photos.length > 0 && <Thumbnails photos={photos} />}
        </>
      );
    }
  }
}

/** The photos in small; the text says what they are, so they are decoration here. */
function Thumbnails({ photos }: { readonly photos: readonly { readonly hash: string }[] }) {
  const pictures = usePictures(photos);
  return (
    <span className={classes['thumbnails']}>
      {photos.map(({ hash }) => {
        const address = pictures.get(hash);
        return address === undefined ? null : <img key={hash} src={address} alt="" />;
      })}
    </span>
  );
}
