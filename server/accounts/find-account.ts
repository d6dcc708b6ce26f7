import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import type { PasswordJudge } from '#shared/protocol/sign-in.ts';
import type { Database } from '#server/store/database.ts';

/** An account as the login screen finds it, whichever region it is of. */
export interface FoundAccount {
  readonly region_id: string;
  readonly account_id: string;
  readonly password_hash: string;
  readonly disabled: boolean;
  readonly judged_by: PasswordJudge;
}

/** Finds whose login it is; letters may be small or large. */
export async function findAccount(db: Database, login: string): Promise<FoundAccount | undefined> {
  const { rows } = await sql<FoundAccount>`select * from account_for_login(${login})`.execute(db);
  return rows[0];
}

/** Tells whether somebody of this installation logs in under a name that looks the same. */
export async function isLoginTaken(db: Database, looks: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select login_is_taken(${looks}) as taken`.execute(db);
  return must(rows[0], 'an answer').taken;
}
