import { sql, type Selectable } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { MailChange, MailSettings } from '#shared/protocol/mail.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { MailSettingTable } from '#server/store/mail-tables.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';

/** How a region sends mail, with the password as it is sealed. */
export interface KeptMailSettings {
  readonly settings: MailSettings;
  readonly sealed: string | null;
  /** Bots tell people, whether or not mail does. */
  readonly botsOn: boolean;
}

const settingsOf = (row: Selectable<MailSettingTable>): MailSettings => ({
  isOn: row.is_on,
  host: row.host,
  port: row.port,
  security: row.security,
  login: row.login,
  certificate: row.certificate,
  sender: row.sender,
  consoleUrl: row.console_url,
  language: row.language,
  digestMinutes: row.digest_minutes,
  quietFrom: row.quiet_from,
  quietTo: row.quiet_to,
});

/** Reads how a region sends mail; null while nobody has said. */
export async function readMailSettings(
  tx: ScopedTransaction,
  region: string,
): Promise<KeptMailSettings | null> {
  const row = await tx
    .selectFrom('mail_setting')
    .selectAll()
    .where('region_id', '=', region)
    .executeTakeFirst();
  return row === undefined ? null : { settings: settingsOf(row), sealed: row.password, botsOn: row.bots_on };
}

/** The owner that a region's mail password is sealed for. */
const ownerOf = (region: string): string => `mail/${region}`;

/** Opens a password; null when it was sealed by another key, as after a restore without the key's file. */
export function openPassword(key: Buffer, region: string, sealed: string): string | null {
  try {
    return unsealText(key, ownerOf(region), sealed);
  } catch {
    return null;
  }
}

/** Seals the password that was typed, or keeps the one that is there. */
function passwordOf(key: Buffer, region: string, typed: string | null, kept: string | null): string | null {
  if (typed === null) return kept;
  return typed === '' ? null : sealText(key, ownerOf(region), typed);
}

const headOf = (region: string) => sql<number>`(select v from sync_clock where region_id = ${region})`;

/**
 * Keeps how a region sends mail. A password stays with the server it was given for: with another host it has
 * to be typed again, or it would be handed to whoever is named now.
 */
export async function storeMailSettings(
  tx: ScopedTransaction,
  region: string,
  { password, ...settings }: MailChange,
  { key, kept, now }: { readonly key: Buffer; readonly kept: KeptMailSettings | null; readonly now: Instant },
): Promise<void> {
  const isSameServer = kept?.settings.host === settings.host;
  const columns = {
    is_on: settings.isOn,
    host: settings.host,
    port: settings.port,
    security: settings.security,
    login: settings.login,
    password: passwordOf(key, region, password, isSameServer ? kept.sealed : null),
    certificate: settings.certificate,
    sender: settings.sender,
    console_url: settings.consoleUrl,
    language: settings.language,
    digest_minutes: settings.digestMinutes,
    quiet_from: settings.quietFrom,
    quiet_to: settings.quietTo,
    changed_at: now,
    // Whatever was before is nobody's news.
    ...(settings.isOn && kept?.settings.isOn !== true && kept?.botsOn !== true
      ? { seen_v: headOf(region), told_since: now }
      : {}),
  };
  await tx
    .insertInto('mail_setting')
    .values({ region_id: region, ...columns })
    .onConflict((conflict) => conflict.column('region_id').doUpdateSet(columns))
    .execute();
}
