import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addWorkingMinutes, compileCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { MAILED_KINDS } from '#shared/protocol/notices.ts';
import { nameDeputy } from '#server/accounts/deputies/name-deputy.ts';
import { withScope } from '#server/store/database.ts';
import { MailRegion } from '#tests/helpers/mail-region.ts';
import { sessionOfRole, TestClient } from '#tests/helpers/sync-region.ts';

let region: MailRegion;
beforeEach(async () => {
  region = await MailRegion.start();
  await region.person('roads-1', 'executor', 'roads');
  await region.person('heat-1', 'executor', 'heat');
});
afterEach(() => region.stop());

const incident = (id: string) =>
  withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select(['number', 'due_at']).where('id', '=', id).executeTakeFirstOrThrow(),
  );
const executor = (agency = 'roads') =>
  new TestClient(region.base.db, sessionOfRole('executor', { account: `${agency}-1`, agency }));

describe('what is told', () => {
  it('is a number, a topic and a link, to whoever was given it, once', async () => {
    const id = await region.routed('roads', 'Звоните 89145550123, яма у дома Ивана Петрова');
    await region.run();
    const mail = must(region.server.mails[0], 'a mail');
    const { number } = await incident(id);
    expect(mail.subject).toBe('Пульт: новых: 1');
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain(`№ ${number} · Ямы и выбоины`);
      expect(body).toContain(`https://pult.example/incident/${id}`);
      expect(body).not.toMatch(/89145550123|Петров|vk\.com|дома/);
    }
    expect(region.taken()).toEqual(['roads-1']);
    await region.run();
    region.later(60);
    await region.run();
    expect(region.taken()).toEqual([]);
  });

  it('is nothing of what was there before mail was switched on', async () => {
    await region.settings({ isOn: false });
    await region.routed('roads');
    await region.run();
    await region.settings();
    await region.run();
    expect(region.taken()).toEqual([]);
  });

  it('is nothing that is over by the time it goes out', async () => {
    const id = await region.routed('roads');
    await region.operator.do(id, 'route', { agency: 'heat', unit: '', from: 'roads', reason: '' });
    await region.run();
    expect(region.taken()).toEqual(['heat-1']);
    expect((await region.log()).mails.map(({ account, state }) => [account, state])).toEqual([
      ['heat-1', 'sent'],
    ]);
  });

  it('tells of a reply that was sent back', async () => {
    const id = await region.routed('roads');
    const me = executor();
    await me.do(id, 'takeToWork', {});
    await me.do(id, 'draftReply', { text: 'Починим', kind: 'final', promises: [] });
    expect(await me.do(id, 'submitForApproval', {})).toMatchObject({ status: 'applied' });
    await region.run();
    // It is on approval: there is nothing for the agency to do.
    expect(region.taken()).toEqual([]);
    const { row } = await withScope(region.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    const submission = submissionOf(row as unknown as Incident);
    const back = await region.operator.do(id, 'sendBack', { reason: 'Короче, и без Петрова', submission });
    expect(back).toMatchObject({ status: 'applied' });
    await region.run();
    expect(region.server.mails[0]?.text).toContain('Ответ вернули на доработку');
    expect(region.server.mails[0]?.text).not.toContain('Петров');
    expect(region.taken()).toEqual(['roads-1']);
  });

  it('tells of a deadline when it is near, and once more when it has passed', async () => {
    const id = await region.routed('roads');
    await region.run();
    region.taken();
    const due = must((await incident(id)).due_at, 'a deadline');
    region.clock.now = due - 60_000;
    await region.run();
    await region.run();
    expect(region.server.mails.map(({ subject }) => subject)).toEqual(['Пульт: срок близко: 1']);
    region.taken();
    region.clock.now = due + 60_000;
    await region.run();
    await region.run();
    expect(region.server.mails.map(({ subject }) => subject)).toEqual(['Пульт: просрочено: 1']);
  });

  it('tells of it as early as the policy warns', async () => {
    const id = await region.routed('roads');
    await region.run();
    region.taken();
    const due = must((await incident(id)).due_at, 'a deadline');
    const calendar = compileCalendar(defaultWorkingCalendar('Asia/Vladivostok'));
    // Five working hours before: by the usual warning it is not near yet.
    region.clock.now = addWorkingMinutes(calendar, due, -300);
    await region.run();
    expect(region.taken()).toEqual([]);
    await withScope(region.base.db, { region: 'eao' }, (tx) =>
      sql`update reference set row = row || '{"warning": 480}', v = v + 100000
        where region_id = 'eao' and kind = 'policy'`.execute(tx),
    );
    await region.run();
    expect(region.server.mails.map(({ subject }) => subject)).toEqual(['Пульт: срок близко: 1']);
  });

  it('tells a centre’s own operator of what they hold', async () => {
    await region.person('operator-1', 'operator');
    const id = await region.operator.register();
    await region.operator.do(id, 'claim', {});
    await region.run();
    expect(region.taken()).toEqual([]);
    region.clock.now = must((await incident(id)).due_at, 'a deadline') + 60_000;
    await region.run();
    expect(region.taken()).toEqual(['operator-1']);
  });

  it('tells of a promise on its day', async () => {
    const id = await region.routed('roads');
    const me = executor();
    await me.do(id, 'takeToWork', {});
    const due = region.clock.now + 3 * MS_PER_DAY;
    const promises = [{ due, phrase: 'через три дня' }];
    await me.do(id, 'draftReply', { text: 'Починим через три дня', kind: 'interim', promises });
    await me.do(id, 'submitForApproval', {});
    await region.operator.approve(id, 'Починим через три дня');
    const published = await region.operator.do(id, 'recordPublication', {
      at: region.clock.now,
      account: '',
      link: '',
      hasMedia: false,
    });
    expect(published).toMatchObject({ status: 'applied' });
    await region.choose('roads-1', { off: MAILED_KINDS.filter((kind) => kind !== 'promised') });
    await region.run();
    expect(region.taken()).toEqual([]);
    region.clock.now = due;
    await region.run();
    await region.run();
    expect(region.server.mails.map(({ subject }) => subject)).toEqual(['Пульт: обещано сегодня: 1']);
  });
});

describe('whoever stands in for somebody', () => {
  const deputise = async (person: string, deputy: string, to = 3): Promise<void> => {
    const day = (days: number) => localTimeAt('Asia/Vladivostok', region.clock.now + days * MS_PER_DAY).date;
    const act = { region: 'eao', account: person, by: 'administrator-1', address: '', deputyship: null };
    const named = await nameDeputy(
      region.base.db,
      act,
      { deputy, from: day(0), to: day(to) },
      region.clock.now,
    );
    expect(named.kind).toBe('named');
  };

  it('is told of what an operator who is away would be told of, until it ends by itself', async () => {
    for (const id of ['operator-1', 'operator-2']) await region.person(id, 'operator');
    await deputise('operator-1', 'operator-2', 20);
    const held = async () => {
      const id = await region.operator.register();
      await region.operator.do(id, 'claim', {});
      return must((await incident(id)).due_at, 'a deadline');
    };
    region.clock.now = (await held()) + 60_000;
    await region.run();
    expect(region.taken()).toEqual(['operator-1', 'operator-2']);
    await held();
    region.clock.now += 21 * MS_PER_DAY;
    await region.run();
    expect(region.taken()).toEqual(['operator-1']);
  });

  it('hears of kinds that the other hears of, whatever they hear of themselves, but not after unsubscribing', async () => {
    await region.person('roads-2', 'executor', 'roads');
    await region.choose('roads-2', { off: ['assigned'] });
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual(['roads-1']);
    await deputise('roads-1', 'roads-2');
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual(['roads-1', 'roads-2']);
    await region.choose('roads-1', { off: ['assigned'] });
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual([]);
    await region.choose('roads-1', { off: [] });
    await region.choose('roads-2', { off: [...MAILED_KINDS] });
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual(['roads-1']);
  });

  it('is told nothing of an agency that is not theirs any more', async () => {
    await region.person('roads-2', 'executor', 'roads');
    await deputise('roads-1', 'roads-2');
    await withScope(region.base.db, { region: 'eao' }, (tx) =>
      tx.updateTable('account').set({ agency: 'heat' }).where('id', '=', 'roads-2').execute(),
    );
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual(['roads-1']);
  });
});

describe('whom and when', () => {
  it('leaves out what somebody does not want, who was disabled, and nobody’s own doing', async () => {
    await region.person('roads-2', 'executor', 'roads');
    await region.person('roads-3', 'executor', 'roads');
    await region.choose('roads-2', { off: ['assigned'] });
    await withScope(region.base.db, { region: 'eao' }, (tx) =>
      tx.updateTable('account').set({ disabled: true }).where('id', '=', 'roads-3').execute(),
    );
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual(['roads-1']);
  });

  it('writes at most one mail in a stretch, and the next tells of all that came meanwhile', async () => {
    await region.settings({ digestMinutes: 30 });
    await region.routed('roads');
    await region.run();
    expect(region.taken()).toEqual(['roads-1']);
    await region.routed('roads');
    await region.routed('roads');
    region.later(29);
    await region.run();
    expect(region.taken()).toEqual([]);
    region.later(2);
    await region.run();
    expect(region.server.mails.map(({ subject }) => subject)).toEqual(['Пульт: новых: 2']);
  });

  it('is quiet in the quiet hours of the centre, and tells when they are over', async () => {
    // Noon in Vladivostok, ten hours ahead of UTC.
    region.clock.now = Date.UTC(2027, 0, 11, 2);
    await region.settings({ quietFrom: '11:00', quietTo: '13:00' });
    await region.routed('roads');
    await region.run();
    region.later(59);
    await region.run();
    expect(region.taken()).toEqual([]);
    region.later(2);
    await region.run();
    expect(region.taken()).toEqual(['roads-1']);
  });

  it('is written in the language of the centre', async () => {
    await region.settings({ language: 'en' });
    await region.routed('roads');
    await region.run();
    expect(region.server.mails[0]).toMatchObject({ subject: 'Pult: new: 1' });
    expect(region.server.mails[0]?.text).toContain('Given to you');
    expect(region.server.mails[0]?.text).not.toMatch(/Направлено|Срок/);
  });
});
