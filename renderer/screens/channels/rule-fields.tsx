import { Checkbox, Group, Textarea, TextInput, type TextareaProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MESSAGE_CHOICES, type MessageChoice } from '#shared/protocol/channels.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import own from './channels.module.css';

interface Props {
  readonly field: (name: 'watch' | 'stop' | 'ignore' | 'togetherHours') => Pick<
    TextareaProps,
    'label' | 'description' | 'error' | 'value'
  > & {
    readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  };
  readonly kinds: readonly MessageChoice[];
  readonly onKinds: (kinds: readonly MessageChoice[]) => void;
}

const SIZE = { autosize: true, minRows: 2, maxRows: 6 } as const;

/** Rules by which a page's messages enter the queue; the others stand in its log with the rule's name. */
export function RuleFields({ field, kinds, onKinds }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('channels.form.rules')}</legend>
      <Checkbox.Group
        className={own['wide'] ?? ''}
        label={t('channels.form.kinds')}
        description={t('channels.formHint.kinds')}
        value={[...kinds]}
        onChange={(chosen) => onKinds(MESSAGE_CHOICES.filter((kind) => chosen.includes(kind)))}
      >
        <Group mt="xs">
          {MESSAGE_CHOICES.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`channels.kind.${kind}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <TextInput {...field('togetherHours')} inputMode="numeric" className={own['wide'] ?? ''} />
      <Textarea {...field('watch')} {...SIZE} />
      <Textarea {...field('stop')} {...SIZE} />
      <Textarea {...field('ignore')} {...SIZE} className={own['wide'] ?? ''} />
    </fieldset>
  );
}
