import { useTranslation } from 'react-i18next';
import type { Agency } from '#shared/domain/directory.ts';
import type { Heir } from '#shared/domain/split.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { agencyName } from '#renderer/kit/context/reference.ts';
import classes from '#renderer/kit/layout/directory.module.css';
import { sharesOf } from './split-draft.ts';
import { useAgencyWork } from './use-agency-work.ts';
import { useOpenMatters } from './use-open-matters.ts';

interface Props {
  readonly agency: Agency;
  readonly heirs: readonly Heir[];
  /** Who gets the rest; null: it stays. */
  readonly rest: string | null;
}

/** Says what a split does to open incidents, routes, people and past months, before it is saved. */
export function SplitEffects({ agency, heirs, rest }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const matters = useOpenMatters(agency.id);
  const work = useAgencyWork(agency.id);
  if (matters === null || work === null) return null;
  const shares = sharesOf(heirs, matters);
  const nameOf = (id: string): string => agencyName(reference, id);
  const getters = [...new Set(heirs.map((heir) => heir.agency))];
  const left = shares.get('') ?? 0;
  const sentences = [
    ...getters.map((id) => t('agencies.mergeEffect.open', { count: shares.get(id) ?? 0, name: nameOf(id) })),
    rest === null
      ? t('agencies.split.effect.stays', { count: left, name: agency.shortName })
      : t('agencies.split.effect.rest', { count: left, name: nameOf(rest) }),
    t('agencies.mergeEffect.answers'),
    t('agencies.split.effect.routes'),
    t('agencies.mergeEffect.past', { name: agency.shortName }),
    ...(work.people > 0 ? [t('agencies.split.effect.people', { count: work.people })] : []),
  ];
  return (
    <ul className={classes['effects']} aria-label={t('agencies.split.effects')}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
