/** One thing that was to be reached, and what was measured. */
export interface Goal {
  /** Of what size or where, as «100,000 incidents». */
  readonly where: string;
  readonly title: string;
  /** The most (or, with `atLeast`, the least) that is good enough. */
  readonly limit: number;
  readonly atLeast?: boolean;
  readonly measured: number;
  /** The unit of both figures: «ms», «× raw», «MB». */
  readonly unit: string;
  /** How it was made up, in a few words. */
  readonly detail?: string;
}

export const isMet = ({ limit, measured, atLeast = false }: Goal): boolean =>
  atLeast ? measured >= limit : measured <= limit;

const figure = (value: number): string =>
  value.toLocaleString('en-US', {
    maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4,
  });

/** The middle value; of an even count the upper one. NaN when there is none. */
export const median = (values: readonly number[]): number => share(values, 0.5);

/** The value below which this share of `values` lies. */
export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** One Markdown table of all goals. */
export function goalTable(goals: readonly Goal[]): string {
  const lines = goals.map((goal) => {
    const { where, title, limit, atLeast = false, measured, unit, detail = '' } = goal;
    const wanted = `${atLeast ? '≥' : '≤'} ${figure(limit)} ${unit}`;
    return (
      `| ${where} | ${title} | ${wanted} | ${figure(measured)} ${unit} | ` +
      `${isMet(goal) ? 'met' : 'NOT MET'} | ${detail} |`
    );
  });
  return ['| where | what | goal | measured | | made of |', `|${'---|'.repeat(6)}`, ...lines].join('\n');
}
