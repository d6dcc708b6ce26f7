/** Whole sentences from the beginning, as many as fit; of a longer one as many words. */
export function shortened(text: string, most: number): string {
  const whole = text.trim().replaceAll(/\s+/gu, ' ');
  if (whole.length <= most) return whole;
  const start = whole.slice(0, most);
  const sentence = start.search(/[.!?…][^.!?…]*$/u);
  if (sentence >= most / 3) return start.slice(0, sentence + 1);
  const word = start.lastIndexOf(' ');
  return `${(word > 0 ? start.slice(0, word) : start).replace(/[\s,;:–—-]+$/u, '')}…`;
}
