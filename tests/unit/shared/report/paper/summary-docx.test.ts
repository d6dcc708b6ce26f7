import { expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { photoUrl } from '#shared/domain/photo.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { baseFacts, reported } from '#tests/fixtures/facts.ts';

const partOf = async (count: number): Promise<string> => {
  const facts = Array.from({ length: count }, (_, at) => ({
    ...baseFacts,
    id: `${at}`,
    group: at % 2 === 0 ? 'ЖКХ & <свет>' : 'Дороги',
  }));
  const parts = unzipSync(await summaryDocx(reported(facts).report, 'ru'));
  return strFromU8(parts['word/document.xml'] ?? new Uint8Array());
};

it('is a document with headings, tables that repeat their heads, and the numbers of the summary', async () => {
  const xml = await partOf(25);
  expect(xml).toContain('w:val="Heading1"');
  expect(xml.match(/<w:tbl>/g)).toHaveLength(6);
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(6);
  const text = xml.replaceAll(/<\/w:p>/g, '\n').replaceAll(/<[^>]+>/g, '');
  expect(text).toContain('25\u00a0сообщений жителей');
  expect(text).toContain('ЖКХ &amp; &lt;свет&gt;');
  expect(text).toContain('10\u00a0мин');
  expect(text).not.toMatch(/undefined|NaN/);
});

it('of an empty period is a document too', async () => expect(await partOf(0)).toContain('<w:tbl>'));

it('of an issued summary says which issue it is, whose, and its checksum, on every page which issue', async () => {
  const { report } = reported([baseFacts]);
  const at = Date.UTC(2022, 1, 3, 0, 12);
  const issued = { number: 2, at, by: 'Иванова <А. П.>', remark: 'уточнено', sha256: 'c0ffee'.repeat(10) };
  const parts = unzipSync(await summaryDocx({ ...report, issued }, 'ru'));
  const textIn = (part: string): string =>
    strFromU8(parts[part] ?? new Uint8Array()).replaceAll(/<[^>]+>/g, '');
  expect(textIn('word/document.xml')).toContain(
    `Выпуск 2 от 03.02.2022 10:12 · Иванова &lt;А. П.&gt; · уточненоКонтрольная сумма SHA-256: ` +
      `${issued.sha256}`,
  );
  const footer = Object.keys(parts).find((name) => /^word\/footer\d*\.xml$/.test(name)) ?? '';
  expect(textIn(footer)).toContain('Выпуск 2 от 03.02.2022 10:12');
  expect(strFromU8(unzipSync(await summaryDocx(report, 'ru'))[footer] ?? new Uint8Array())).not.toContain(
    'Выпуск',
  );
});

it('tells solved cases with those of their photos that are at hand', async () => {
  const bytes = photoBytes({ width: 1280, height: 960 });
  const photo = { hash: 'a'.repeat(64), width: 1280, height: 960, caption: 'Двор' };
  const id = '01929aaa-0000-7000-8000-000000000001';
  const example = {
    id,
    incident: id,
    month: '2022-01',
    text: 'Провод <поднят>\nза день',
    author: '',
    order: 1,
  };
  const away = { ...photo, hash: 'b'.repeat(64) };
  const { report } = reported([baseFacts]);
  const pictured = { ...report, examples: [{ ...example, before: photo, after: away }] };
  const parts = unzipSync(await summaryDocx(pictured, 'ru', new Map([[photo.hash, photoUrl(bytes)]])));
  const media = Object.entries(parts).filter(([name]) => name.startsWith('word/media/'));
  expect(media.map(([, content]) => content)).toEqual([bytes]);
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  expect(xml).toContain('Решённые вопросы');
  expect(xml).toContain('Провод &lt;поднят&gt;');
  // Half the width of the page at most, in English Metric Units of 9525 to the pixel, its proportions kept.
  expect(xml).toMatch(new RegExp(`cx="${310 * 9525}" cy="${233 * 9525}"`));
});
