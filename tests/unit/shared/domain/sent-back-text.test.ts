import { expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { openReply } from '#shared/domain/incident.ts';
import { submissionMark, submissionOf } from '#shared/domain/submission.ts';
import { build, WAY_TO } from '#tests/fixtures/incident-builder.ts';

const draft = (text: string): IncidentCommand => ({
  name: 'draftReply',
  args: { text, kind: 'final', promises: [] },
});
const SUBMIT: IncidentCommand = { name: 'submitForApproval', args: {} };
const submitted = (...texts: readonly string[]): readonly IncidentCommand[] =>
  texts.flatMap((text, at) => [
    draft(text),
    SUBMIT,
    ...(at < texts.length - 1
      ? [
          {
            name: 'sendBack',
            args: { reason: 'Назовите срок', submission: { number: at + 1, text } },
          } as const,
        ]
      : []),
  ]);
const at = (...texts: readonly string[]) => build([...WAY_TO['in_progress'], ...submitted(...texts)]);

test('a reply remembers the text that was sent back last, through every later draft', () => {
  expect(openReply(at('Уберём'))).not.toHaveProperty('sentBackText');
  expect(openReply(at('Уберём', 'Уберём завтра'))?.sentBackText).toBe('Уберём');
  expect(openReply(at('Уберём', 'Уберём завтра', 'Уберём 3 мая'))?.sentBackText).toBe('Уберём завтра');
});

test('the mark of a submission differs with its number, its text and its files', () => {
  const seen = submissionOf(at('Уберём'));
  const marks = [
    seen,
    { ...seen, number: 2 },
    { ...seen, text: 'Уберём завтра' },
    { ...seen, files: ['a'.repeat(64)] },
  ].map(submissionMark);
  expect(new Set(marks).size).toBe(4);
  expect(submissionMark({ ...seen, files: [] })).toBe(marks[0]);
});
