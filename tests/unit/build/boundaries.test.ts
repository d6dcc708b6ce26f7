import { describe, expect, test } from 'vitest';
import { checkBoundaries, forbidden } from '#build/checks/boundaries.ts';

const allowedImports = [
  ['server/api/app.ts', '#shared/domain/decide.ts'],
  ['renderer/data/sync/pull.ts', '#shared/protocol/sync.ts'],
  ['renderer/screens/queue/queue.tsx', '#renderer/data/store/rows.ts'],
  ['renderer/app/screens.tsx', '#renderer/screens/queue/queue.tsx'],
  ['renderer/screens/queue/queue.tsx', './rows.tsx'],
  ['renderer/triage/card.tsx', '#renderer/kit/words.ts'],
  ['renderer/main.tsx', './app/start-console.tsx'],
  ['renderer/screens/report/sheet.tsx', '../report/rows.tsx'],
  ['renderer/kit/words.ts', '#renderer/locales/ru.json'],
  ['electron/main.ts', '#shared/protocol/ipc.ts'],
  ['shared/domain/evolve.ts', './event.ts'],
  ['shared/domain/evolve.ts', '../text/tokens.ts'],
  ['shared/protocol/sync.ts', 'zod'],
  ['server/main.ts', 'node:fs'],
  ['server/main.ts', 'pg'],
  ['tests/unit/server/app.test.ts', '#renderer/data/sync/pull.ts'],
  ['vite.config.ts', '@vitejs/plugin-react'],
  ['server/channels/inbox/drain.ts', '#server/channels/pages/pages.ts'],
  ['server/channels/inbox/drain.ts', './inbox.ts'],
  ['server/channels/networks/vk/send.ts', '#server/channels/networks/connector.ts'],
  ['server/channels/networks/connectors.ts', './vk/vk.ts'],
  ['server/channels/run-channels.ts', './outbox/send-replies.ts'],
  ['server/api/channel-routes.ts', '#server/channels/inbox/receive-call.ts'],
  ['renderer/data/store/photos.ts', '#renderer/data/sync/coalesced.ts'],
  ['renderer/data/store/window-store.ts', '#renderer/data/rpc/ownership.ts'],
  ['shared/report/summary/agencies.ts', '#shared/report/facts/facts.ts'],
  ['shared/report/summary/agencies.ts', './answers.ts'],
  ['shared/report/kit/kit-sheet.ts', '../paper/sheet-text.ts'],
  ['shared/exchange/workbook.ts', '#shared/report/kit/kit-sheet.ts'],
] as const;

const forbiddenImports = [
  ['shared/domain/decide.ts', '#server/store/rows.ts', 'shared/ may not import server/'],
  ['shared/domain/decide.ts', 'node:crypto', 'may not use Node'],
  ['shared/domain/decide.ts', 'pg', 'shared/ may not use pg'],
  ['shared/domain/decide.ts', '@mantine/core/styles.css', 'shared/ may not use @mantine/core'],
  ['server/main.ts', '#renderer/app/frame.tsx', 'server/ may not import renderer/'],
  ['server/main.ts', '#build/build-console.ts', 'server/ may not import build/'],
  ['renderer/app/frame.tsx', '#server/main.ts', 'renderer/ may not import server/'],
  ['renderer/app/frame.tsx', '../../server/main.ts', 'climbs two folders'],
  ['renderer/app.tsx', '../server/main.ts', 'by a relative path'],
  ['renderer/app.tsx', 'node:fs', 'may not use Node'],
  ['electron/main.ts', '#renderer/app/frame.tsx', 'electron/ may not import renderer/'],
  ['renderer/kit/keys.ts', '#renderer/triage/card.tsx', 'kit/ stands below triage/'],
  ['renderer/triage/card.tsx', '../screens/queue/queue.tsx', 'triage/ stands below screens/'],
  ['renderer/data/store/rows.ts', '#renderer/kit/keys.ts', 'data/ stands below kit/'],
  [
    'renderer/data/sync/engine.ts',
    '#renderer/data/store/console-store.ts',
    'sync/ may not import renderer/data/store/',
  ],
  ['renderer/data/rpc/port.ts', '#renderer/data/sync/pause.ts', 'rpc/ may not import renderer/data/sync/'],
  ['renderer/screens/queue/queue.tsx', '../report/sheet.tsx', 'screens do not import each other'],
  ['renderer/kit/keys.ts', '../main.tsx', 'kit/ stands below main.tsx'],
  ['server/main.ts', '#tests/helpers/chromium.ts', 'server/ may not import tests/'],
  ['build/start.ts', '#tests/helpers/chromium.ts', 'build/ may not import tests/'],
  ['tests/unit/shared/x.test.ts', '../../helpers/builders.ts', 'climbs two folders'],
  ['server/channels/networks/vk/send.ts', '#server/channels/pages/pages.ts', 'networks/ may not import'],
  ['server/channels/networks/vk/send.ts', '#server/channels/networks/max/call.ts', 'vk/ may not import'],
  ['server/channels/networks/vk/send.ts', '../max/call.ts', 'vk/ may not import'],
  ['server/channels/pages/pages.ts', '../inbox/inbox.ts', 'pages/ may not import server/channels/inbox/'],
  ['server/channels/inbox/drain.ts', '#server/channels/outbox/send-replies.ts', 'inbox/ may not import'],
  ['server/channels/outbox/send-replies.ts', '../channels.ts', 'the files of server/channels/ itself'],
  [
    'server/partners/partners.ts',
    '#server/channels/channels.ts',
    'partners/ may not import server/channels/',
  ],
  [
    'server/channels/channels.ts',
    '#server/partners/partners.ts',
    'channels/ may not import server/partners/',
  ],
  ['server/channels/channels.ts', '#server/api/app.ts', 'channels/ may not import server/api/'],
  ['shared/report/facts/past.ts', '#shared/report/summary/lines.ts', 'facts/ stands below summary/'],
  ['shared/report/facts/past.ts', '../paper/sheet.ts', 'facts/ stands below paper/'],
  ['shared/report/paper/sheet.ts', '#shared/report/kit/kit-sheet.ts', 'paper/ stands below kit/'],
  ['shared/report/facts/past.ts', '#shared/report/loose.ts', 'facts/ stands below loose.ts'],
] as const;

describe('import boundaries', () => {
  test.each(allowedImports)('%s may import %s', (file, specifier) => {
    expect(forbidden(file, specifier)).toBeUndefined();
  });

  test.each(forbiddenImports)('%s may not import %s', (file, specifier, why) => {
    expect(forbidden(file, specifier)).toContain(why);
  });

  test('every way of importing is seen, with its line', () => {
    const source = [
      `import { a } from '#server/a.ts';`,
      `import type { B } from '#server/b.ts';`,
      `export * from '#server/c.ts';`,
      `export type D = import('#server/d.ts').D;`,
      `const e = await import('#server/e.ts');`,
      `import '#server/f.ts';`,
      `import { fine } from './fine.ts';`,
    ].join('\n');
    const found = checkBoundaries({ file: 'shared/x.ts', source });
    expect(found.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
