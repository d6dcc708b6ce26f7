import Bowser from 'bowser';

/** A word is cut to this length: it comes from whoever calls. */
const LONGEST_WORD = 40;

/**
 * Describes a browser and its system by what it says of itself: «Chrome 142, Windows 10»; its first word
 * where it is none that is known.
 */
export function describeDevice(userAgent: string): string {
  const [first = ''] = userAgent.trim().split(/\s+/);
  // It throws at an empty text.
  if (first === '') return '';
  const { browser, os } = Bowser.parse(userAgent);
  const named = (name = '', version = ''): string => `${name} ${version}`.trim();
  const described = [
    // The shell is the only program of its kind that comes here.
    browser.name === 'Electron' ? 'Пульт' : named(browser.name, browser.version?.split('.')[0]),
    named(os.name, os.versionName ?? os.version),
  ].filter((part) => part !== '');
  return described.length === 0 ? first.slice(0, LONGEST_WORD) : described.join(', ');
}
