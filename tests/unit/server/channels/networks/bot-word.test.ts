import { expect, it } from 'vitest';
import { botWordIn } from '#server/channels/networks/bot-word.ts';

const CODE = 'PULT-7KQM-2HXC-9RTD';

it.each([
  [CODE, CODE],
  ['  pult-7kqm-2hxc-9rtd\n', CODE],
  [`/start ${CODE}`, CODE],
  [`/start   ${CODE.toLowerCase()}`, CODE],
])('takes %j for a code', (text, code) => {
  expect(botWordIn(text)).toEqual({ kind: 'code', code });
});

it('takes /stop for the end of notices', () => {
  expect(botWordIn('/stop')).toEqual({ kind: 'stop' });
  expect(botWordIn(' /STOP ')).toEqual({ kind: 'stop' });
});

it.each([
  '',
  '/start',
  '/start пришлите код',
  `Мне пришёл код ${CODE}, что это?`,
  `${CODE} ${CODE}`,
  'PULT-7KQM-2HXC',
  // Signs that no code has.
  'PULT-0KQM-2HXC-9RTD',
  'PULT-7KQM-2HXC-9RTU',
  'ПУЛТ-7KQM-2HXC-9RTD',
  '/stop топить у нас дома',
  'stop',
  'Стоп',
  `/start ${' '.repeat(100)}${CODE}`,
])('leaves %j to the centre', (text) => {
  expect(botWordIn(text)).toBeNull();
});
