import { expect, test } from 'vitest';
import { describeDevice } from '#server/accounts/describe-device.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';

test.each([
  [`${CHROME} Safari/537.36`, 'Chrome 140, Windows 10'],
  [`${CHROME} YaBrowser/25.8.0 Safari/537.36`, 'Yandex Browser 25, Windows 10'],
  [`${CHROME} Safari/537.36 Edg/140.0.1`, 'Microsoft Edge 140, Windows 10'],
  [`${CHROME} Electron/38.0.0 Safari/537.36`, 'Пульт, Windows 10'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140, Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E Safari/604.1',
    'Safari 18, iOS 18.0',
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['я'.repeat(300), ''],
  [`${'c'.repeat(41)}/8.5.0`, ''],
  ['<b>x</b>', ''],
  ['  ', ''],
])('%s', (userAgent, words) => {
  expect(describeDevice(userAgent)).toBe(words);
});
