import type { FastifyReply } from 'fastify';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { HandedOver, ShellWait } from '#shared/protocol/shell-sign-in.ts';
import { html } from '#shared/text/html.ts';
import { markOf } from '#server/sign-in/handover.ts';
import { ownPage } from './own-page.ts';

const WORDS = {
  ru: {
    title: 'Вход в приложение «Пульт»',
    as: 'Вас впустили как:',
    compare: 'Сверьте число. В окне Пульта должно стоять то же самое:',
    warning:
      'Если число другое или вы не начинали вход в приложении, закройте эту страницу: ' +
      'без кнопки никто не войдёт.',
    go: 'Продолжить в Пульте',
    refused: 'Войти не получилось',
    why: 'Причина будет показана в окне Пульта.',
    back: 'Вернуться в Пульт',
  },
  en: {
    title: 'Sign-in to the Pult application',
    as: 'You were let in as:',
    compare: 'Compare the number. The window of Pult must show the same one:',
    warning:
      'If the number differs, or you did not begin a sign-in in the application, close this page: ' +
      'without the button nobody comes in.',
    go: 'Continue in Pult',
    refused: 'The sign-in did not succeed',
    why: 'The window of Pult will say why.',
    back: 'Back to Pult',
  },
} as const;

/** The end of a sign-in that a shell waits for. */
export type ShellEnd =
  | { readonly kind: 'code'; readonly code: string; readonly name: string }
  | { readonly kind: 'refused'; readonly why: ApiErrorKind };

/**
 * Makes the form that carries an end to the shell: in its body, for addresses stay in the browser's history.
 * It goes by a person's click alone, so that a link of somebody else's shell takes nobody's session along.
 */
function formOf({ port, path }: ShellWait, handed: HandedOver, button: string) {
  const fields = Object.entries(handed).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="http://127.0.0.1:${port}/${path}">
    ${fields} <button type="submit">${button}</button>
  </form>`;
}

function pageOf(end: ShellEnd, shell: ShellWait): string {
  const words = WORDS[shell.language];
  const { state } = shell;
  if (end.kind === 'refused') {
    const form = formOf(shell, { state, refusal: end.why }, words.back);
    return ownPage(
      shell.language,
      words.refused,
      html`<p>${words.why}</p>
        ${form}`,
    );
  }
  const form = formOf(shell, { state, code: end.code }, words.go);
  return ownPage(
    shell.language,
    words.title,
    html`<p>${words.as} <strong>${end.name}</strong></p>
      <p>${words.compare}</p>
      <p class="mark">${markOf(shell.challenge)}</p>
      <p>${words.warning}</p>
      ${form}`,
  );
}

/** Sends the browser's last page. Its form may go to the loopback address of this one shell alone. */
export function sendHandover(reply: FastifyReply, end: ShellEnd, shell: ShellWait): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `form-action http://127.0.0.1:${shell.port}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return reply
    .header('content-security-policy', policy.join(';'))
    .type('text/html; charset=utf-8')
    .send(pageOf(end, shell));
}
