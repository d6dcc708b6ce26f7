import { IconFileTypePdf } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '#shared/domain/attachment.ts';
import { useStatus } from '#renderer/kit/context/console-context.tsx';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import classes from './attachments.module.css';
import { FileFate } from './file-fate.tsx';
import { sizeWords } from './size-words.ts';
import { FileViewer } from './file-viewer.tsx';
import { useFileUrl } from './use-file-url.ts';
import { useSaveFile } from './use-save-file.ts';

interface ThumbProps {
  readonly incident: string;
  readonly file: Attachment;
  readonly onOpen: () => void;
}

const PictureThumb = ({ incident, file, onOpen }: ThumbProps) => {
  const { t } = useTranslation();
  const view = useFileUrl(incident, file);
  const isLive = useStatus().connection.state === 'live';
  const away = t(isLive ? 'attachment.notThere' : 'attachment.offline');
  const isShown = view.state === 'here';
  return (
    <button
      type="button"
      className={classes['thumb']}
      data-shown={isShown ? '' : undefined}
      title={file.name}
      onClick={onOpen}
    >
      {isShown ? (
        <img src={view.url} alt={t('attachment.alt', { name: file.name })} />
      ) : (
        <span>{view.state === 'away' ? away : t('attachment.loading')}</span>
      )}
    </button>
  );
};

const PdfThumb = ({ file, onOpen }: Pick<ThumbProps, 'file' | 'onOpen'>) => {
  const { t } = useTranslation();
  const words = t('attachment.pdf', { size: sizeWords(file.size, t, useLanguage()) });
  return (
    <button
      type="button"
      className={classes['thumb']}
      aria-label={`${words}. ${t('attachment.save', { name: file.name })}`}
      title={file.name}
      onClick={onOpen}
    >
      <span>
        <IconFileTypePdf size={30} stroke={1.5} aria-hidden />
        {words}
      </span>
    </button>
  );
};

interface Props {
  /** Empty while the files belong to no incident yet: they are then read from this workstation. */
  readonly incident: string;
  readonly files: readonly Attachment[] | undefined;
  readonly label: string;
  /** Actions on a file where the list is still being made. */
  readonly acts?: (file: Attachment, at: number) => ReactNode;
}

/** Attached files: pictures open large, a PDF is saved. */
export const FileStrip = ({ incident, files = [], label, acts }: Props) => {
  const save = useSaveFile(incident);
  const [shown, setShown] = useState<Attachment | null>(null);
  if (files.length === 0) return null;
  const isPdf = ({ type }: Attachment): boolean => type === 'application/pdf';
  return (
    <>
      <ul className={classes['strip']} aria-label={label}>
        {files.map((file, at) => (
          <li key={file.hash}>
            {isPdf(file) ? (
              <PdfThumb file={file} onOpen={() => void save(file)} />
            ) : (
              <PictureThumb incident={incident} file={file} onOpen={() => setShown(file)} />
            )}
            <span className={classes['name']} title={file.name}>
              {file.name}
            </span>
            {acts === undefined ? <FileFate incident={incident} file={file} /> : acts(file, at)}
          </li>
        ))}
      </ul>
      {shown !== null && (
        <FileViewer
          incident={incident}
          pictures={files.filter((file) => !isPdf(file))}
          shown={shown}
          onShow={setShown}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
};
