import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { root } from '#build/paths.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { SHEET_SIZES, sheetBody } from '#shared/report/paper/sheet.ts';
import { tellMonths } from '#tests/helpers/tell-months.ts';
import { DEMO_SETTINGS } from '#server/demo/scene.ts';
import { reported } from '#tests/fixtures/facts.ts';
import { figureParts, figureWords } from '#renderer/kit/summary/figure-words.ts';

const cast = {
  operators: [{ id: 'operator-1', role: 'operator', agency: null } as const],
  approver: { id: 'approver-1', role: 'approver', agency: null } as const,
};
const facts = tellMonths(cast, ['2022-01']).map(({ incident }) => factsOf(incident, DEMO_SETTINGS));
const { report } = reported(facts);
const owing = { ...report, ahead: { ...report.ahead, overdue: 1, promised: 1 } };

const wordsOf = (language: 'ru' | 'en') => {
  const translation: unknown = JSON.parse(
    readFileSync(join(root, 'renderer', 'locales', `${language}.json`), 'utf8'),
  );
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation: translation as object } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance.t;
};

describe.each(['ru', 'en'] as const)('figures in %s', (language) => {
  const t = wordsOf(language);
  const names = SHEET_SIZES.flatMap((size) => [
    ...sheetBody(owing, language, size).markup.matchAll(/data-figure="([^"]+)"/g),
  ]).map(([, name = '']) => name.replaceAll('&quot;', '"').replaceAll('&#39;', "'"));

  it('all have a title and an explanation', () => {
    expect(new Set(names).size).toBeGreaterThan(40);
    for (const name of names) {
      const { title, explanation } = figureWords(name, report, t, language);
      expect(title, name).not.toMatch(/^report\.|^$|\{\{/);
      expect(explanation, name).not.toMatch(/^report\.|^$|\{\{/);
    }
  });

  it('of a cut say every value it is of', () => {
    const figure = 'cut:{"group":"Дороги","type":"solvable","agency":""}';
    const { title } = figureWords(figure, report, t, language);
    expect(title.split(' · ')).toHaveLength(3);
    expect(title).toContain('Дороги');
    expect(title).not.toMatch(/pivot\.|solvable/);
  });

  it('every part of a summary has a name for what changed in it', () => {
    for (const part of Object.keys(report)) expect(t(`report.part.${part}`)).not.toMatch(/^report\./);
  });

  it('say of the mean how many replies and which clock it is of', () => {
    expect(figureWords('answered', report, t, language).explanation).toContain('371');
    expect(figureWords('answered', report, t, language).explanation).toMatch(
      language === 'ru' ? /371 первому.*[Рр]абочее время/ : /371 first published replies.*Working time/,
    );
  });
});

it('a figure is named by its kind and whatever follows the first colon', () => {
  expect(figureParts('group:ЖКХ: отопление')).toEqual({ kind: 'group', value: 'ЖКХ: отопление' });
  expect(figureParts('received')).toEqual({ kind: 'received', value: '' });
});
