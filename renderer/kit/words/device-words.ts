/** Programs by the word that only they say; those that say others' words too come first. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bYaBrowser\/(\d+)/, 'Yandex Browser'],
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)/, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone|iPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const LONGEST = 40;

function programOf(userAgent: string, shell: string): string | null {
  if (userAgent.includes('Electron/')) return shell;
  for (const [pattern, name] of PROGRAMS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return null;
}

/**
 * Tells a program by how it names itself (user agent): «Firefox 140, Windows»; its first word where it is
 * none that is known. `shell` is what the shell is called.
 */
export function deviceWords(userAgent: string, shell: string): string {
  const program = programOf(userAgent, shell);
  if (program === null) return userAgent.split(' ')[0]?.slice(0, LONGEST) ?? '';
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  return system === undefined ? program : `${program}, ${system}`;
}
