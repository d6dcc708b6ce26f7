import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Classification } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { existsAt } from '#shared/domain/directory.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicsInForce } from '#renderer/kit/context/reference.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import type { Addressee } from '#renderer/triage/card/use-triage.ts';
import { Picker } from '#renderer/kit/forms/picker.tsx';

interface Opened {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Topic names carry the registry's star; on the screen it says nothing. */
export const topicLabel = (name: string): string => name.replace(/^★\s*/, '');

/** Any topic in force when the message was written. */
export const TopicPicker = ({
  isOpen,
  onClose,
  at,
  onPick,
}: Opened & { readonly at: Instant; readonly onPick: (topic: Classification) => void }) => {
  const { t } = useTranslation();
  const reference = useReference();
  const topics = useMemo(() => topicsInForce(reference, at), [reference, at]);
  const items = topics.map(({ name, group }, index) => ({
    id: String(index),
    label: topicLabel(name),
    hint: group,
  }));
  const pick = (id: string): void => {
    const topic = topics[Number(id)];
    if (topic !== undefined) onPick({ group: topic.group, topic: topic.name });
    onClose();
  };
  return (
    <Picker
      isOpen={isOpen}
      title={t('picker.topic')}
      items={items}
      none={t('picker.noTopics')}
      onPick={pick}
      onClose={onClose}
    />
  );
};

/** Any agency that exists now, with its units. */
export const AgencyPicker = ({
  isOpen,
  onClose,
  title,
  onPick,
}: Opened & { readonly title?: string; readonly onPick: (to: Addressee) => void }) => {
  const { t } = useTranslation();
  const { agencies } = useReference();
  const now = useNow();
  const choices = agencies
    .filter((agency) => existsAt(agency, now))
    .flatMap(({ id, name, kind, units }) => [
      { to: { agency: id, unit: '' }, label: name, hint: t(`agencyKind.${kind}`) },
      ...units.map((unit) => ({
        to: { agency: id, unit },
        label: `${name} · ${unit}`,
        hint: t(`agencyKind.${kind}`),
      })),
    ]);
  const items = choices.map(({ label, hint }, index) => ({ id: String(index), label, hint }));
  const pick = (id: string): void => {
    const choice = choices[Number(id)];
    if (choice !== undefined) onPick(choice.to);
    onClose();
  };
  return (
    <Picker
      isOpen={isOpen}
      title={title ?? t('picker.agency')}
      items={items}
      none={t('picker.noAgencies')}
      onPick={pick}
      onClose={onClose}
    />
  );
};
