import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#build/paths.ts';
import { checkLiteralText } from '#build/checks/literal-text.ts';
import { compareLocales, parseLocale } from '#build/checks/locale-keys.ts';
import { checkKeyUse, readKeyUse } from '#build/checks/used-keys.ts';

const locale = (value: unknown) => parseLocale(JSON.stringify(value));

describe('two languages', () => {
  test('the same keys, variables and each its own plural forms pass', () => {
    const ru = locale({
      queue: { title: 'Очередь', left_one: '{{count}} a', left_few: 'б', left_many: 'в', left_other: 'г' },
    });
    const en = locale({ queue: { title: 'Queue', left_one: 'One left', left_other: '{{count}} left' } });
    expect(compareLocales(ru, en)).toEqual([]);
  });

  test.each([
    [{ a: 'а', b: 'б' }, { a: 'a' }, 'en: b is missing'],
    [{ a: 'а' }, { a: 'a', b: 'b' }, 'ru: b is missing'],
    [{ a: 'а' }, { a: ' ' }, 'en: a is empty'],
    [{ n_one: 'а', n_other: 'б' }, { n_one: 'a', n_other: 'b' }, 'ru: n lacks the plural form few, many'],
    [{ a: 'до {{until}}' }, { a: 'till {{time}}' }, 'a: variables differ, ru {until}, en {time}'],
  ])('%j and %j: %s', (ru, en, fault) => {
    expect(compareLocales(locale(ru), locale(en))).toEqual([fault]);
  });

  test('anything but sentences and objects is refused', () => {
    expect(() => locale({ a: 1 })).toThrow(/expected/i);
  });
});

test('no sentence of the console names a variable of the environment: nobody at a desk knows one', () => {
  const variables = readFileSync(join(root, 'docs/operations.md'), 'utf8').match(/`[A-Z]+_[A-Z_]+`/g);
  expect(variables).toContain('`ALLOWED_NETWORKS`');
  for (const language of ['ru', 'en']) {
    const words = readFileSync(join(root, `renderer/locales/${language}.json`), 'utf8');
    expect(variables?.filter((name) => words.includes(name.replaceAll('`', '')))).toEqual([]);
  }
});

describe('keys in use', () => {
  const read = (source: string) => [readKeyUse('renderer/x.tsx', source)];
  const messages = (keys: string[], source: string) =>
    checkKeyUse(keys, read(source)).map(({ line, message }) => `${line}: ${message}`);

  test.each([
    [`t('a.b')`],
    [`i18n.t('a.b', { count: 1 })`],
    [`t(late ? 'a.b' : 'a.b')`],
    ['t(`a.${kind}`)'],
    [`const x = <Trans i18nKey="a.b" />`],
    [`const tabs = [{ label: 'a.b' }]; t(tabs[0].label)`],
  ])('%s uses a.b', (source) => {
    expect(messages(['a.b'], source)).toEqual([]);
  });

  test('a plural form is used under its base key', () => {
    expect(messages(['left_one', 'left_other'], `t('left', { count })`)).toEqual([]);
  });

  test.each([
    [`\nt('a.c'); t('a.b')`, ['2: no sentence a.c']],
    [`t(late ? 'a.b' : 'a.d')`, ['1: no sentence a.d']],
    ['t(`z.${kind}`); t("a.b")', ['1: no sentence begins with "z."']],
    [`other('x')`, ['1: a.b is never used']],
  ])('%s is found out', (source, expected) => {
    expect(messages(['a.b'], source)).toEqual(expected);
  });
});

describe('text in code', () => {
  test.each([
    ['<p>{t("a.b")}</p>'],
    ['<Kbd>Ctrl</Kbd>'],
    ['<p>· № {n}</p>'],
    ['<Button label={t("a.b")} className="wide" />'],
    ['const item = { label: "queue.title" }'],
    ['const hotkeys = { о: "j" }'],
  ])('%s is fine', (source) => {
    expect(checkLiteralText('renderer/x.tsx', source)).toEqual([]);
  });

  test('a message for programmers is fine outside components', () => {
    expect(checkLiteralText('renderer/x.ts', 'fail({ message: "A push without outcomes" })')).toEqual([]);
  });

  test.each([
    ['<p>Queue</p>'],
    ['<>Queue</>'],
    ['<p>{"Queue"}</p>'],
    ['<p>{late && "Late"}</p>'],
    ['<Input placeholder="Find" />'],
    ['<Input aria-label={`Find ${what}`} />'],
    ['<Input title={late ? "Late" : t("a.b")} />'],
    ['notify({ message: "All is sent" })'],
    ['const name = "Очередь"'],
    ['const name = `Очередь ${n}`'],
  ])('%s is text in code', (source) => {
    expect(checkLiteralText('renderer/x.tsx', `\n${source}`)).toMatchObject([{ line: 2 }]);
  });
});
