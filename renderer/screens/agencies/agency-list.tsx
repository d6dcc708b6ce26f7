import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { existsAt, type Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { looksOf } from '#shared/domain/records/looks.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from '#renderer/kit/layout/directory.module.css';

interface Listed {
  readonly agencies: readonly Agency[];
  readonly query: string;
  readonly now: Instant;
}

/** Every word must look like a part of the name, the short name or a unit. */
function found(agencies: readonly Agency[], query: string): readonly Agency[] {
  const words = query.split(/\s+/).map(looksOf).filter(Boolean);
  return agencies.filter(({ name, shortName, units }) => {
    const looks = [name, shortName, ...units].map(looksOf);
    return words.every((word) => looks.some((part) => part.includes(word)));
  });
}

/** Agencies by name, each a way to its form. */
export function AgencyList({ agencies, query, now }: Listed) {
  const { t } = useTranslation();
  const shown = found(agencies, query).toSorted((a, b) => a.name.localeCompare(b.name, 'ru'));
  if (shown.length === 0)
    return (
      <p className={classes['nothing']}>{t(query.trim() === '' ? 'agencies.none' : 'agencies.notFound')}</p>
    );
  return (
    <ul className={classes['list']} aria-label={t('agencies.title')}>
      {shown.map((agency) => (
        <li key={agency.id}>
          <Link href={`/agencies/${agency.id}`}>
            <span className={classes['short']}>{agency.shortName}</span>
            <b>{agency.name}</b>
            <AgencyFacts agency={agency} now={now} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Says what an agency is, what it is a part of, and when it closes or closed. */
function AgencyFacts({ agency, now }: { readonly agency: Agency; readonly now: Instant }) {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const { kind, parent, units, validFrom, validTo, successor } = agency;
  const facts = [
    t(`agencyKind.${kind}`),
    parent === undefined ? '' : t('agencies.partOf', { name: agencyName(reference, parent) }),
    units.length === 0 ? '' : t('agencies.unitCount', { count: units.length }),
    validFrom !== undefined && validFrom > now ? t('agencies.from', { day: when.date(validFrom, now) }) : '',
    validTo === undefined
      ? ''
      : t(existsAt(agency, now) ? 'agencies.until' : 'agencies.closed', { day: when.date(validTo - 1, now) }),
    successor === undefined ? '' : t('agencies.handedTo', { name: agencyName(reference, successor) }),
  ];
  return <span className={classes['facts']}>{facts.filter(Boolean).join(' · ')}</span>;
}
