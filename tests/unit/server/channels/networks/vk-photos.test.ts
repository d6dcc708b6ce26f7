import { expect, test } from 'vitest';
import { pageSecretsSchema } from '#server/channels/networks/page-secrets.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import { vkPhotos } from '#server/channels/networks/vk/photos.ts';
import { readVk } from '#server/channels/networks/vk/read.ts';

const PAGE: Page = {
  region: 'eao',
  id: '01900000-0000-7000-8000-000000000001',
  network: 'vk',
  name: 'ЦУР',
  baseUrl: 'https://api.vk.com',
  certificate: null,
  pageId: '777',
  watch: [],
  active: true,
  reception: 'callback',
  secrets: pageSecretsSchema.parse({ token: 'token', secret: 'a-secret-of-ours' }),
  pace: async () => undefined,
};

const size = (type: string, width: number, height = width) => ({
  type,
  url: `https://sun1.example/${type}.jpg`,
  width,
  height,
});

test('each photo of a message gives the address of its largest size', () => {
  const attachments = [
    {
      type: 'photo',
      photo: { id: 1, owner_id: 5, sizes: [size('s', 75), size('z', 1080, 810), size('m', 130)] },
    },
    { type: 'video', video: { id: 2, image: [size('v', 4000)] } },
    { type: 'photo', photo: { id: 3, sizes: [size('x', 604)], orig_photo: size('base', 2560, 1920) } },
  ];
  expect(vkPhotos(attachments)).toEqual(['https://sun1.example/z.jpg', 'https://sun1.example/base.jpg']);
});

test('a photo that is not as VK says it is costs nothing but itself', () => {
  const broken = [
    { type: 'photo' },
    { type: 'photo', photo: null },
    { type: 'photo', photo: { sizes: [{ url: 5 }] } },
    { type: 'photo', photo: { sizes: [] } },
    { type: 'photo', photo: { sizes: [size('y', 807)] } },
  ];
  expect(vkPhotos(broken)).toEqual(['https://sun1.example/y.jpg']);
  expect(vkPhotos([])).toEqual([]);
});

test('a suggested post is told as one, with its photos', () => {
  const object = {
    id: 4,
    owner_id: -777,
    from_id: 25,
    date: 1_700_000_000,
    text: 'Яма',
    post_type: 'suggest',
  };
  const attachments = [{ type: 'photo', photo: { sizes: [size('y', 807)] } }];
  const raw = JSON.stringify({
    type: 'wall_post_new',
    group_id: 777,
    event_id: 'one',
    v: '5.199',
    object: { ...object, attachments },
  });
  expect(readVk(PAGE, { key: 'one', kind: 'wall_post_new', raw })).toMatchObject({
    message: { isSuggested: true, media: ['https://sun1.example/y.jpg'] },
  });
});
