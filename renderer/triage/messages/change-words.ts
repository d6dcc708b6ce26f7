/** Parts of a line, those that say something. */
export const joinedParts = (parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' · ');

const NOTHING = '—';

/**
 * Tells a change of a value that has parts: what both begin with is said once, as in «Мэрия · отдел ЖКХ →
 * отдел дорог».
 */
export function changeWords(was: readonly string[], is: readonly string[]): string {
  const differs = is.findIndex((part, at) => part !== was[at]);
  const common = differs === -1 ? is.length : differs;
  const [old, now] = [was, is].map((parts) => joinedParts(parts.slice(common)) || NOTHING);
  return differs === -1 ? joinedParts(is) : joinedParts([...is.slice(0, common), `${old} → ${now}`]);
}
