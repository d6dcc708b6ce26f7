import type { TFunction } from 'i18next';
import type { RoutePair } from '#shared/domain/routing.ts';

/** Says what a route leads from: «Дороги · Ямы · Биробиджан», «вся группа» and «везде» left unsaid. */
export const routeWords = ({ topic, group, municipality }: RoutePair, t: TFunction): string =>
  [topic ?? group ?? t('routes.anyTopic'), municipality ?? ''].filter(Boolean).join(' · ');
