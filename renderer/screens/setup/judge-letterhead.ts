import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Judges whether a summary can be sent upstairs: it has the centre's name at its head and is signed. */
export function judgeLetterhead({ reference: { regulation } }: JudgedRegion): Verdict {
  const { header, signatory } = regulation;
  const missing = [
    ...(header === undefined ? [{ kind: 'no_header' }] : []),
    ...(signatory === undefined ? [{ kind: 'no_signatory' }] : []),
  ];
  if (missing.length === 2) return verdict('missing', { kind: 'no_letterhead' });
  return missing.length === 0
    ? verdict('works', { kind: 'letterhead_here', names: signatory?.name ?? '' })
    : verdict('partly', ...missing);
}
