import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { AuditFilter, AuditLine } from '#shared/protocol/audit.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { CentreLog } from '#renderer/kit/layout/centre-log.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { readAuditPage } from './audit-api.ts';
import { auditWords, type AuditChange } from './audit-words.ts';
import classes from './audit.module.css';
import { offeredBy, PutBackButton } from './put-back.tsx';

/** Changes of a line that stand open; of more the rest is folded. */
const OPEN_CHANGES = 4;

const Change = ({ field, was, is }: AuditChange) => (
  <div>
    <dt>{field}</dt>
    <dd>
      {was !== null && (
        <>
          <del>{was}</del>
          <IconArrowRight size={14} aria-hidden />
        </>
      )}
      <ins>{is}</ins>
    </dd>
  </div>
);

const Changes = ({ changes }: { readonly changes: readonly AuditChange[] }) => {
  const { t } = useTranslation();
  const [open, folded] = [changes.slice(0, OPEN_CHANGES), changes.slice(OPEN_CHANGES)];
  const list = (part: readonly AuditChange[]) => (
    <dl className={classes['changes']}>
      {part.map((change) => (
        <Change key={change.field} {...change} />
      ))}
    </dl>
  );
  if (changes.length === 0) return null;
  return (
    <>
      {list(open)}
      {folded.length > 0 && (
        <details className={classes['folded']}>
          <summary>{t('audit.more', { count: folded.length })}</summary>
          {list(folded)}
        </details>
      )}
    </>
  );
};

const Line = ({ line }: { readonly line: AuditLine }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const { who, what, from, changes } = auditWords(line, { t, reference });
  const offered = offeredBy(line);
  return (
    <li data-kind={line.action}>
      <time dateTime={new Date(line.at).toISOString()} title={when.full(line.at)}>
        {when.time(line.at)}
      </time>
      <div>
        <p>
          <b>{who}</b>: {what}
        </p>
        <Changes changes={changes} />
        {offered !== null && <PutBackButton line={line} offered={offered} />}
      </div>
      <small>{from}</small>
    </li>
  );
};

/** Lines of one page under the days they are of. */
const Days = ({ lines }: { readonly lines: readonly AuditLine[] }) => {
  const { zone } = useReference();
  const when = useWhen();
  const now = useNow();
  const days = Map.groupBy(lines, ({ at }) => localTimeAt(zone, at).date);
  return [...days].map(([day, own]) => (
    <section key={day} className={classes['day']}>
      <h2>{`${when.weekday(own[0]?.at ?? 0)}, ${when.date(own[0]?.at ?? 0, now)}`}</h2>
      <ol>
        {own.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
    </section>
  ));
};

interface LogProps {
  readonly filter: AuditFilter;
  /** How often a person has asked to read it anew. */
  readonly reading: number;
}

interface PageProps extends LogProps {
  readonly after: string;
  readonly isFirst: boolean;
  /** Nothing further was asked for yet. */
  readonly isLast: boolean;
  readonly onMore: (after: string) => void;
}

/** One page, read once: lines that come later stand in none that was read before. */
function Page({ filter, reading, after, isFirst, isLast, onMore }: PageProps) {
  const { t } = useTranslation();
  const page = useCentreQuery(['audit', filter, after, reading], () => readAuditPage(filter, after), {
    refetchInterval: false,
    staleTime: Infinity,
  });
  return (
    <CentreLog
      log={page}
      offline={t('audit.offline')}
      empty={isFirst ? t('audit.empty') : t('audit.end')}
      isEmpty={({ lines, next }) => lines.length === 0 && next === null}
    >
      {({ lines, next }) => (
        <>
          <Days lines={lines} />
          {isLast && next !== null && (
            <Button mt="md" variant="default" onClick={() => onMore(next)}>
              {t(lines.length === 0 ? 'audit.further' : 'audit.older')}
            </Button>
          )}
        </>
      )}
    </CentreLog>
  );
}

/** The log from its newest line down to as far as it was asked for. */
export function AuditLog({ filter, reading }: LogProps) {
  const [cursors, setCursors] = useState<readonly string[]>(['']);
  return (
    <div className={classes['log']}>
      {cursors.map((after, at) => (
        <Page
          key={after}
          filter={filter}
          reading={reading}
          after={after}
          isFirst={at === 0}
          isLast={at === cursors.length - 1}
          onMore={(next) => setCursors([...cursors, next])}
        />
      ))}
    </div>
  );
}
