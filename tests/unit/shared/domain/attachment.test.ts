import { describe, expect, it } from 'vitest';
import { ATTACHMENT_LIMITS, type Attachment } from '#shared/domain/attachment.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { commandKey } from '#shared/protocol/command-versions.ts';
import { parseCommand } from '#shared/protocol/envelope.ts';
import { contextAt, EXAMPLES, ID, incidentIn, MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const LATER = TUESDAY_10 + 120 * MINUTE;

const fileOf = (digit: string, over: Partial<Attachment> = {}): Attachment => ({
  hash: digit.repeat(64),
  type: 'image/jpeg',
  name: `снимок-${digit}.jpg`,
  size: 1000,
  width: 640,
  height: 480,
  ...over,
});

function parsed(name: IncidentCommand['name'], args: object): IncidentCommand {
  const read = parseCommand(commandKey(name), args);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.command as IncidentCommand;
}

/** The incident after a command, which must have done something. */
function after(incident: Incident | null, command: IncidentCommand): Incident {
  const decision = decide(ID, incident, command, contextAt(LATER));
  if (!decision.ok || decision.events.length === 0) throw new Error(JSON.stringify(decision));
  return evolveAll(ID, incident, decision.events);
}

const filesOf = (incident: Incident) => [
  incident.attachments,
  incident.messages.at(-1)?.attachments,
  incident.replies.at(-1)?.attachments,
  incident.notes.at(-1)?.attachments,
];

describe('files of an incident', () => {
  const attachments = [fileOf('1'), fileOf('2')];

  it('stand where they were added: at the message, at a later one, at the reply, at the note', () => {
    const registered = after(null, parsed('register', { ...EXAMPLES.register.args, attachments }));
    const inWork = incidentIn('in_progress');
    const heard = after(inWork, parsed('receiveMessage', { ...EXAMPLES.receiveMessage.args, attachments }));
    const drafted = after(inWork, parsed('draftReply', { ...EXAMPLES.draftReply.args, attachments }));
    const noted = after(inWork, parsed('note', { text: '', attachments }));
    expect(filesOf(registered)).toEqual([attachments, undefined, undefined, undefined]);
    expect(filesOf(heard)[1]).toEqual(attachments);
    expect(filesOf(drafted)[2]).toEqual(attachments);
    expect(filesOf(noted)[3]).toEqual(attachments);
    expect(noted.history.at(-1)).toMatchObject({ event: 'noted', detail: { files: 2 } });
  });

  it('are absent where there are none, so that older rows and commands say the same as ever', () => {
    const noted = after(incidentIn('in_progress'), parsed('note', { text: 'Позвонили', attachments: [] }));
    expect(noted.notes.at(-1)).not.toHaveProperty('attachments');
    expect(after(null, parsed('register', EXAMPLES.register.args))).not.toHaveProperty('attachments');
  });

  it('make a draft another one, and the same ones the same', () => {
    const args = { ...EXAMPLES.draftReply.args, attachments };
    const drafted = after(incidentIn('in_progress'), parsed('draftReply', args));
    expect(decide(ID, drafted, parsed('draftReply', args), contextAt(LATER))).toMatchObject({
      ok: true,
      events: [],
    });
    const without = after(drafted, parsed('draftReply', { ...args, attachments: [fileOf('2')] }));
    expect(without.replies.at(-1)?.attachments).toEqual([fileOf('2')]);
    const submitted = after(without, parsed('submitForApproval', {}));
    const approve = { text: 'Исправлено', submission: submissionOf(submitted) };
    const approved = after(submitted, parsed('approve', approve));
    expect(approved.replies.at(-1)).toMatchObject({ text: 'Исправлено', attachments: [fileOf('2')] });
  });

  it('belong to the submission: who looked at other files approves and sends back nothing', () => {
    const draft = (files: readonly Attachment[]): Incident =>
      after(
        after(
          incidentIn('in_progress'),
          parsed('draftReply', { ...EXAMPLES.draftReply.args, attachments: files }),
        ),
        parsed('submitForApproval', {}),
      );
    const [seen, now] = [draft([fileOf('1')]), draft([fileOf('2')])];
    const text = now.replies.at(-1)?.text ?? '';
    const verdict = (command: IncidentCommand): string => {
      const decision = decide(ID, now, command, contextAt(LATER));
      return decision.ok ? 'ok' : decision.refusal.kind;
    };
    for (const [submission, expected] of [
      [submissionOf(seen), 'other_submission'],
      [{ number: 1, text }, 'other_submission'],
      [submissionOf(now), 'ok'],
    ] as const) {
      expect(verdict(parsed('approve', { text, submission }))).toBe(expected);
      expect(verdict(parsed('sendBack', { reason: 'Не тот снимок', submission }))).toBe(expected);
    }
  });

  it('have harmless names, and one named twice is one', () => {
    const odd = { ...fileOf('3'), name: '../фото\u202Egpj.exe' };
    const command = parsed('note', { text: 'x', attachments: [odd, { ...odd, name: 'второй.jpg' }] });
    expect(command.args).toMatchObject({ attachments: [{ name: 'второй.jpg' }] });
    expect(parsed('note', { text: 'x', attachments: [odd] }).args).toMatchObject({
      attachments: [{ name: 'фотоgpj.exe.jpg' }],
    });
  });

  it('are at most ten, of known kinds, within 20 MB; a note says something', () => {
    const wrong: readonly object[] = [
      { text: 'x', attachments: Array.from({ length: ATTACHMENT_LIMITS.perMessage + 1 }, () => fileOf('4')) },
      { text: 'x', attachments: [fileOf('4', { type: 'image/heic' as 'image/jpeg' })] },
      { text: 'x', attachments: [fileOf('4', { size: ATTACHMENT_LIMITS.bytes + 1 })] },
      { text: 'x', attachments: [fileOf('4', { hash: '../../x' })] },
      { text: 'x', attachments: [fileOf('4', { width: 100_000 })] },
      { text: ' ', attachments: [] },
      { text: '' },
    ];
    for (const args of wrong)
      expect(parseCommand(commandKey('note'), args)).toMatchObject({
        ok: false,
        refusal: { kind: 'malformed' },
      });
  });
});
