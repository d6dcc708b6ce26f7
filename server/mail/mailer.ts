import { must } from '#shared/domain/must.ts';
import type { Instant } from '#shared/domain/instant.ts';
import {
  mailSettingsSchema,
  type MailChange,
  type MailOutcome,
  type MailSettings,
  type MailView,
} from '#shared/protocol/mail.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import type { AllowedNetworks, Resolve } from '#server/net/safe-address.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { checkLetter } from './check-letter.ts';
import type { Letter } from './letter.ts';
import type { MailWay } from './mail-way.ts';
import { openPassword, readMailSettings, storeMailSettings } from './mail-settings.ts';
import { sendLetter, type MailServer } from './send-letter.ts';

/** Parts that mails are sent with. */
export interface MailerDeps {
  readonly db: Database;
  readonly now: () => Instant;
  /** The installation's key (server/channels/pages/secrets.ts): it seals passwords of mail servers. */
  readonly key: Buffer;
  /** Private networks in which a mail server may stand. */
  readonly allowed: AllowedNetworks;
  readonly resolve?: Resolve;
  /** See `MailCall`. */
  readonly patienceMs?: number;
}

/** Who changes the settings, and from where. */
type Act = AuditOrigin & { readonly by: string };

/** The settings as the audit log shows them. */
function shown(settings: MailSettings | MailChange): Readonly<Record<string, unknown>> {
  const { certificate, ...fields } = mailSettingsSchema.strip().parse(settings);
  return { ...fields, ownRoot: certificate !== '' };
}

/** Sends the mails of all regions, each by its own settings. */
export class Mailer {
  readonly db: Database;
  readonly now: () => Instant;
  readonly key: Buffer;
  readonly #deps: MailerDeps;

  constructor(deps: MailerDeps) {
    this.#deps = deps;
    this.db = deps.db;
    this.now = deps.now;
    this.key = deps.key;
  }

  /** Reads how a region sends mail; of its password whether there is one. */
  async view(region: string): Promise<MailView> {
    const kept = await withScope(this.db, { region }, (tx) => readMailSettings(tx, region));
    return { settings: kept?.settings ?? null, hasPassword: (kept?.sealed ?? null) !== null };
  }

  /** Changes how a region sends mail, with a line in the audit log. */
  async change(region: string, change: MailChange, { by, ...origin }: Act): Promise<MailView> {
    const now = this.now();
    await withScope(this.db, { region }, async (tx) => {
      const kept = await readMailSettings(tx, region);
      await storeMailSettings(tx, region, change, { key: this.key, kept, now });
      const fields = changeBetween(kept === null ? null : shown(kept.settings), shown(change));
      const access = change.password === null ? {} : { access: 'changed' };
      const detail = { kind: 'mail', id: 'centre', ...fields, after: { ...fields.after, ...access } };
      const isChanged = Object.keys(detail.after).length > 0;
      const line = { at: now, actor: by, ...origin, action: 'setting_changed', detail } as const;
      if (isChanged) await writeAudit(tx, region, line);
    });
    return this.view(region);
  }

  /** Sends a mail that says it was asked for; null where no settings are kept. */
  async check(region: string, to: string): Promise<MailOutcome | null> {
    const way = await this.wayOf(region);
    return way === null ? null : way.send(checkLetter(way, to));
  }

  /** Gives a region's way out as its settings say now; null where nobody has set any. */
  async wayOf(region: string): Promise<MailWay | null> {
    const found = await withScope(this.db, { region }, async (tx) => {
      const kept = await readMailSettings(tx, region);
      const row = await tx
        .selectFrom('region')
        .select(['name', 'time_zone'])
        .where('region_id', '=', region)
        .executeTakeFirst();
      return kept === null ? null : { ...kept, ...must(row, 'the region of mail settings') };
    });
    if (found === null) return null;
    const { settings, sealed, name, time_zone: timeZone } = found;
    const password = sealed === null ? '' : openPassword(this.key, region, sealed);
    return {
      settings,
      regionName: name,
      timeZone,
      send: async (letter) =>
        password === null
          ? { problem: 'key_changed', code: null }
          : this.#send({ ...settings, password, senderName: name }, letter),
    };
  }

  #send(server: MailServer, letter: Letter): Promise<MailOutcome> {
    const { allowed, resolve, patienceMs } = this.#deps;
    return sendLetter(server, letter, { allowed, resolve, patienceMs });
  }
}
