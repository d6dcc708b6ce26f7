import { expect, test } from 'vitest';
import { photosOf } from '#server/channels/vk-photos.ts';

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
  expect(photosOf(attachments)).toEqual(['https://sun1.example/z.jpg', 'https://sun1.example/base.jpg']);
});

test('a photo that is not as VK says it is costs nothing but itself', () => {
  const broken = [
    { type: 'photo' },
    { type: 'photo', photo: null },
    { type: 'photo', photo: { sizes: [{ url: 5 }] } },
    { type: 'photo', photo: { sizes: [] } },
    { type: 'photo', photo: { sizes: [size('y', 807)] } },
  ];
  expect(photosOf(broken)).toEqual(['https://sun1.example/y.jpg']);
  expect(photosOf([])).toEqual([]);
});
