import { expect, test } from 'vitest';
import { emptyDraft, ownFields, readDraft } from '#renderer/channels/page-draft.ts';

test('a form not filled in names all that is wrong at once', () => {
  const { page, wrong } = readDraft({ ...emptyDraft(), pageId: 'abc', secret: 'short' });
  expect(page).toBeNull();
  expect(wrong.toSorted()).toEqual(['confirmation', 'name', 'pageId', 'secret', 'token']);
});

test('a community that is asked needs neither secret nor confirmation from a person', () => {
  const draft = { ...emptyDraft(), name: 'ЦУР', pageId: 'club5', token: 'vk1.token' };
  expect(ownFields(draft)).toContain('confirmation');
  expect(readDraft(draft).wrong).toEqual(['confirmation']);
  const asked = { ...draft, reception: 'poll' };
  expect(ownFields(asked)).toEqual(['token', 'readToken']);
  expect(readDraft(asked).page).toMatchObject({ reception: 'poll', pageId: '5', confirmation: '' });
});
