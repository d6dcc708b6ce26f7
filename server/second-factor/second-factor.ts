import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { FactorBegun, OwnFactor } from '#shared/protocol/second-factor.ts';
import type { Session } from '#shared/protocol/session.ts';
import { auditAlone, writeAudit, type AuditOrigin, type AuditSaid } from '#server/accounts/audit.ts';
import { countCode, forgiveCodes } from '#server/accounts/login-limit.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';
import { readRegulation } from '#server/sync/regulation.ts';
import { newSpares, plainCode, spareHash } from './spare-codes.ts';
import {
  confirmPending,
  dropFactor,
  keepPending,
  keepSpares,
  readFactor,
  takeSpare,
  takeStep,
  type FactorOwner,
} from './store.ts';
import { base32, isCode, keyAddress, newSecret, stepOfCode } from './totp.ts';

/** Time in which a secret that was shown must be confirmed. */
const PENDING_MS = 15 * MS_PER_MINUTE;

/** A person who acts on their own factor, and from where. */
export interface FactorPerson extends AuditOrigin {
  readonly session: Session;
}

/** The outcome of a code that was looked at or not. */
export type CodeJudged =
  | { readonly kind: 'right'; readonly sparesLeft: number | null }
  | { readonly kind: 'second_factor_wrong' }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

interface Deps {
  readonly db: Database;
  readonly now: () => Instant;
  /** The installation's key: it seals secrets. */
  readonly key: Buffer;
}

const sealOwner = ({ region, account }: FactorOwner): string => `second-factor/${region}/${account}`;

const ownerOf = ({ account, region }: Session): Scope & FactorOwner => ({
  region: region.code,
  account: account.id,
  agency: account.agency,
});

/** Second factors of people whose password is judged here. */
export class SecondFactor {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Tells how it stands with a person's own factor. */
  view(session: Session): Promise<OwnFactor> {
    const { role } = session.account;
    return withScope(this.#deps.db, ownerOf(session), async (tx) => {
      const factor = await readFactor(tx, ownerOf(session));
      const { secondFactor } = await readRegulation(tx, session.region.code);
      const isOn = factor !== undefined && factor.secret !== null;
      return { isOn, isDemanded: secondFactor.includes(role), spares: isOn ? factor.spares.length : 0 };
    });
  }

  /** Makes a secret for an application; nothing changes before a code has confirmed it. */
  async begin(session: Session): Promise<FactorBegun> {
    const { db, now, key } = this.#deps;
    const owner = ownerOf(session);
    const secret = newSecret();
    const sealed = sealText(key, sealOwner(owner), secret.toString('base64'));
    await withScope(db, owner, (tx) => keepPending(tx, owner, sealed, now()));
    const address = keyAddress(secret, session.account.login, session.region.code);
    return { secret: base32(secret), address };
  }

  /**
   * Makes the secret count whose code this is. Gives spare codes, this once; null when nothing waits for a
   * code any more.
   */
  async confirm(person: FactorPerson, code: string): Promise<readonly string[] | null | CodeJudged> {
    const { db, now, key } = this.#deps;
    const owner = ownerOf(person.session);
    const counted = await countCode(db, owner, now());
    if (counted.kind === 'paused') return { kind: 'rate_limited', retryAfterMs: counted.retryAfterMs };
    const factor = await withScope(db, owner, (tx) => readFactor(tx, owner));
    const sealed = factor?.pending ?? null;
    if (sealed === null || (factor?.pending_at ?? 0) + PENDING_MS < now()) return null;
    const step = this.#stepOf(owner, sealed, code, 0);
    if (step === null) return { kind: 'second_factor_wrong' };
    await forgiveCodes(db, owner);
    const spares = newSpares();
    const hashes = spares.map((spare) => spareHash(key, owner.account, spare));
    const confirmed = { sealed, step, spares: hashes, now: now() };
    const isDone = await withScope(db, owner, async (tx) => {
      const isConfirmed = await confirmPending(tx, owner, confirmed);
      if (isConfirmed) await this.#tell(tx, person, { action: 'second_factor_set' });
      return isConfirmed;
    });
    return isDone ? spares : null;
  }

  /** Gives new spare codes in the place of the old ones. */
  async renewSpares(person: FactorPerson): Promise<readonly string[]> {
    const { db, now, key } = this.#deps;
    const owner = ownerOf(person.session);
    const spares = newSpares();
    await withScope(db, owner, async (tx) => {
      const hashes = spares.map((spare) => spareHash(key, owner.account, spare));
      await keepSpares(tx, owner, hashes, now());
      await this.#tell(tx, person, { action: 'spare_codes_made' });
    });
    return spares;
  }

  /** Takes one's own factor off. */
  async remove(person: FactorPerson): Promise<void> {
    const owner = ownerOf(person.session);
    await withScope(this.#deps.db, owner, async (tx) => {
      if (await dropFactor(tx, owner)) await this.#tell(tx, person, { action: 'second_factor_removed' });
    });
  }

  /**
   * Judges a code of somebody whose password was right, and uses it up. Wrong ones are counted for the person
   * and leave a line in the audit log.
   */
  async judge(owner: FactorOwner, code: string, origin: AuditOrigin): Promise<CodeJudged> {
    const { db, now } = this.#deps;
    const { region, account } = owner;
    const counted = await countCode(db, owner, now());
    if (counted.kind === 'paused') return { kind: 'rate_limited', retryAfterMs: counted.retryAfterMs };
    const tell = (said: AuditSaid) =>
      auditAlone(db, region, { at: now(), actor: account, ...origin, ...said });
    const left = await this.#take(owner, code);
    if (left === 'none') {
      await tell({ action: 'login_code_wrong' });
      const seconds = Math.round((counted.pausedUntil - now()) / 1000);
      if (seconds > 0) await tell({ action: 'login_limited', detail: { seconds } });
      return { kind: 'second_factor_wrong' };
    }
    await forgiveCodes(db, owner);
    if (left !== null) await tell({ action: 'login_spare', detail: { left } });
    return { kind: 'right', sparesLeft: left };
  }

  /** Uses a code up: null for one of an application, how many spare ones are left, or `none` fits. */
  async #take(owner: FactorOwner, code: string): Promise<number | null | 'none'> {
    const { db, key } = this.#deps;
    const plain = plainCode(code);
    if (!isCode(plain)) {
      const hash = spareHash(key, owner.account, plain);
      return (await withScope(db, owner, (tx) => takeSpare(tx, owner, hash))) ?? 'none';
    }
    const factor = await withScope(db, owner, (tx) => readFactor(tx, owner));
    const sealed = factor?.secret ?? null;
    if (sealed === null) return 'none';
    const step = this.#stepOf(owner, sealed, plain, factor?.last_step ?? 0);
    if (step === null) return 'none';
    return (await withScope(db, owner, (tx) => takeStep(tx, owner, sealed, step))) ? null : 'none';
  }

  /** The step whose code this is; null also when the secret was sealed by another key. */
  #stepOf(owner: FactorOwner, sealed: string, code: string, last: number): number | null {
    const { key, now } = this.#deps;
    try {
      const secret = Buffer.from(unsealText(key, sealOwner(owner), sealed), 'base64');
      return stepOfCode(secret, plainCode(code), now(), last);
    } catch {
      return null;
    }
  }

  #tell(tx: ScopedTransaction, { session, address, device = '' }: FactorPerson, said: AuditSaid) {
    const line = { at: this.#deps.now(), actor: session.account.id, address, device, ...said };
    return writeAudit(tx, session.region.code, line);
  }
}
