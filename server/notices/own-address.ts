import { createHmac, randomInt } from 'node:crypto';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { MailOutcome } from '#shared/protocol/mail.ts';
import { CODE_DIGITS } from '#shared/protocol/notices.ts';
import type { AccountAct } from '#server/accounts/account-refusal.ts';
import { isSameSecret } from '#server/accounts/same-secret.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { withScope, type Scope } from '#server/store/database.ts';
import { changeChoice, type PersonKey } from './choices.ts';
import { codeLetter } from './code-letter.ts';

/** A code is good for so long, and for so many tries. */
const CODE_MS = 30 * MS_PER_MINUTE;
const TRIES = 5;
/** A person has one code sent in so long: a stranger's mailbox is not filled from here. */
const BETWEEN_MS = MS_PER_MINUTE;

/** Who gives an address of their own; their transactions see no other person's. */
export type OwnChoiceAct = AccountAct & Pick<Scope, 'agency'>;

const scopeOf = ({ region, account, agency = null }: OwnChoiceAct): Scope => ({ region, account, agency });

/** A code is short enough to be tried out, so what is stored needs the installation's key to be told. */
const hashOf = (mailer: Mailer, { region, account }: PersonKey, code: string): Buffer =>
  createHmac('sha256', mailer.key).update(`mail-code/${region}/${account}/${code}`).digest();

/** Keeps an address that waits for its code; false when the last code is too young. */
const keepWanted = (mailer: Mailer, act: OwnChoiceAct, wanted: string, code: string): Promise<boolean> =>
  withScope(mailer.db, scopeOf(act), async (tx) => {
    const now = mailer.now();
    const columns = {
      wanted,
      code_hash: hashOf(mailer, act, code),
      code_at: now,
      code_tries: 0,
      changed_at: now,
    };
    const kept = await tx
      .insertInto('notice_choice')
      .values({ region_id: act.region, account_id: act.account, off: '[]', ...columns })
      .onConflict((conflict) =>
        conflict
          .columns(['region_id', 'account_id'])
          .doUpdateSet(columns)
          .where((where) =>
            where.or([
              where('notice_choice.code_at', 'is', null),
              where('notice_choice.code_at', '<=', now - BETWEEN_MS),
            ]),
          ),
      )
      .returning('account_id')
      .executeTakeFirst();
    return kept !== undefined;
  });

/** Outcome of asking for a code: what the mail server said, or why none was sent. */
export type CodeSent = MailOutcome | 'mail_not_set' | 'rate_limited';

/**
 * Sends a code to an address that a person calls their own. Until it is typed nothing else goes there. A code
 * and no link: whoever has the console open types it there, and no door stands open for whoever reads mails.
 */
export async function sendCode(mailer: Mailer, act: OwnChoiceAct, address: string): Promise<CodeSent> {
  const way = await mailer.wayOf(act.region);
  if (way === null) return 'mail_not_set';
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  if (!(await keepWanted(mailer, act, address, code))) return 'rate_limited';
  const outcome = await way.send(codeLetter(way, address, code));
  if (outcome.problem !== null) await forgetWanted(mailer, act);
  return outcome;
}

/** Nothing was sent: another try need not wait. */
const forgetWanted = (mailer: Mailer, act: OwnChoiceAct): Promise<unknown> =>
  withScope(mailer.db, scopeOf(act), (tx) =>
    tx
      .updateTable('notice_choice')
      .set({ wanted: null, code_hash: null, code_at: null })
      .where('region_id', '=', act.region)
      .where('account_id', '=', act.account)
      .execute(),
  );

const isYoung = (at: Instant | null, now: Instant): boolean => at !== null && now - at < CODE_MS;

/** Takes the address that a code was sent to, or says why not. */
export const confirmAddress = (
  mailer: Mailer,
  act: OwnChoiceAct,
  code: string,
): Promise<'confirmed' | 'code_wrong' | 'code_expired'> =>
  withScope(mailer.db, scopeOf(act), async (tx) => {
    const now = mailer.now();
    const row = await tx
      .selectFrom('notice_choice')
      .select(['wanted', 'code_hash', 'code_at', 'code_tries'])
      .where('region_id', '=', act.region)
      .where('account_id', '=', act.account)
      .forUpdate()
      .executeTakeFirst();
    const { wanted = null, code_hash: hash = null } = row ?? {};
    if (row === undefined || wanted === null || hash === null) return 'code_expired';
    if (!isYoung(row.code_at, now) || row.code_tries >= TRIES) return 'code_expired';
    if (!isSameSecret(hashOf(mailer, act, code).toString('hex'), hash.toString('hex'))) {
      await tx
        .updateTable('notice_choice')
        .set({ code_tries: row.code_tries + 1 })
        .where('region_id', '=', act.region)
        .where('account_id', '=', act.account)
        .execute();
      return 'code_wrong';
    }
    await changeChoice(tx, act, { address: wanted }, now);
    return 'confirmed';
  });
