import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { DeadlineTabs } from '#renderer/kit/deadlines/deadline-tabs.tsx';
import { Administration, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { TableMenu } from '#renderer/triage/settings-load/table-menu.tsx';
import classes from './deadlines.module.css';
import { PolicyLoadMoves } from './load-moves.tsx';
import { PolicyDrawer } from './policy-drawer.tsx';
import { PolicyList } from './policy-list.tsx';
import { PresetDialog } from './preset-dialog.tsx';
import { WhichDeadline } from './which-deadline.tsx';

/** The deadlines of the region as data. Address: `/deadlines`, `/deadlines/<id>`, `/deadlines/new`. */
export function DeadlinesScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('deadlines.title')}
      documentTitle={t('deadlines.documentTitle')}
      mayNot={t('deadlines.mayNot')}
    >
      <Deadlines />
    </Administration>
  );
}

function Deadlines() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const { policies } = useReference();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <Head title={t('deadlines.title')}>
        <div className={classes['tools']}>
          <DeadlineTabs current="deadlines" />
          <TableMenu kind="policy" about={(preview) => <PolicyLoadMoves preview={preview} />} />
          <Button variant="default" onClick={() => setChoosing(true)}>
            {t('deadlines.presets')}
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => goTo('/deadlines/new')}>
            {t('deadlines.add')}
          </Button>
        </div>
      </Head>
      {policies.length === 0 ? (
        <Lesson
          title={t('deadlines.empty.title')}
          lead={t('deadlines.empty.lead')}
          steps={(['preset', 'add', 'calendar'] as const).map((step) => t(`deadlines.empty.${step}`))}
        />
      ) : (
        <>
          <p className={classes['hint']}>{t('deadlines.lead')}</p>
          <PolicyList />
          <WhichDeadline />
        </>
      )}
      {id !== undefined && <PolicyDrawer key={id} id={id} onClose={() => goTo('/deadlines')} />}
      {isChoosing && <PresetDialog onClose={() => setChoosing(false)} />}
    </>
  );
}
