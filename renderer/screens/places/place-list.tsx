import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { existsAt, type Municipality } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { looksOf } from '#shared/domain/records/looks.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import classes from '#renderer/kit/layout/directory.module.css';
import { useWhen } from '#renderer/kit/words/use-words.ts';

interface Listed {
  readonly municipalities: readonly Municipality[];
  readonly query: string;
  readonly now: Instant;
}

/** Every word must look like a part of the name, the short name or a settlement. */
function found(municipalities: readonly Municipality[], query: string): readonly Municipality[] {
  const words = query.split(/\s+/).map(looksOf).filter(Boolean);
  return municipalities.filter(({ name, shortName, settlements }) => {
    const looks = [name, shortName, ...settlements.map((one) => one.name)].map(looksOf);
    return words.every((word) => looks.some((part) => part.includes(word)));
  });
}

/** Municipalities by name, each a way to its form. */
export function PlaceList({ municipalities, query, now }: Listed) {
  const { t } = useTranslation();
  const shown = found(municipalities, query).toSorted((a, b) => a.name.localeCompare(b.name, 'ru'));
  if (shown.length === 0)
    return <p className={classes['nothing']}>{t(query.trim() === '' ? 'places.none' : 'places.notFound')}</p>;
  return (
    <ul className={classes['list']} aria-label={t('places.title')}>
      {shown.map((one) => (
        <li key={one.id}>
          <Link href={`/places/${one.id}`}>
            <span className={classes['short']}>{one.shortName}</span>
            <b>{one.name}</b>
            <PlaceFacts place={one} now={now} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Says what a municipality is, who lives there, and when it ends or ended. */
function PlaceFacts({ place, now }: { readonly place: Municipality; readonly now: Instant }) {
  const { t } = useTranslation();
  const { municipalities } = useReference();
  const when = useWhen();
  const { kind, population, settlements, validFrom, validTo, successor } = place;
  const facts = [
    t(`places.kind.${kind}`),
    population === null ? '' : t('places.residents', population),
    settlements.length === 0 ? '' : t('places.settlementCount', { count: settlements.length }),
    validFrom !== undefined && validFrom > now ? t('places.from', { day: when.date(validFrom, now) }) : '',
    validTo === undefined
      ? ''
      : t(existsAt(place, now) ? 'places.until' : 'places.ended', { day: when.date(validTo - 1, now) }),
    successor === undefined
      ? ''
      : t('places.handedTo', {
          name: municipalities.find(({ id }) => id === successor)?.shortName ?? successor,
        }),
  ];
  return <span className={classes['facts']}>{facts.filter(Boolean).join(' · ')}</span>;
}
