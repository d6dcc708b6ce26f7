import { expect, test } from 'vitest';
import type { Network } from '#shared/domain/incident.ts';
import { readReference } from '#renderer/kit/context/reference.ts';
import { actorWords } from '#renderer/kit/words/actor-words.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';

const reference = readReference([], 'Asia/Vladivostok');
const page = (network: Network | null, name: string) => () => ({ network, name });

test.each([
  ['channel:1', page('vk', ''), 'из ВКонтакте'],
  ['channel:1', page('telegram', 'Новости края'), 'из Телеграма, «Новости края»'],
  ['channel:1', page(null, ''), 'из соцсети'],
  ['channel:1', undefined, 'из соцсети'],
  ['import', undefined, 'импорт файла'],
  ['partner:0197a000-0000-7000-8000-000000000001', undefined, 'из другой системы'],
  ['somebody-who-left', undefined, 'somebody-who-left'],
])('%s is named as people do', (by, pageOf, wanted) => {
  expect(actorWords(by, wordsOf('ru'), reference, pageOf)).toBe(wanted);
});
