import type { Role } from '#shared/domain/actor.ts';
import { mayWrite, type RecordKind } from '#shared/domain/records/record-rules.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { RecordParts } from './settings-row.ts';

interface JudgedPart<P> {
  readonly planned: P;
  readonly refusal: Refusal | null;
}

/** Judges rows that are parts of one record, bundle by bundle: what is refused is not laid. */
export function judgeParts<R, P extends { readonly row: R }>(
  rows: readonly P[],
  parts: RecordParts<R>,
  { kind, role }: { readonly kind: RecordKind; readonly role: Role },
): readonly JudgedPart<P>[] {
  if (!mayWrite(role, kind))
    return rows.map((planned) => ({ planned, refusal: { kind: 'role_may_not', role } }));
  const bundles = [...Map.groupBy(rows, ({ row }) => parts.bundle(row))];
  const judged: JudgedPart<P>[] = [];
  for (const [, bundle] of bundles.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const known = judged.flatMap(({ planned, refusal }) => (refusal === null ? [planned.row] : []));
    judged.push(...judgeBundle(bundle, parts, known));
  }
  // A person reads them in the order of the file.
  const verdicts = new Map(judged.map(({ planned, refusal }) => [planned, refusal]));
  return rows.map((planned) => ({ planned, refusal: verdicts.get(planned) ?? null }));
}

/** Each is judged as though all of the bundle were there; without what is refused they are judged again. */
function judgeBundle<R, P extends { readonly row: R }>(
  bundle: readonly P[],
  parts: RecordParts<R>,
  known: readonly R[],
): readonly JudgedPart<P>[] {
  const all = bundle.map(({ row }) => row);
  const whole = parts.judge(all, known);
  if (whole === null) return bundle.map((planned) => ({ planned, refusal: null }));
  const judged = bundle.map((planned): JudgedPart<P> => {
    const others = all.filter((row) => row !== planned.row);
    return { planned, refusal: parts.judge([planned.row], [...known, ...others]) };
  });
  const refused = judged.filter(({ refusal }) => refusal !== null);
  // Nobody is to blame alone, so all are.
  if (refused.length === 0) return bundle.map((planned) => ({ planned, refusal: whole }));
  const rest = judged.flatMap(({ planned, refusal }) => (refusal === null ? [planned] : []));
  return rest.length === 0 ? refused : [...refused, ...judgeBundle(rest, parts, known)];
}
