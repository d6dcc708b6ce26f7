import type { MailLanguage } from '#shared/protocol/mail.ts';
import { html } from '#shared/text/html.ts';
import { ownPage } from './own-page.ts';

/** State that the page tells: it asks, it was done, or the link is nobody's. */
export type UnsubscribeState = 'asked' | 'done' | 'unknown';

type Words = Readonly<Record<UnsubscribeState, { readonly title: string; readonly text: string }>> & {
  readonly button: string;
};

const AGAIN: Readonly<Record<MailLanguage, string>> = {
  ru: 'Включить их снова можно в Пульте, в разделе «Настройки».',
  en: 'They are switched on again in Pult, under «Settings».',
};
const OFF: Readonly<Record<MailLanguage, string>> = {
  ru: 'Выключить уведомления можно и в Пульте, в разделе «Настройки».',
  en: 'Notices can also be switched off in Pult, under «Settings».',
};

const WORDS: Readonly<Record<MailLanguage, Words>> = {
  ru: {
    asked: {
      title: 'Больше не присылать уведомления?',
      text: `Письма о новых сообщениях, возвратах и сроках перестанут приходить. ${AGAIN.ru}`,
    },
    done: {
      title: 'Уведомления выключены',
      text: `Письма больше не приходят. ${AGAIN.ru}`,
    },
    unknown: {
      title: 'Ссылка не подходит',
      text: `Проверьте, что она скопирована целиком. ${OFF.ru}`,
    },
    button: 'Не присылать',
  },
  en: {
    asked: {
      title: 'Send no more notices?',
      text: `Mails about new messages, replies sent back and deadlines stop coming. ${AGAIN.en}`,
    },
    done: {
      title: 'Notices are off',
      text: `No more mails come. ${AGAIN.en}`,
    },
    unknown: {
      title: 'This link does not fit',
      text: `Check that it was copied whole. ${OFF.en}`,
    },
    button: 'Send no more',
  },
};

/** A page of our own words alone: nothing that came with the request stands on it. */
export function unsubscribePage(state: UnsubscribeState, language: MailLanguage): string {
  const { [state]: words, button } = WORDS[language];
  const form = html`<form method="post"><button type="submit">${button}</button></form>`;
  return ownPage(
    language,
    words.title,
    html`<p>${words.text}</p>
      ${state === 'asked' ? form : null}`,
  );
}
