import { expect, test } from 'vitest';
import { webAddress } from '#renderer/host/browser-host.ts';

test.each(['https://vk.com/wall-1_2?reply=3', 'http://intranet.local/post'])('%s may be opened', (url) => {
  expect(webAddress(url)).toBe(url);
});

test.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'vk.com/wall',
  '',
])('«%s» may not', (url) => {
  expect(webAddress(url)).toBeNull();
});
