import { Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MESSAGE_CHOICES } from '#shared/protocol/channels.ts';
import classes from '#renderer/kit/layout/administration.module.css';
import own from './channels.module.css';
import type { PageField } from './page-field.ts';

const SIZE = { autosize: true, minRows: 2, maxRows: 6 } as const;

/** Rules by which a page's messages enter the queue; the others stand in its log with the rule's name. */
export function RuleFields({ field }: { readonly field: PageField }) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes['fields']}>
      <legend>{t('channels.form.rules')}</legend>
      <Checkbox.Group {...field('kinds')} className={own['wide'] ?? ''}>
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
