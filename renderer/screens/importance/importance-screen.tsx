import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { DeadlineTabs } from '#renderer/kit/deadlines/deadline-tabs.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import classes from './importance.module.css';
import { RuleDrawer } from './rule-drawer.tsx';
import { RuleList } from './rule-list.tsx';

/** The rules of importance. Address: `/importance`, `/importance/<id>`, `/importance/new`. */
export function ImportanceScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('importanceRules.title')}
      documentTitle={t('importanceRules.documentTitle')}
      mayNot={t('importanceRules.mayNot')}
    >
      <Rules />
    </Administration>
  );
}

function Rules() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const { importanceRules } = useReference();
  return (
    <>
      <Head title={t('importanceRules.title')}>
        <div className={classes['tools']}>
          <DeadlineTabs current="importance" />
          <TableMenu kind="importance_rule" />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/importance/new')}>
            {t('importanceRules.add')}
          </Button>
        </div>
      </Head>
      {importanceRules.length === 0 ? (
        <Lesson
          title={t('importanceRules.empty.title')}
          lead={t('importanceRules.empty.lead')}
          steps={(['words', 'topic', 'count'] as const).map((step) => t(`importanceRules.empty.${step}`))}
        />
      ) : (
        <>
          <p className={classes['hint']}>{t('importanceRules.lead')}</p>
          <RuleList />
        </>
      )}
      {id !== undefined && <RuleDrawer key={id} id={id} onClose={() => goTo('/importance')} />}
    </>
  );
}
