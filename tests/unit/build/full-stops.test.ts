import { expect, test } from 'vitest';
import { checkFullStops } from '#build/checks/full-stops.ts';
import { parseLocale } from '#build/checks/locale-keys.ts';

const module = {
  file: 'renderer/a.tsx',
  source: `
    tellDone(t('saved', { name }));
    tellHint(t(isNew ? 'first' : \`later.\${kind}\`));
    void save(row, seen, t('added'));
    tellTrouble(t('failed'), t('close'));
  `,
};

const found = (sentences: object): string[] =>
  checkFullStops([module], { 'ru.json': parseLocale(JSON.stringify(sentences)) }).map(
    ({ message }) => message.split(' ')[0] ?? '',
  );

test('a toast or a hint of one sentence has no full stop, whatever way its key is made', () => {
  const sentences = {
    saved_one: 'Сохранено.',
    saved_few: 'Сохранены',
    first: 'Выберите тему.',
    later: { route: 'Выберите маршрут.' },
    added: 'Добавлено.',
    mail: { formHint: { port: '465 для TLS.', host: 'Например, mail.region.ru' } },
  };
  expect(found(sentences)).toEqual(['saved_one', 'first', 'later.route', 'added', 'mail.formHint.port']);
});

test('two sentences keep their stops, and what no toast tells is free', () => {
  expect(found({ saved: 'Сохранено. Сроки сдвинулись.', failed: 'Не вышло.', first: 'Ждём…' })).toEqual([]);
});
