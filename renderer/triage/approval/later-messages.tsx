import { useTranslation } from 'react-i18next';
import type { Incident } from '#shared/domain/incident.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import card from '#renderer/triage/fields/card.module.css';
import { LinkedText } from '#renderer/triage/messages/linked-text.tsx';

/** Messages of the author since the last answer, besides the first message: part of the question. */
export const LaterMessages = ({ incident }: { readonly incident: Incident }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const answered = Math.max(0, ...incident.replies.map(({ publishedAt }) => publishedAt ?? 0));
  const later = incident.messages.filter(({ at }) => at > answered);
  return later.map(({ text, at, author, url }) => (
    <div key={`${at} ${url}`}>
      <div className={card['by']}>
        {[t('approval.later'), author ?? '', when.short(at, now)].filter(Boolean).join(' · ')}
      </div>
      <blockquote className={card['said']} lang="ru">
        <LinkedText text={text} />
      </blockquote>
    </div>
  ));
};
