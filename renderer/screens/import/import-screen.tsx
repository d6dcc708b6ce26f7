import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { assertNever } from '#shared/domain/must.ts';
import { Column } from '#renderer/kit/layout/column.tsx';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { DropZone } from './drop-zone.tsx';
import { ExportPanel } from './export-panel.tsx';
import { FileCheck } from './file-check.tsx';
import classes from './import.module.css';
import { ImportResultView, ImportSending } from './import-result.tsx';
import { useImport } from './use-import.ts';

/** The registry's files: in, with a look before anything is taken, and out. */
export function ImportScreen() {
  const { t } = useTranslation();
  const { account } = useSession();
  useEffect(() => {
    document.title = t('import.documentTitle');
  }, [t]);
  const mayImport = account.role === 'operator' || account.role === 'administrator';
  return (
    <Column width={1080}>
      <h1>{t('import.title')}</h1>
      <Link className={classes['guide']} href="/moving">
        {t('moving.open')}
      </Link>
      {mayImport ? <ImportFlow /> : <p className={classes['hint']}>{t('import.mayNot')}</p>}
      <ExportPanel />
    </Column>
  );
}

function ImportFlow() {
  const { stage, wait, check, send } = useImport();
  const language = useLanguage();
  switch (stage.state) {
    case 'waiting':
      return <DropZone onFile={check} />;
    case 'checking':
      return (
        <FileCheck file={stage.file} onSend={(checked) => send({ checked, language })} onCancel={wait} />
      );
    case 'sending':
      return <ImportSending checked={stage.checked} progress={stage.progress} />;
    case 'ended':
      return (
        <ImportResultView
          file={stage.checked.file}
          end={stage.end}
          onAgain={() => send({ checked: stage.checked, language })}
          onOther={wait}
        />
      );
    default:
      return assertNever(stage);
  }
}
