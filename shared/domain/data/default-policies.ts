import type { DeadlinePolicy } from '#shared/domain/deadline.ts';

const HOUR = 60;
const WORKING_DAY = 9 * HOUR;

const everything = {
  importance: null,
  group: null,
  topic: null,
  agency: null,
  network: null,
  warning: null,
  basis: null,
  validFrom: null,
  validTo: null,
} as const;

/**
 * The deadlines a new region starts with, after the order of Sevastopol of 25.02.2020: 9 working hours, 4 for
 * high importance, and 7 working days from an interim answer to the final one. A region edits them as data.
 */
export const defaultPolicies: readonly DeadlinePolicy[] = [
  {
    ...everything,
    id: 'first-reply-ordinary',
    name: 'Первый ответ: 9 рабочих часов',
    start: 'created',
    unit: 'working',
    minutes: 9 * HOUR,
    importance: 'ordinary',
  },
  {
    ...everything,
    id: 'first-reply-high',
    name: 'Первый ответ, высокая важность: 4 рабочих часа',
    start: 'created',
    unit: 'working',
    minutes: 4 * HOUR,
    importance: 'high',
  },
  {
    ...everything,
    id: 'final-after-interim',
    name: 'Итоговый ответ после промежуточного: 7 рабочих дней',
    start: 'interimReply',
    unit: 'working',
    minutes: 7 * WORKING_DAY,
  },
];
