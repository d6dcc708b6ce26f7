/** One thing a check found wrong: where, and what a person should know to mend it. */
export type Finding = { readonly file: string; readonly line: number; readonly message: string };

/** The line (from 1) of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export function printFindings(findings: readonly Finding[]): string {
  return findings.map(({ file, line, message }) => `${file}:${line} ${message}\n`).join('');
}
