import { randomBytes } from 'node:crypto';
import type { Role } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { mailChangeSchema, type MailChange } from '#shared/protocol/mail.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { sendNotices } from '#server/jobs/send-notices.ts';
import { Mailer } from '#server/mail/mailer.ts';
import { changeChoice } from '#server/notices/choices.ts';
import { readSentMails } from '#server/notices/read-mails.ts';
import { withScope } from '#server/store/database.ts';
import { FakeMailServer } from '#tests/fakes/mail-server.ts';
import { jobContext, runJob } from './job-context.ts';
import type { FreshDatabase } from './postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from './sync-region.ts';

/** The region `eao` with a mail server of its own and people who want to be told. */
export class MailRegion {
  readonly base: FreshDatabase;
  readonly server = new FakeMailServer();
  readonly key = randomBytes(32);
  readonly clock = { now: Date.now() };
  readonly mailer: Mailer;
  readonly operator: TestClient;

  private constructor(base: FreshDatabase) {
    this.base = base;
    this.mailer = this.anotherMailer();
    this.operator = new TestClient(base.db, sessionOfRole('operator'));
  }

  static async start(): Promise<MailRegion> {
    const region = new MailRegion(await syncDatabase());
    await region.server.start();
    await region.settings();
    return region;
  }

  /** As of another process of the installation. */
  anotherMailer(): Mailer {
    const { base, clock, key } = this;
    return new Mailer({
      db: base.db,
      now: () => clock.now,
      key,
      allowed: ['127.0.0.0/8'],
      resolve: async () => ['127.0.0.1'],
      patienceMs: 5000,
    });
  }

  /** Mail at once and at any hour, unless told otherwise. */
  async settings(change: Partial<MailChange> = {}): Promise<void> {
    const settings = mailChangeSchema.parse({
      isOn: true,
      host: 'localhost',
      port: this.server.port,
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
    await this.mailer.change('eao', settings, { by: 'administrator-1', address: '' });
  }

  /** Adds somebody who is told at `ID@example.org`. */
  async person(id: string, role: Role, agency: string | null = null): Promise<void> {
    const account = {
      id,
      login: id,
      displayName: `Человек ${id}`,
      role,
      agency,
      password: 'Правильный-пароль-1',
    };
    await createAccount(this.base.db, 'eao', account, this.clock.now);
    await this.choose(id, { address: `${id}@example.org`, off: [] });
  }

  async choose(id: string, choice: Parameters<typeof changeChoice>[2]): Promise<void> {
    const act = { region: 'eao', account: id, by: 'administrator-1', address: '' };
    await withScope(this.base.db, { region: 'eao' }, (tx) => changeChoice(tx, act, choice, this.clock.now));
  }

  /** An incident that an agency was given. */
  async routed(agency: string, text?: string): Promise<string> {
    const id = await this.operator.register(text);
    await this.operator.do(id, 'route', { agency, unit: '', from: '', reason: '' });
    return id;
  }

  /** One run of the job. */
  run(mailer: Mailer = this.mailer): Promise<void> {
    const context = { ...jobContext(this.base.db, () => this.clock.now), mailer };
    return runJob(sendNotices, context);
  }

  later(minutes: number): void {
    this.clock.now += minutes * 60_000;
  }

  /** Whom the mails went to since the last time, by their names before the `@`. */
  taken(): readonly string[] {
    return this.server.mails
      .splice(0)
      .map(({ to }) => must(to?.[0]?.address, 'an addressee').replace('@example.org', ''))
      .toSorted();
  }

  log() {
    return readSentMails(this.base.db, 'eao');
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.base.stop();
  }
}
