import type { TFunction } from 'i18next';
import { dayOfYearWords } from '#shared/domain/templates/season.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';

/** Says which messages a template is for: «Отопление · Решено · ВКонтакте · с 01.11 по 31.03». */
export function fitWords({ topic, group, outcome, network, season }: ReplyTemplate, t: TFunction): string {
  const conditions = [
    topic ?? group ?? '',
    outcome === null ? '' : t(`outcome.${outcome}`),
    network === null ? '' : t(`network.${network}`),
    season === null
      ? ''
      : t('templates.season', { from: dayOfYearWords(season.from), to: dayOfYearWords(season.to) }),
  ].filter(Boolean);
  return conditions.length === 0 ? t('templates.fitsAll') : conditions.join(' · ');
}
