import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { enteredLater } from '#shared/report/facts/entered-later.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { sheetPage } from '#shared/report/paper/sheet.ts';
import { summaryBook } from '#shared/report/paper/summary-book.ts';
import { summaryDocx } from '#shared/report/paper/summary-docx.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import { reportText } from '#shared/report/summary/report-text.ts';
import { january, reported } from '#tests/fixtures/facts.ts';
import {
  contextAt,
  EXAMPLES as E,
  incidentIn,
  MINUTE,
  TUESDAY_10,
} from '#tests/fixtures/incident-builder.ts';
import { actOf, undoOf } from '#tests/fixtures/undoing.ts';

const NOW = TUESDAY_10 + 300 * MINUTE;
const CLAIMED = TUESDAY_10 - 90 * 24 * 60 * MINUTE;

/** The incident after a command that a clock days behind had dated. */
function entered(incident: Incident, command: IncidentCommand, at = NOW, id = actOf(1)): Incident {
  const decision = decide(incident.id, incident, command, contextAt(at, { claimed: CLAIMED, command: id }));
  if (!decision.ok) throw new Error(decision.refusal.kind);
  return evolveAll(incident.id, incident, decision.events);
}

describe('acts entered later', () => {
  it('are counted where they were entered, one for each act', () => {
    const start = incidentIn('in_progress');
    expect(enteredLater(start)).toEqual([]);
    const outcome = entered(start, E.setOutcome);
    expect(outcome.history.filter(({ claimed }) => claimed !== undefined)).toHaveLength(2);
    expect(enteredLater(outcome)).toEqual([NOW]);
    expect(enteredLater(entered(outcome, E.note, NOW + MINUTE))).toEqual([NOW, NOW + MINUTE]);
  });

  it('are counted when they were entered, not when they happened', () => {
    const happened = { at: TUESDAY_10 + 30 * MINUTE, reason: 'не было связи' };
    const taken = entered(incidentIn('assigned'), { name: 'takeToWork', args: { happened } });
    expect(taken.step.since).toBe(happened.at);
    expect(enteredLater(taken)).toEqual([NOW]);
  });

  it('are none where they were taken back', () => {
    const tagged = entered(incidentIn('new'), E.tag);
    expect(enteredLater(tagged)).toEqual([NOW]);
    expect(enteredLater(entered(tagged, undoOf(actOf(1)), NOW + MINUTE, actOf(2)))).toEqual([]);
  });

  it('stand in the month they were entered in, open there, and are said on every paper', async () => {
    const context = contextAt(TUESDAY_10);
    const facts = [entered(incidentIn('done'), E.note), incidentIn('done')].map((row) =>
      factsOf(row, context),
    );
    const { report, input } = reported(facts);
    expect(report.flow.enteredLater).toBe(1);
    expect(factsBehind('enteredLater', input)).toEqual([facts[0]]);
    expect(JSON.parse(reportText(report))).toHaveProperty('flow.enteredLater', 1);
    const february = reported(facts, { form: 'month', from: '2022-02-01', to: '2022-02-28' });
    expect(february.report.flow.enteredLater).toBe(0);
    for (const size of ['short', 'full'] as const)
      expect(sheetPage(report, 'ru', '', size)).toMatch(
        /введено позже: <[^>]*data-figure="enteredLater"[^>]*>1</,
      );
    const note = 'введено позже, чем произошло: действий 1';
    expect(sheetPage(report, 'ru', '', 'note')).toContain(note);
    expect(sheetPage(report, 'en', '', 'note')).toContain('entered later than it happened: acts 1');
    const document = must(unzipSync(await summaryDocx(report, 'ru'))['word/document.xml'], 'a document');
    expect(strFromU8(document)).toContain(note);
    const book = unzipSync(writeWorkbook(summaryBook(report, 'ru')));
    expect(strFromU8(must(book['xl/worksheets/sheet1.xml'], 'a sheet'))).toContain(note);
    const silent = sheetPage(reported(facts.slice(1)).report, 'ru', '', 'full');
    expect(silent).not.toContain('введено позже');
  });

  it('of a case of an earlier month, closed since, are counted all the same', () => {
    const late = { ...factsOf(incidentIn('done'), contextAt(TUESDAY_10)), enteredLater: [january.end] };
    const { report, input } = reported([late], { form: 'month', from: '2022-02-01', to: '2022-02-28' });
    expect([report.received, report.flow.enteredLater]).toEqual([0, 1]);
    expect(factsBehind('enteredLater', input)).toEqual([late]);
  });
});
