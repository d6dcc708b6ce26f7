import type { FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MailLanguage } from '#shared/protocol/mail.ts';
import { UNSUBSCRIBE_PATH, readUnsubscribeToken, unsubscribe } from '#server/notices/unsubscribe.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { unsubscribePage, type UnsubscribeState } from './unsubscribe-page.ts';

const PATH = `${UNSUBSCRIBE_PATH}/:token`;
const config = { access: 'public' as const };
const schema = { params: z.object({ token: z.string().min(1).max(200) }) };

/**
 * The end of notices, for whoever has a mail. Mail programs end them by one POST (RFC 8058); a person gets a
 * page with a button, for filters and previews open every link.
 */
export const unsubscribeRoutes: Routes = (api, { mailer }) => {
  if (mailer === undefined) return;
  void api.register(async (plugin) => {
    const scope = plugin.withTypeProvider<ZodTypeProvider>();
    scope.removeAllContentTypeParsers();
    // Whatever comes along says no more than that it is meant.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 4096 }, (_request, _body, done) =>
      done(null),
    );
    const languageOf = async (token: string): Promise<MailLanguage | null> => {
      const person = readUnsubscribeToken(mailer.key, token);
      return person === null ? null : ((await mailer.view(person.region)).settings?.language ?? 'ru');
    };
    const show = (reply: FastifyReply, state: UnsubscribeState, language: MailLanguage | null) =>
      reply
        .code(state === 'unknown' ? 404 : 200)
        .header('cache-control', 'no-store')
        // A browser that tells no origin could not press the button: see refuseForeignOrigin.
        .header('referrer-policy', 'same-origin')
        .type('text/html; charset=utf-8')
        .send(unsubscribePage(state, language ?? 'ru'));
    scope.get(PATH, { config, schema }, async (request, reply) => {
      const language = await languageOf(request.params.token);
      return show(reply, language === null ? 'unknown' : 'asked', language);
    });
    scope.post(PATH, { config, schema }, async (request, reply) => {
      const { token } = request.params;
      const isDone = await unsubscribe(mailer, token, auditOriginOf(request));
      return show(reply, isDone ? 'done' : 'unknown', await languageOf(token));
    });
  });
};
