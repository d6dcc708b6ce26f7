import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { armsUrl } from '#shared/domain/arms.ts';
import { SHEET_WORDS } from '#shared/report/paper/sheet-words.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { WIDE } from '#renderer/kit/directory/entry-fields.tsx';
import { ArmsField } from './arms-field.tsx';
import type { RulesFields } from './rules-draft.ts';
import classes from './rules.module.css';
import type { TypedRules } from './use-rules-form.ts';

/** The head of a summary and who signs it, with a look at the paper. */
export function LetterheadPart({ form }: { readonly form: TypedRules }) {
  const { t } = useTranslation();
  return (
    <section className={classes['part']} aria-label={t('rules.part.letterhead')}>
      <h2>{t('rules.part.letterhead')}</h2>
      <p className={classes['hint']}>{t('rules.letterheadHint')}</p>
      <div className={classes['fields']}>
        <TextInput
          {...form.getInputProps('header')}
          style={WIDE}
          label={t('rules.header.label')}
          placeholder={SHEET_WORDS.ru.centre}
        />
        <TextInput
          {...form.getInputProps('post')}
          label={t('rules.post.label')}
          description={t('rules.post.hint')}
        />
        <TextInput
          {...form.getInputProps('signer')}
          label={t('rules.signer.label')}
          description={t('rules.signer.hint')}
        />
        <div style={WIDE}>
          <ArmsField
            value={form.values.arms}
            error={form.errors['arms']}
            onChange={(arms) => form.setFieldValue('arms', arms)}
          />
        </div>
      </div>
      <Paper values={form.values} />
    </section>
  );
}

/** The head and the foot of a summary as they will be printed. */
function Paper({ values: { header, post, signer, arms } }: { readonly values: RulesFields }) {
  const { t } = useTranslation();
  const { region } = useSession();
  const words = SHEET_WORDS.ru;
  return (
    <figure className={classes['paper']} lang="ru" aria-label={t('rules.preview')}>
      <header>
        {arms !== null && <img src={armsUrl(arms)} alt="" />}
        <b>{words.title}</b>
        <span>
          {header.trim() || words.centre}
          <br />
          {region.name}
        </span>
      </header>
      {(post.trim() !== '' || signer.trim() !== '') && (
        <p className={classes['signed']}>
          <span>{post}</span>
          <i />
          <span>{signer}</span>
        </p>
      )}
    </figure>
  );
}
