import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';

const always = {
  group: null,
  topic: null,
  outcome: null,
  network: null,
  season: null,
  validFrom: null,
  validTo: null,
} as const;

/** Templates that the demo region's administrator keeps: for everything, for a group, for winter. */
export const demoTemplates: readonly ReplyTemplate[] = [
  {
    ...always,
    id: 'peredano',
    name: 'Передано ведомству',
    text:
      '{обращение} Ваше сообщение № {номер} получило {ведомство}. ' +
      'Специалисты проверят всё на месте и ответят Вам до {срок}.',
    outcome: 'forwarded',
  },
  {
    ...always,
    id: 'otkliuchenie',
    name: 'Отключение: когда вернут',
    text:
      '{обращение} По адресу {адрес} работает аварийная бригада. ' +
      'Подачу восстановят [день и час]. За работами следит {ведомство}.',
    group: 'ЖКХ',
  },
  {
    ...always,
    id: 'sneg',
    name: 'Снег: уберут до дня',
    text:
      '{обращение} Участок {адрес} включён в наряд. ' +
      'Снег и наледь уберут [до какого дня], работы проверит {ведомство}.',
    season: { from: '11-01', to: '03-31' },
  },
  {
    ...always,
    id: 'sdelano',
    name: 'Сделано',
    text: '{обращение} Работы по адресу {адрес} выполнены: [что сделано и когда]. Спасибо, что сообщили.',
    outcome: 'solved',
  },
];
