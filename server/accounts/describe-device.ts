import Bowser from 'bowser';

/** A program as it names itself, `curl/8.5.0` (RFC 9110, product); all else is whatever somebody sent. */
const PRODUCT = /^[\w.-]{1,40}(?:\/[\w.+-]{1,40})?$/;

/**
 * Describes a browser and its system by what it says of itself: «Chrome 142, Windows 10»; the name
 * that a program gives itself where it is none that is known, '' where it gives none.
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
  if (described.length > 0) return described.join(', ');
  return PRODUCT.test(first) ? first : '';
}
