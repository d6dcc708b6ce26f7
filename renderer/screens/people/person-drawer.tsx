import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import { FormDrawer } from '#renderer/kit/forms/form-drawer.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { PasswordOnce, type Given, type GivenSecret } from './password-once.tsx';
import { addPerson, editPerson } from './people-api.ts';
import { personStateOf } from './people-filter.ts';
import classes from './people.module.css';
import { PersonActs } from './person-acts.tsx';
import { PersonDeputies } from './person-deputies.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonNotices } from './person-notices.tsx';
import { PersonSessions } from './person-sessions.tsx';

interface Props {
  /** Null: somebody new. */
  readonly person: ListedAccount | null;
  readonly people: readonly ListedAccount[];
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

/** One person: how the account stands, what may be changed, and whether they come in. */
export function PersonDrawer({ person, people, isLive, refresh, onClose }: Props) {
  const { t } = useTranslation();
  const [given, setGiven] = useState<Given | null>(null);
  return (
    <FormDrawer title={person?.displayName ?? t('people.add')} onClose={onClose}>
      {given !== null ? (
        <PasswordOnce given={given} onClose={person === null ? onClose : () => setGiven(null)} />
      ) : person === null ? (
        <PersonForm
          person={null}
          isLive={isLive}
          save={addPerson}
          onSaved={({ password }, { login, displayName }) => {
            setGiven({ login, displayName, secret: { kind: 'password', value: password } });
            return refresh();
          }}
        />
      ) : (
        <Known
          person={person}
          people={people}
          isLive={isLive}
          refresh={refresh}
          onGiven={(secret) => setGiven({ login: person.login, displayName: person.displayName, secret })}
        />
      )}
    </FormDrawer>
  );
}

interface KnownProps {
  readonly person: ListedAccount;
  readonly people: readonly ListedAccount[];
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
  readonly onGiven: (secret: GivenSecret) => void;
}

function Known(props: KnownProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { person, isLive, refresh } = props;
  const { login, sessions, seenAt, displayName, role, agency, municipalities = [], judgedBy } = person;
  return (
    <>
      <p className={classes['details']}>
        {[
          t(`people.state.${personStateOf(person)}`),
          t('people.login', { login }),
          ...(judgedBy === undefined || judgedBy === 'here' ? [] : [t('people.provided')]),
          ...(person.hasSecondFactor === true ? [t('people.secondFactor')] : []),
          ...(seenAt === null ? [] : [t('people.seen', { at: when.short(seenAt, now) })]),
          t('people.sessions', { count: sessions }),
        ].join(' · ')}
      </p>
      <PersonForm
        // What another administrator changed meanwhile is shown, not written over.
        key={[displayName, role, agency, ...municipalities].join('\n')}
        person={person}
        isLive={isLive}
        save={(fields) =>
          editPerson(person.id, {
            displayName: fields.displayName,
            role: fields.role,
            agency: fields.agency,
            municipalities: fields.municipalities,
          })
        }
        onSaved={({ ended }, { displayName: name }) => {
          tellDone(t('people.saved', { name, count: ended }));
          return refresh();
        }}
      />
      <PersonDeputies {...props} />
      <PersonActs {...props} />
      <PersonNotices {...props} />
      {sessions > 0 && <PersonSessions person={person} />}
    </>
  );
}
