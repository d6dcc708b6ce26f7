import { randomBytes } from 'node:crypto';
import type { Role } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { mailChangeSchema, type MailChange } from '#shared/protocol/mail.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import type { Channels } from '#server/channels/channels.ts';
import { sendNotices } from '#server/jobs/send-notices.ts';
import { Mailer } from '#server/mail/mailer.ts';
import { changeBots, viewBots } from '#server/notices/bot/centre-bots.ts';
import { makeBotCode, readBotChoice } from '#server/notices/bot/own-bot.ts';
import type { FreshDatabase } from './postgres.ts';
import { jobContext, runJob } from './job-context.ts';
import { sessionOfRole, TestClient } from './sync-region.ts';

/** The parts of a region with official pages that are looked at here. */
interface Place {
  readonly base: FreshDatabase;
  readonly channels: Channels;
}

/** People of a region who are told by the bots of its pages; mail itself is off. */
export class BotRegion {
  readonly place: Place;
  readonly now: () => number;
  readonly mailer: Mailer;
  readonly operator: TestClient;

  constructor(place: Place, now: () => number) {
    this.place = place;
    this.now = now;
    const { db } = place.base;
    this.mailer = new Mailer({ db, now, key: randomBytes(32), allowed: [] });
    this.operator = new TestClient(db, sessionOfRole('operator'));
  }

  /** Bots are on, at once and at any hour, unless told otherwise. */
  async settings(change: Partial<MailChange> = {}, isOn = true): Promise<void> {
    const settings = mailChangeSchema.parse({
      isOn: false,
      host: 'localhost',
      port: 25,
      security: 'none',
      login: '',
      password: null,
      certificate: '',
      sender: 'centre@example.org',
      consoleUrl: 'https://pult.example/',
      language: 'ru',
      digestMinutes: 0,
      quietFrom: '00:00',
      quietTo: '00:00',
      ...change,
    });
    const by = { by: 'administrator-1', address: '' };
    await this.mailer.change('eao', settings, by);
    await changeBots(this.place.base.db, 'eao', { isOn, hint: '@pult_test_bot' }, { ...by, now: this.now() });
  }

  async person(id: string, role: Role, agency: string | null = null): Promise<void> {
    const password = 'Правильный-пароль-1';
    const account = { id, login: id, displayName: `Человек ${id}`, role, agency, password };
    await createAccount(this.place.base.db, 'eao', account, this.now());
  }

  act(account: string, agency: string | null = 'roads') {
    return { region: 'eao', account, agency, by: account, address: '' };
  }

  /** A code that a person has made for a bot in the console. */
  async code(account: string, bot: string): Promise<string> {
    const made = await makeBotCode(this.place.base.db, this.act(account), bot, this.now());
    return must(made, 'a code').code;
  }

  own(account: string, agency: string | null = 'roads') {
    return readBotChoice(this.place.base.db, this.act(account, agency), this.now());
  }

  /** An incident that an agency was given. */
  async routed(agency: string, text = 'Звоните 89145550123, яма у дома Ивана Петрова'): Promise<string> {
    const id = await this.operator.register(text);
    await this.operator.do(id, 'route', { agency, unit: '', from: '', reason: '' });
    return id;
  }

  /** One run of the job. */
  run(): Promise<void> {
    const { base, channels } = this.place;
    const context = jobContext(base.db, this.now);
    return runJob(sendNotices, { ...context, mailer: this.mailer, pages: channels.pages });
  }

  view() {
    return viewBots(this.place.base.db, 'eao');
  }
}
