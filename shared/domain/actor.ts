/** What a person may do. `system` is the API's own timers; it never logs in. */
export const ROLES = ['operator', 'approver', 'executor', 'observer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Who issues a command. `agency` is set for executors only and limits what they may touch. */
export interface Actor {
  readonly id: string;
  readonly role: Role | 'system';
  readonly agency: string | null;
}
