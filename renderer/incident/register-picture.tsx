import { Button, FileButton, Group } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useState, type ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** The image in a clipboard, if there is one. */
export const pastedImage = ({ clipboardData }: ClipboardEvent): File | null =>
  [...clipboardData.files].find(({ type }) => type.startsWith('image/')) ?? null;

interface Props {
  readonly picture: File | null;
  readonly onChange: (picture: File | null) => void;
}

/** A screenshot to read from while typing. The file itself stays here: only that there was one is written down. */
export const RegisterPicture = ({ picture, onChange }: Props) => {
  const { t } = useTranslation();
  return (
    <Group gap="sm" align="center">
      <FileButton accept="image/*" onChange={(file) => onChange(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconPhoto size={16} aria-hidden />}>
            {t('register.picture')}
          </Button>
        )}
      </FileButton>
      {picture === null ? (
        <small>{t('register.pictureHint')}</small>
      ) : (
        <>
          <small>{t('register.pictureStays', { name: picture.name })}</small>
          <Button size="compact-sm" variant="default" onClick={() => onChange(null)}>
            {t('register.pictureRemove')}
          </Button>
          <Shown key={`${picture.name} ${picture.lastModified}`} picture={picture} />
        </>
      )}
    </Group>
  );
};

const Shown = ({ picture }: { readonly picture: File }) => {
  const { t } = useTranslation();
  const [address] = useState(() => URL.createObjectURL(picture));
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return <img src={address} alt={t('register.pictureAlt')} style={{ maxWidth: '100%', maxHeight: 220 }} />;
};
