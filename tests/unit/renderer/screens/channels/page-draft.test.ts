import { expect, test } from 'vitest';
import { emptyDraft, ownFields, readNew } from '#renderer/screens/channels/page-draft.ts';

test('a form not filled in names all that is wrong at once', () => {
  const { value, wrong } = readNew({ ...emptyDraft(), pageId: 'abc', secret: 'short' });
  expect(value).toBeNull();
  expect(wrong.toSorted()).toEqual(['confirmation', 'name', 'pageId', 'secret', 'token']);
});

test('hours of one case are a whole number, and three days unless somebody says otherwise', () => {
  const draft = { ...emptyDraft(), name: 'ЦУР', pageId: 'club5', token: 'vk1.token', reception: 'poll' };
  expect(readNew(draft).value).toMatchObject({ togetherHours: 72 });
  expect(readNew({ ...draft, togetherHours: ' 0 ' }).value).toMatchObject({ togetherHours: 0 });
  for (const wrong of ['', '-1', '1,5', 'сутки', '8761'])
    expect(readNew({ ...draft, togetherHours: wrong })).toMatchObject({
      value: null,
      wrong: ['togetherHours'],
    });
});

test('a community that is asked needs neither secret nor confirmation from a person', () => {
  const draft = { ...emptyDraft(), name: 'ЦУР', pageId: 'club5', token: 'vk1.token' };
  expect(ownFields(draft)).toContain('confirmation');
  expect(readNew(draft).wrong).toEqual(['confirmation']);
  const polled = { ...draft, reception: 'poll' };
  expect(ownFields(polled)).toEqual(['token', 'readToken']);
  expect(readNew(polled).value).toMatchObject({ reception: 'poll', pageId: '5', confirmation: '' });
});
