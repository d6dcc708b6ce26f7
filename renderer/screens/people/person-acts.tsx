import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import administration from '#renderer/kit/layout/administration.module.css';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import type { GivenSecret } from './password-once.tsx';
import {
  endSessions,
  invitePerson,
  mailInvitation,
  orderToForget,
  resetFactorOf,
  resetPersonPassword,
  setDisabled,
} from './people-api.ts';
import classes from './people.module.css';

/** Words of an act are `people.act.<act>`: its button, what it does, what was done. */
const ACTS = ['invite', 'mail', 'reset', 'factor', 'end', 'disable', 'enable', 'forget'] as const;
type Act = (typeof ACTS)[number];

/** Tells what can be done: an account is either closed or opened, and nobody shuts out themselves. */
function actsFor(
  { isDisabled, sessions, mail, hasSecondFactor = false }: ListedAccount,
  isOneself: boolean,
): readonly Act[] {
  const isPossible: Readonly<Record<Act, boolean>> = {
    invite: !isOneself && !isDisabled,
    mail: !isOneself && !isDisabled && mail !== null,
    reset: !isOneself,
    factor: !isOneself && hasSecondFactor,
    end: !isDisabled && sessions > (isOneself ? 1 : 0),
    disable: !isOneself && !isDisabled,
    enable: isDisabled,
    forget: true,
  };
  return ACTS.filter((act) => isPossible[act]);
}

interface Props {
  readonly person: ListedAccount;
  readonly isLive: boolean;
  readonly refresh: () => Promise<void>;
  readonly onGiven: (secret: GivenSecret) => void;
}

/** Acts on whether and how somebody comes in: each says what it does before it is done. */
export function PersonActs(props: Props) {
  const { t } = useTranslation();
  const { person, isLive } = props;
  const { account } = useSession();
  const [asked, setAsked] = useState<Act | null>(null);
  const isOneself = account.id === person.id;
  return (
    <section aria-label={t('people.entrance')}>
      <h3 className={classes['title']}>{t('people.entrance')}</h3>
      {isOneself && <p className={administration['hint']}>{t('people.oneself')}</p>}
      <div className={classes['acts']}>
        {actsFor(person, isOneself).map((act) => (
          <Button
            key={act}
            variant="default"
            disabled={!isLive}
            aria-expanded={asked === act}
            onClick={() => setAsked(asked === act ? null : act)}
          >
            {t(`people.act.${act}.button`)}
          </Button>
        ))}
      </div>
      {asked !== null && <Confirmation key={asked} {...props} act={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** The centre's answer when an act is done: one of these, by the act. */
interface ActAnswer {
  readonly password?: string;
  readonly token?: string;
  readonly ended?: number;
  readonly done?: true;
}

async function send(act: Act, { id }: ListedAccount): Promise<CentreAnswer<ActAnswer>> {
  switch (act) {
    case 'invite':
      return invitePerson(id);
    case 'mail':
      return mailInvitation(id);
    case 'reset':
      return resetPersonPassword(id);
    case 'factor':
      return resetFactorOf(id);
    case 'end':
      return endSessions(id);
    case 'forget':
      return orderToForget(id);
    case 'disable':
    case 'enable':
      return setDisabled(id, act === 'disable');
  }
}

interface ConfirmationProps extends Props {
  readonly act: Act;
  readonly onClose: () => void;
}

function Confirmation({ act, person, isLive, refresh, onGiven, onClose }: ConfirmationProps) {
  const { t } = useTranslation();
  const words = { name: person.displayName, count: person.sessions, address: person.mail ?? '' };
  const doing = useCentreAction(
    () => send(act, person),
    async ({ password, token }) => {
      if (password !== undefined) onGiven({ kind: 'password', value: password });
      else if (token !== undefined) onGiven({ kind: 'link', value: token });
      else tellDone(t(`people.act.${act}.done`, words));
      onClose();
      await refresh();
    },
  );
  return (
    <div
      className={administration['checked']}
      role="alert"
      {...(act === 'enable' ? { 'data-good': true } : {})}
    >
      {t(`people.act.${act}.does`, words)}
      <div className={classes['acts']}>
        <Button
          {...(act === 'enable' ? {} : { color: 'red.9' })}
          disabled={!isLive}
          loading={doing.isPending}
          onClick={() => doing.run()}
        >
          {t(`people.act.${act}.do`)}
        </Button>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
