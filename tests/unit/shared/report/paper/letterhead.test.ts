import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { toBase64 } from '#shared/text/base64.ts';
import { SHEET_SIZES, sheetPage } from '#shared/report/paper/sheet.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { baseFacts, reported } from '#tests/fixtures/facts.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';

const picture = photoBytes({ width: 400, height: 500 });
const arms = { type: 'image/jpeg' as const, width: 400, height: 500, data: toBase64(picture) };
const signatory = { post: 'Руководитель <центра>', name: 'И. И. Иванов' };
const { report } = reported([baseFacts]);
const headed = { ...report, letterhead: { header: 'ЦУР «ЕАО»', signatory, arms } };

it('stands at the head and the foot of the page, in both languages, and not on a draft of the news', () => {
  for (const language of ['ru', 'en'] as const)
    for (const size of SHEET_SIZES) {
      const page = sheetPage(headed, language, '', size);
      const isPaper = size !== 'news';
      expect(page.includes('ЦУР «ЕАО»')).toBe(isPaper);
      expect(page.includes(`src="data:image/jpeg;base64,${arms.data}"`)).toBe(isPaper);
      expect(page.includes('Руководитель &lt;центра&gt;')).toBe(isPaper);
    }
});

it('is the words that fit every centre, without arms and a line to sign, where nothing was said', () => {
  const page = sheetPage(report, 'ru', '', 'short');
  expect(page).toContain('Центр управления регионом');
  expect(page).not.toContain('<img');
  expect(page).not.toContain('class="signed"');
});

it('stands in the document, the arms as a picture of its own', async () => {
  const parts = unzipSync(await summaryDocx(headed, 'ru'));
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  const text = xml.replaceAll(/<[^>]+>/g, '');
  expect(text).toContain('ЦУР «ЕАО»');
  expect(text).toContain('Руководитель &lt;центра&gt;');
  expect(text).toContain('И. И. Иванов');
  expect(
    Object.entries(parts)
      .filter(([name]) => name.startsWith('word/media/'))
      .map(([, bytes]) => bytes),
  ).toEqual([picture]);
  // 68 pixels high, its proportions kept.
  expect(xml).toMatch(new RegExp(`cx="${54 * 9525}" cy="${68 * 9525}"`));
});
