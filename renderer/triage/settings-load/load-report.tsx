import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownRow, ToldLoad } from '#shared/exchange/settings/read-load.ts';
import { ScrollTable } from '#renderer/kit/layout/scroll-table.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import classes from './settings-load.module.css';
import { troubleWords } from './trouble-words.ts';
import { Warning } from '#renderer/kit/layout/warning.tsx';

const SORTS = ['added', 'changed', 'same', 'wrong'] as const;

/** Tells what a file would change: counts first, then what needs a look. */
export function LoadReport({ preview }: { readonly preview: ToldLoad }) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  return (
    <section aria-label={t('settingsLoad.preview')}>
      <p className={classes['file']}>
        <b>{preview.file}</b> {t('settingsLoad.rows', { count: preview.rows })}
      </p>
      <dl className={classes['counts']}>
        {SORTS.map((sort) => (
          <div key={sort} data-sort={sort} data-none={preview.counts[sort] === 0 ? '' : undefined}>
            <dt>{t(`settingsLoad.sort.${sort}`)}</dt>
            <dd>{number.format(preview.counts[sort])}</dd>
          </div>
        ))}
      </dl>
      <Oddities preview={preview} />
      {preview.wrong.length > 0 && <WrongRows preview={preview} />}
      <ChangedRows sort="changed" rows={preview.changed} count={preview.counts.changed} />
      <ChangedRows sort="added" rows={preview.added} count={preview.counts.added} />
    </section>
  );
}

/** Columns that are hidden or mean nothing here: a person may not know of them. */
function Oddities({ preview: { hiddenColumns, hiddenRows, unknown } }: { readonly preview: ToldLoad }) {
  const { t } = useTranslation();
  const list = (names: readonly string[]): string => names.map((name) => `«${name}»`).join(', ');
  const told = [
    hiddenColumns.length === 0 ? '' : t('settingsLoad.hiddenColumns', { columns: list(hiddenColumns) }),
    hiddenRows === 0 ? '' : t('settingsLoad.hiddenRows', { count: hiddenRows }),
    unknown.length === 0 ? '' : t('settingsLoad.unknownColumns', { columns: list(unknown) }),
  ].filter(Boolean);
  if (told.length === 0) return null;
  return (
    <Warning mt="sm">
      {told.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Warning>
  );
}

interface PartProps {
  readonly title: string;
  readonly shown: number;
  readonly count: number;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}

const Part = ({ title, shown, count, heads, children }: PartProps) => {
  const { t } = useTranslation();
  return (
    <section className={classes['part']}>
      <h3>{title}</h3>
      {shown < count && <p className={classes['hint']}>{t('settingsLoad.firstOf', { shown, count })}</p>}
      <ScrollTable label={title} heads={heads} className={classes['table']}>
        {children}
      </ScrollTable>
    </section>
  );
};

function WrongRows({ preview: { wrong, counts } }: { readonly preview: ToldLoad }) {
  const { t } = useTranslation();
  const wordsOf = useRefusalWords();
  return (
    <Part
      title={t('settingsLoad.wrongTitle')}
      shown={wrong.length}
      count={counts.wrong}
      heads={[t('settingsLoad.row'), t('settingsLoad.why')]}
    >
      {wrong.map((row) => (
        <tr key={`${row.number} ${JSON.stringify(row.trouble)}`}>
          <td>{row.number === 0 ? t('settingsLoad.notInFile') : row.number}</td>
          <td className={classes['bad']}>{troubleWords(row, t, wordsOf)}</td>
        </tr>
      ))}
    </Part>
  );
}

interface ChangedProps {
  readonly sort: 'added' | 'changed';
  readonly rows: readonly ShownRow[];
  readonly count: number;
}

function ChangedRows({ sort, rows, count }: ChangedProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Part
      title={t(`settingsLoad.${sort}Title`)}
      shown={rows.length}
      count={count}
      heads={[t('settingsLoad.row'), t('settingsLoad.what'), t('settingsLoad.values')]}
    >
      {rows.map(({ number, name, changes }) => (
        <tr key={`${number} ${name}`}>
          <td>{number === 0 ? t('settingsLoad.notInFile') : number}</td>
          <td>{name}</td>
          <td>
            {changes.map(({ header, was, is }) => (
              <p key={header}>
                {header}: {was === null ? is : `${was || '—'} → ${is || '—'}`}
              </p>
            ))}
          </td>
        </tr>
      ))}
    </Part>
  );
}
