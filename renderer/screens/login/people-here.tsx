import { Button, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetPerson, type Forgetting } from '#renderer/data/session/forget-person.ts';
import { peopleHere, type PersonHere } from '#renderer/data/session/people-here.ts';
import type { CopyFiles } from '#renderer/data/store/kept-copy.ts';
import { ForgetDialog } from '#renderer/kit/forget/forget-dialog.tsx';
import classes from '#renderer/kit/layout/entrance.module.css';
import { useLanguage } from '#renderer/kit/words/use-words.ts';

interface PeopleHereProps {
  readonly copyFiles: CopyFiles | null;
}

/**
 * The people whose copies this workstation keeps, each to be forgotten. Their names are shown to whoever asks
 * for them, not to whoever passes by.
 */
export const PeopleHere = ({ copyFiles }: PeopleHereProps) => {
  const { t } = useTranslation();
  const day = new Intl.DateTimeFormat(useLanguage(), { dateStyle: 'short' });
  const [people, setPeople] = useState<readonly PersonHere[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<PersonHere | null>(null);
  const read = async (): Promise<readonly PersonHere[]> => peopleHere().catch(() => []);
  useEffect(() => {
    let isHere = true;
    void read().then((found) => isHere && setPeople(found));
    return () => {
      isHere = false;
    };
  }, []);
  if (people.length === 0) return null;
  const forget = async ({ profile }: PersonHere): Promise<Forgetting | null> => {
    const forgetting = await forgetPerson(profile, copyFiles);
    setPeople(await read());
    if (forgetting.kind !== 'forgotten') return forgetting;
    setAsked(null);
    return null;
  };
  return (
    <section className={classes['people']}>
      <UnstyledButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('forget.people', { count: people.length })}
      </UnstyledButton>
      {isOpen && (
        <ul>
          {people.map((person) => (
            <li key={person.profile}>
              <span>
                <b>{person.session.account.displayName}</b>
                <span>{t('forget.used', { day: day.format(person.usedAt) })}</span>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('forget.whom', { name: person.session.account.displayName })}
                onClick={() => setAsked(person)}
              >
                {t('forget.short')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asked !== null && (
        <ForgetDialog
          profile={asked.profile}
          name={asked.session.account.displayName}
          onForget={() => forget(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
};
