import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import { ProposalList } from './proposal-list.tsx';
import { TemplateDrawer } from './template-drawer.tsx';
import { TemplateList } from './template-list.tsx';
import classes from './templates.module.css';

/** The templates of replies. Address: `/templates`, `/templates/<id>`, `/templates/new`. */
export function TemplatesScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('templates.title')}
      documentTitle={t('templates.documentTitle')}
      mayNot={t('templates.mayNot')}
    >
      <Templates />
    </Administration>
  );
}

function Templates() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const { templates } = useReference();
  return (
    <>
      <Head title={t('templates.title')}>
        <div className={classes['tools']}>
          <TableMenu kind="reply_template" />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/templates/new')}>
            {t('templates.add')}
          </Button>
        </div>
      </Head>
      {templates.length === 0 ? (
        <Lesson
          title={t('templates.empty.title')}
          lead={t('templates.empty.lead')}
          steps={(['text', 'fits', 'reply'] as const).map((step) => t(`templates.empty.${step}`))}
        />
      ) : (
        <>
          <p className={classes['hint']}>{t('templates.lead')}</p>
          <TemplateList />
        </>
      )}
      <ProposalList />
      {id !== undefined && <TemplateDrawer key={id} id={id} onClose={() => goTo('/templates')} />}
    </>
  );
}
