import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { usePeople } from '#renderer/kit/api/use-people.ts';
import { Administration, Freshness, Head, Lesson } from '#renderer/kit/layout/administration.tsx';
import { PeopleFilters } from './people-filters.tsx';
import { EVERYBODY, filterPeople } from './people-filter.ts';
import { PeopleTableMenu } from './people-table-menu.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import classes from './people.module.css';

const PATH = '/people';
const NEW = 'new';
const STEPS = ['executors', 'password', 'administrator'] as const;

/** Who works in the region: their accounts, roles and whether they come in. */
export function PeopleScreen() {
  const { t } = useTranslation();
  return (
    <Administration
      title={t('people.title')}
      documentTitle={t('people.documentTitle')}
      mayNot={t('people.mayNot')}
      width={1200}
    >
      <People />
    </Administration>
  );
}

function People() {
  const { t } = useTranslation();
  const people = usePeople();
  const [, goTo] = useLocation();
  const { id } = useParams();
  const [filter, setFilter] = useState(EVERYBODY);
  const { isLive, refresh } = people;
  const all = people.value?.accounts ?? [];
  const shown = filterPeople(all, filter);
  const opened = all.find((person) => person.id === id) ?? null;
  return (
    <>
      <Head title={t('people.title')}>
        <Button component={Link} to="/sign-in" variant="default" ml="auto">
          {t('people.signIn')}
        </Button>
        <PeopleTableMenu people={all} isLive={isLive} refresh={refresh} />
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={!isLive}
          onClick={() => goTo(`${PATH}/${NEW}`)}
        >
          {t('people.add')}
        </Button>
      </Head>
      <Freshness
        data={people}
        nothing={t('people.offlineNothing')}
        kept={(at) => t('people.offlineKept', { at })}
        unread={t('people.unread')}
      />
      {all.length > 1 && (
        <PeopleFilters people={all} shown={shown.length} filter={filter} onChange={setFilter} />
      )}
      {shown.length > 0 && <PeopleTable people={shown} />}
      {all.length > 0 && shown.length === 0 && <p className={classes['nobody']}>{t('people.nobody')}</p>}
      {all.length === 1 && (
        <Lesson
          title={t('people.alone.title')}
          lead={t('people.alone.lead')}
          steps={STEPS.map((step) => t(`people.alone.${step}`))}
        />
      )}
      {(id === NEW || opened !== null) && (
        <PersonDrawer
          key={id}
          person={opened}
          people={all}
          isLive={isLive}
          refresh={refresh}
          onClose={() => goTo(PATH)}
        />
      )}
    </>
  );
}
