import { expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import { summaryDocx } from '#shared/report/summary-docx.ts';
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
