import type { TFunction } from 'i18next';
import type { RuledBy } from '#shared/domain/incident.ts';

/** Words for what spoke for a rule: «слово «пожар»», «тема «Отопление»», «3 сообщения об этом адресе…». */
export const ruledWords = ({ word, topic, messages, hours }: RuledBy, t: TFunction): string =>
  [
    word === undefined ? '' : t('ruled.word', { word }),
    topic === undefined ? '' : t('ruled.topic', { topic }),
    messages === undefined ? '' : t('ruled.count', { count: messages, hours }),
  ]
    .filter(Boolean)
    .join(', ');
