/** Subjects whose states and transitions a simulation counts. */
export const COVERED = [
  'steps of histories',
  'releases that met',
  'exchanges and their faults',
  'changes told',
  'session',
  'connections shown',
  'outcomes of commands',
  'refusals by the API',
  'refusals on the console',
  'events',
  'steps of incidents at the end',
  'alarms',
] as const;
export type Covered = (typeof COVERED)[number];

/** Everything that could be reached, by subject. */
export type Universe = Readonly<Partial<Record<Covered, ReadonlySet<string>>>>;

/** Counts what histories have been through. */
export class Coverage {
  readonly #counts = new Map<Covered, Map<string, number>>();
  histories = 0;
  commands = 0;

  count(subject: Covered, key: string): void {
    const counts = this.#counts.get(subject) ?? new Map<string, number>();
    this.#counts.set(subject, counts.set(key, (counts.get(key) ?? 0) + 1));
  }

  /** Adds what another has counted. */
  add(other: Coverage): void {
    this.histories += other.histories;
    this.commands += other.commands;
    for (const [subject, counts] of other.#counts) {
      const own = this.#counts.get(subject) ?? new Map<string, number>();
      for (const [key, n] of counts) own.set(key, (own.get(key) ?? 0) + n);
      this.#counts.set(subject, own);
    }
  }

  /** Lines for a person: what was reached, how often, and what never was. */
  lines(universe: Universe): string[] {
    return COVERED.flatMap((subject) => {
      const counts = this.#counts.get(subject) ?? new Map<string, number>();
      const all = universe[subject] ?? new Set<string>();
      const missing = [...all].filter((key) => !counts.has(key)).toSorted();
      const reached = [...counts].toSorted((a, b) => b[1] - a[1]).map(([key, n]) => `${key} ${n}`);
      const share = all.size === 0 ? `${counts.size}` : `${all.size - missing.length} of ${all.size}`;
      const extra = [...counts.keys()].filter((key) => all.size > 0 && !all.has(key)).length;
      return [
        '',
        `${subject}: ${share}${extra > 0 ? `, and ${extra} besides` : ''}`,
        `  ${reached.join(' · ')}`,
        ...(missing.length > 0 ? [`  never: ${missing.join(' · ')}`] : []),
      ];
    });
  }
}
