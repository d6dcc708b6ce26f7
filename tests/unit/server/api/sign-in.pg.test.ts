import { expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { resetPassword } from '#server/accounts/reset-password.ts';
import { withScope } from '#server/store/database.ts';
import { CONSOLE, GROUPS, kindOf, signInDesk } from '#tests/helpers/sign-in-desk.ts';
import { bearer, TEST_PASSWORD } from '#tests/helpers/test-api.ts';
import { ProviderPages } from '#tests/helpers/walk-sign-in.ts';

const desk = signInDesk();
const { provider, tokens, settings, ask, set, audited, accountOf } = desk;
const { start, begin, back, comeIn, sessionOf } = desk;

it('nobody comes in by a provider before an administrator said how', async () => {
  expect((await desk.api().inject('/api/v1/sign-in')).json()).toEqual({ ways: [] });
  expect(kindOf(await start())).toBe('sign_in_off');
  expect((await ask('administrator', 'GET', '/provider')).json()).toEqual({
    settings: null,
    hasAccess: false,
  });
  expect((await ask('administrator', 'POST', '/provider/check', {})).json()).toEqual({
    problem: 'off',
    canSignOut: false,
  });
});

it('the settings are kept with the secret sealed; the door names the provider and nothing else', async () => {
  await set();
  const view = await ask('administrator', 'GET', '/provider');
  const { clientAccess: _, ...kept } = settings();
  expect(view.json()).toEqual({ settings: kept, hasAccess: true });
  const row = await withScope(desk.base().db, { region: 'eao' }, (tx) =>
    tx.selectFrom('sign_in_provider').selectAll().executeTakeFirstOrThrow(),
  );
  const lines = JSON.stringify(await audited('setting_changed'));
  for (const text of [view.body, JSON.stringify(row), lines, desk.logged()])
    expect(text).not.toContain(provider.client.access);
  expect(lines).toContain('"access":"changed"');
  expect((await desk.api().inject('/api/v1/sign-in')).json()).toEqual({
    ways: [{ region: 'eao', regionName: 'Еврейская автономная область', name: 'Единый вход' }],
  });
  // Another provider is not handed the secret of this one.
  await set({ issuer: 'https://thief.example', clientAccess: null });
  expect((await ask('administrator', 'GET', '/provider')).json()).toMatchObject({ hasAccess: false });
  await set();
  await set({ clientAccess: null });
  expect((await ask('administrator', 'GET', '/provider')).json()).toMatchObject({ hasAccess: true });
});

it.each([
  { issuer: 'ftp://sso.example' },
  { issuer: 'sso' },
  { consoleUrl: 'javascript:alert(1)' },
  { scope: 'profile' },
  { loginClaim: 'a..b' },
  { linkBy: 'anything' },
  { groups: [{ group: 'a', role: 'executor', agency: null }] },
  { groups: [{ group: 'a', role: 'operator', agency: 'roads' }] },
  { groups: [{ group: 'a', role: 'king', agency: null }] },
  { groups: [GROUPS[0], GROUPS[0]] },
  { groups: Array.from({ length: 501 }, (_, n) => ({ group: `g${n}`, role: 'operator', agency: null })) },
  { other: 1 },
])('refuses settings with %j whole', async (change) => {
  const before = (await ask('administrator', 'GET', '/provider')).body;
  expect(
    (await ask('administrator', 'PUT', '/provider', settings({ name: 'Иначе', ...change }))).statusCode,
  ).toBe(400);
  expect((await ask('administrator', 'GET', '/provider')).body).toBe(before);
});

it.each(ROLES.filter((role) => role !== 'administrator'))('%s sees and changes none of it', async (role) => {
  const asked = [
    ask(role, 'GET', '/provider'),
    ask(role, 'PUT', '/provider', settings()),
    ask(role, 'POST', '/provider/check', {}),
  ];
  for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(403);
});

it('an administrator of another region reaches none of it', async () => {
  expect((await ask('amur-chief', 'GET', '/provider')).json()).toEqual({ settings: null, hasAccess: false });
  expect(kindOf(await start('amur'))).toBe('sign_in_off');
});

it('somebody new comes in with the rights of their groups, and is the same person the next time', async () => {
  provider.people.set('ivanova', { name: 'Анна Иванова', groups: ['/all', '/pult/operators'] });
  const first = await comeIn('ivanova');
  expect(first.end).toBe('/signed-in');
  const session = await sessionOf(first.session);
  expect(session).toMatchObject({
    account: { login: 'ivanova', displayName: 'Анна Иванова', role: 'operator', agency: null },
    region: { code: 'eao' },
    judgedBy: 'provider',
    begunAt: desk.clock().now,
  });
  const { id } = must(await accountOf('ivanova'), 'an account');
  expect((await audited('account_added')).at(-1)).toMatchObject({ actor: id, about: id });
  expect((await audited('login_provider')).at(-1)).toMatchObject({ actor: id });
  // No password opens it.
  const login = { login: 'ivanova', password: TEST_PASSWORD };
  const typed = await desk.api().inject({ method: 'POST', url: '/api/v1/session', payload: login });
  expect(kindOf(typed)).toBe('wrong_password');

  provider.people.set('ivanova', { name: 'Анна Петрова', groups: ['/pult/roads'] });
  const second = await comeIn('ivanova');
  expect(await sessionOf(second.session)).toMatchObject({
    account: { id, displayName: 'Анна Петрова', role: 'executor', agency: 'roads' },
  });
  // The session of the other rights is over.
  expect((await sessionOf(first.session)).error?.kind).toBe('unauthenticated');
  expect(await audited('account_linked')).toEqual([]);
});

it('logging out leads to the place where the provider ends its own session', async () => {
  provider.people.set('smirnov', { groups: ['/pult/operators'] });
  const { session = '' } = await comeIn('smirnov');
  const payload = {};
  const headers = { origin: 'http://pult.test', host: 'pult.test' };
  const cookies = { pult_session: session };
  const url = '/api/v1/sign-in/end';
  const ended = await desk.api().inject({ method: 'POST', url, payload, headers, cookies });
  const end = new URL(ended.json<{ url: string }>().url);
  expect(end.href.startsWith(`${provider.issuer}/session/end?`)).toBe(true);
  expect(end.searchParams.get('post_logout_redirect_uri')).toBe(`${CONSOLE}/`);
  expect((await fetch(end)).status).toBe(200);
  // Where a password let somebody in there is none.
  expect((await ask('operator', 'POST', '/end', {})).json()).toEqual({ url: null });
  const row = await withScope(desk.base().db, { region: 'eao' }, (tx) =>
    tx.selectFrom('session').select('end_url').where('end_url', 'is not', null).execute(),
  );
  expect(JSON.stringify(row)).not.toContain('session/end');
});

it.each([
  ['no group of theirs is in the table', { groups: ['/other'] }, 'no_group'],
  ['they have no groups at all', {}, 'no_group'],
  ['the agency of their group is no more', { groups: ['/pult/gone'] }, 'agency'],
  [
    'their login is somebody’s',
    { preferred_username: 'operator', groups: ['/pult/operators'] },
    'login_taken',
  ],
  [
    'their login looks like somebody’s',
    { preferred_username: '0perator', groups: ['/pult/operators'] },
    'login_taken',
  ],
  [
    'their login cannot be one',
    { preferred_username: 'оператор', groups: ['/pult/operators'] },
    'login_unfit',
  ],
  ['they are told no login', { preferred_username: '', groups: ['/pult/operators'] }, 'claims'],
])('whoever is refused because %s leaves no account and one line', async (_why, claims, why) => {
  const before = (await audited('login_refused')).length;
  provider.people.set('newman', claims);
  expect(await comeIn('newman')).toEqual({ end: `/signed-in#sign_in_${why}`, session: undefined });
  expect(await accountOf('newman')).toBeUndefined();
  const lines = await audited('login_refused');
  expect(lines).toHaveLength(before + 1);
  expect(lines.at(-1)?.detail).toMatchObject({ why });
});

it('nobody new gets an account where the administrator makes them', async () => {
  await set({ mayCreate: false });
  provider.people.set('stranger', { groups: ['/pult/operators'] });
  expect((await comeIn('stranger')).end).toBe('/signed-in#sign_in_unknown_person');
  await set();
});

it('groups deep in another claim are found', async () => {
  await set({ groupsClaim: 'realm_access.roles' });
  provider.people.set('deep', { realm_access: { roles: ['x', '/pult/operators'] } });
  expect((await comeIn('deep')).end).toBe('/signed-in');
  await set();
});

it('an account of old is taken only as the administrator allows, once, and its password ends', async () => {
  provider.people.set('approver', { groups: ['/pult/operators'] });
  expect((await comeIn('approver')).end).toBe('/signed-in#sign_in_login_taken');
  await set({ linkBy: 'login' });
  // The role stays: by another one sessions end in any case.
  provider.people.set('approver', { groups: ['/pult/approvers'] });
  const older = must(tokens.get('approver'), 'a token');
  expect(await devicesOf('approver')).toBe(1);
  const { session } = await comeIn('approver');
  expect(await sessionOf(session)).toMatchObject({ account: { id: 'approver', role: 'approver' } });
  expect((await sessionOf(older)).error?.kind).toBe('unauthenticated');
  expect(await devicesOf('approver')).toBe(0);
  expect(await audited('account_linked')).toMatchObject([
    { about: 'approver', detail: { account: 'approver', endedSessions: 1 } },
  ]);
  // Linked once, a second window ends nothing.
  const again = await comeIn('approver');
  expect(await sessionOf(session)).toMatchObject({ account: { id: 'approver' } });
  expect(await sessionOf(again.session)).toMatchObject({ account: { id: 'approver' } });
  const login = { login: 'approver', password: TEST_PASSWORD };
  const typed = await desk.api().inject({ method: 'POST', url: '/api/v1/session', payload: login });
  expect(kindOf(typed)).toBe('wrong_password');
  // Somebody else of the provider who calls themselves so does not get it.
  provider.people.set('impostor', { preferred_username: 'approver', groups: ['/pult/operators'] });
  expect((await comeIn('impostor')).end).toBe('/signed-in#sign_in_linked');
  // A password that an administrator gives is the way back, and shuts the provider out.
  const act = { region: 'eao', account: 'approver', by: 'administrator', address: '' };
  const reset = await resetPassword(desk.base().db, act, desk.clock().now);
  expect(reset.kind).toBe('reset');
  expect(await accountOf('approver')).toMatchObject({ judged_by: 'here' });
  expect((await sessionOf(session)).error?.kind).toBe('unauthenticated');
});

it('a mail address links only where the provider has verified it', async () => {
  await set({ linkBy: 'mail' });
  const address = 'vera@example.org';
  await withScope(desk.base().db, { region: 'eao' }, (tx) =>
    tx
      .insertInto('notice_choice')
      .values({ region_id: 'eao', account_id: 'observer', address, off: '[]', changed_at: 1 })
      .execute(),
  );
  const claims = { email: 'Vera@example.org', groups: ['/pult/operators'] };
  provider.people.set('vera1', { ...claims, email_verified: false });
  expect(await sessionOf((await comeIn('vera1')).session)).toMatchObject({ account: { login: 'vera1' } });
  provider.people.set('vera2', { ...claims, email_verified: true });
  expect(await sessionOf((await comeIn('vera2')).session)).toMatchObject({ account: { id: 'observer' } });
  await set();
});

it('the last administrator stays one, and a closed account stays closed', async () => {
  await set({ linkBy: 'login' });
  provider.people.set('administrator', { name: 'Главный', groups: ['/pult/operators'] });
  expect((await comeIn('administrator')).end).toBe('/signed-in');
  expect(await accountOf('administrator')).toMatchObject({ display_name: 'Главный', role: 'administrator' });
  // The link has ended the session that the tests had.
  tokens.set('administrator', must((await comeIn('administrator')).session, 'a session'));
  await set();
  provider.people.set('ended', { groups: ['/pult/operators'] });
  await comeIn('ended');
  const { id } = must(await accountOf('ended'), 'an account');
  const url = `/api/v1/accounts/${id}/disabled`;
  const headers = bearer(must(tokens.get('administrator'), 'a token'));
  await desk.api().inject({ method: 'PUT', url, headers, payload: { disabled: true } });
  expect(await comeIn('ended')).toEqual({ end: '/signed-in#sign_in_disabled', session: undefined });
});

/** Counts devices that a person is known at. */
const devicesOf = async (account: string): Promise<number> =>
  (
    await withScope(desk.base().db, { region: 'eao', account }, (tx) =>
      tx.selectFrom('device').select('account_id').where('account_id', '=', account).execute(),
    )
  ).length;

it.each([
  ['another audience', { claims: { aud: 'another-system' } }, 'audience'],
  ['another issuer', { claims: { iss: 'https://other.example' } }, 'issuer'],
  ['another nonce', { claims: { nonce: 'of somebody else' } }, 'nonce'],
  ['a time that is over', { claims: { exp: 1_700_000_000, iat: 1_699_999_000 } }, 'expired'],
  ['a key of nobody’s', { strangeKey: true }, 'signature'],
])('a token with %s lets nobody in', async (_what, lie, why) => {
  provider.people.set('liar', { groups: ['/pult/operators'] });
  provider.lie = lie;
  expect(await comeIn('liar')).toEqual({ end: `/signed-in#sign_in_${why}`, session: undefined });
  expect(await accountOf('liar')).toBeUndefined();
});

it('keys that the provider has changed meanwhile are read anew', async () => {
  provider.people.set('rotated', { groups: ['/pult/operators'] });
  expect((await comeIn('rotated')).end).toBe('/signed-in');
  provider.changeKeys();
  expect((await comeIn('rotated')).end).toBe('/signed-in');
});

it('a provider that is down, silent, another one or not allowed is told by its name', async () => {
  const { issuer } = provider;
  await set({ issuer: 'http://127.0.0.1:9' });
  expect(kindOf(await start())).toBe('sign_in_unreachable');
  await set({ issuer: 'http://10.1.2.3' });
  expect(kindOf(await start())).toBe('sign_in_private_address');
  await set({ issuer: 'http://93.184.215.14' });
  expect(kindOf(await start())).toBe('sign_in_not_encrypted');
  await set({ issuer });
  provider.lie = { metadata: { end_session_endpoint: 'javascript:alert(1)' } };
  expect(kindOf(await start())).toBe('sign_in_metadata');
  provider.lie = { metadata: { issuer: 'https://other.example' } };
  expect(kindOf(await start())).toBe('sign_in_metadata');
  expect((await ask('administrator', 'POST', '/provider/check', {})).json()).toEqual({
    problem: 'metadata',
    canSignOut: false,
  });
  provider.lie = {};
  expect((await ask('administrator', 'POST', '/provider/check', {})).json()).toEqual({
    problem: null,
    canSignOut: true,
  });
  // It stops answering while the person is at its page.
  provider.people.set('patient', { groups: ['/pult/operators'] });
  const { url, cookies } = await begin();
  const at = await new ProviderPages().signIn(url, 'patient');
  provider.isSilent = true;
  expect((await back(at, cookies)).end).toBe('/signed-in#sign_in_late');
  provider.isSilent = false;
  await set({ clientAccess: 'wrong' });
  expect((await comeIn('patient')).end).toBe('/signed-in#sign_in_client');
  expect(await accountOf('patient')).toBeUndefined();
  await set();
  expect(kindOf(await start('eao', 'pult.example'))).toBe('sign_in_elsewhere');
});

it('an answer is good once, in the browser that began, for its own question and for a while', async () => {
  provider.people.set('careful', { groups: ['/pult/operators'] });
  const first = await begin();
  const at = await new ProviderPages().signIn(first.url, 'careful');
  // Another browser has no cookie, or one of another sign-in.
  expect((await back(at, {})).end).toBe('/signed-in#sign_in_stale');
  const other = await begin();
  expect((await back(at, other.cookies)).end).toBe('/signed-in#sign_in_state');
  expect((await back(at, { pult_sign_in: 'x'.repeat(300) })).end).toBe('/signed-in#sign_in_stale');
  expect((await back(at, first.cookies)).end).toBe('/signed-in');
  expect((await back(at, first.cookies)).end).toBe('/signed-in#sign_in_code');
  const cancelled = await begin();
  const away = await new ProviderPages().signIn(cancelled.url, 'careful', { cancel: true });
  expect((await back(away, cancelled.cookies)).end).toBe('/signed-in#sign_in_cancelled');
  const late = await begin();
  const answer = await new ProviderPages().signIn(late.url, 'careful');
  desk.clock().now += 16 * 60_000;
  expect((await back(answer, late.cookies)).end).toBe('/signed-in#sign_in_stale');
});

it('whoever guesses at codes waits; a sign-in forgives', async () => {
  provider.people.set('guesser', { groups: ['/pult/operators'] });
  const guess = async () => {
    const { url, cookies } = await begin();
    const state = must(new URL(url).searchParams.get('state'), 'a state');
    const iss = encodeURIComponent(provider.issuer);
    return (await back(`${CONSOLE}/api/v1/sign-in/callback?code=guess&state=${state}&iss=${iss}`, cookies))
      .end;
  };
  expect((await comeIn('guesser')).end).toBe('/signed-in');
  for (let tries = 0; tries < 10; tries += 1) expect(await guess()).toBe('/signed-in#sign_in_code');
  expect(await guess()).toBe('/signed-in#rate_limited');
  desk.clock().now += 3 * 60_000;
  expect((await comeIn('guesser')).end).toBe('/signed-in');
  expect(await guess()).toBe('/signed-in#sign_in_code');
});

it('two first sign-ins of one person at once make one account', async () => {
  provider.people.set('twin', { groups: ['/pult/operators'] });
  const begun = [await begin(), await begin()];
  const ways = await Promise.all(begun.map(({ url }) => new ProviderPages().signIn(url, 'twin')));
  const ends = await Promise.all(begun.map(({ cookies }, n) => back(must(ways[n], 'a way'), cookies)));
  expect(ends.map(({ end }) => end)).toEqual(['/signed-in', '/signed-in']);
  const sessions = await Promise.all(ends.map(({ session }) => sessionOf(session)));
  expect(sessions[0].account.id).toBe(sessions[1].account.id);
});
