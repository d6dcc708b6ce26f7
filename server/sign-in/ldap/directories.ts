import { sql } from 'kysely';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { FoundAccount } from '#server/accounts/find-account.ts';
import type {
  JudgeElsewhere,
  JudgedElsewhere,
  LoginAttempt,
  RefusedElsewhere,
} from '#server/accounts/log-in.ts';
import { admitPerson, findAdmitted } from '#server/sign-in/admit-person.ts';
import type { SignInDeps } from '#server/sign-in/provider.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import { withScope } from '#server/store/database.ts';
import { judgePassword } from './ask-directory.ts';
import { openDirectory, readDirectory, type KeptDirectory } from './ldap-settings.ts';

/** Time that a directory which has refused somebody made up is believed to refuse. */
const PROVEN_MS = 5 * MS_PER_MINUTE;

/** Judges passwords by the directories of regions. */
export class Directories implements JudgeElsewhere {
  readonly #deps: SignInDeps;
  /** When each region's directory has shown that it refuses, with its settings of then. */
  readonly #proven = new Map<string, { readonly changedAt: Instant; readonly at: Instant }>();

  constructor(deps: SignInDeps) {
    this.#deps = deps;
  }

  /** Asks the directory of somebody's region, where one judges this account or may take it. */
  async judge(attempt: LoginAttempt, account: FoundAccount | undefined): Promise<JudgedElsewhere> {
    const region = account?.region_id ?? (await this.#onlyRegion());
    if (region === null) return { kind: 'not_asked' };
    const kept = await withScope(this.#deps.db, { region }, (tx) => readDirectory(tx, region));
    if (kept === null || !mayJudge(kept, account)) return { kind: 'not_asked' };
    return orRefused(region, () => this.#judgeBy(kept, region, attempt));
  }

  /**
   * The region whose directory somebody unknown may be of. Where there are several none is asked: it would be
   * handed the password of another region's person.
   */
  async #onlyRegion(): Promise<string | null> {
    const { rows } = await sql<{ region_id: string }>`select * from sign_in_directories()`.execute(
      this.#deps.db,
    );
    return rows.length === 1 ? (rows[0]?.region_id ?? null) : null;
  }

  async #judgeBy(kept: KeptDirectory, region: string, attempt: LoginAttempt): Promise<JudgedElsewhere> {
    const { db, key } = this.#deps;
    const { login, address, userAgent, now } = attempt;
    const proven = this.#proven.get(region);
    const isProven = proven?.changedAt === kept.changedAt && now - proven.at < PROVEN_MS;
    const directory = openDirectory(key, region, kept);
    const person = await judgePassword(
      directory,
      this.#deps,
      { login, password: attempt.password },
      isProven,
    );
    if (!isProven) this.#proven.set(region, { changedAt: kept.changedAt, at: now });
    if (person === null) return { kind: 'wrong' };
    const origin = { address, device: userAgent };
    const arrival = { region, person, settings: kept.settings, judge: 'directory', origin, now } as const;
    const account = await findAdmitted(db, arrival);
    const admit = () =>
      orRefused(region, async () => {
        const admitted = await admitPerson(db, { ...arrival, mayTake: account });
        return { kind: 'admitted', account: admitted } as const;
      });
    return { kind: 'right', region, account, admit };
  }
}

/** Gives what was done, or by what name it was refused. */
async function orRefused<T>(region: string, act: () => Promise<T>): Promise<T | RefusedElsewhere> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return { kind: 'refused', region, why: error.why, who: error.who };
  }
}

/** Tells whether a directory is asked about an account: its own, one that it may take, or nobody's. */
function mayJudge({ settings }: KeptDirectory, account: FoundAccount | undefined): boolean {
  if (!settings.isOn) return false;
  if (account === undefined || account.judged_by === 'directory') return true;
  return account.judged_by === 'here' && settings.linkBy === 'login';
}
