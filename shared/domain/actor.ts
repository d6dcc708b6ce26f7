/** Roles of those who act. `system` is the API itself (networks' pages, jobs); it never logs in. */
export const ROLES = ['operator', 'approver', 'executor', 'observer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Roles of the management centre's own people: they triage and answer. */
export const CENTRE_ROLES: readonly Role[] = ['operator', 'approver', 'administrator'];

/** Roles of everybody who works on incidents: the centre's and the agencies'. */
export const WORKING_ROLES: readonly Role[] = [...CENTRE_ROLES, 'executor'];

/** Whoever dispatches a command. `agency` is set for executors only and limits what they may touch. */
export interface Actor {
  readonly id: string;
  readonly role: Role | 'system';
  readonly agency: string | null;
}
