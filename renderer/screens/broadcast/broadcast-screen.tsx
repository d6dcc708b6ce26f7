import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { kitBody, kitPage, KIT_STYLE } from '#shared/report/kit/kit-sheet.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { useLanguage } from '#renderer/kit/words/use-words.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import { PaperScreen } from '#renderer/kit/summary/paper-screen.tsx';
import { addressOf } from '#renderer/kit/summary/report-address.ts';
import { fontFaces } from '#renderer/kit/summary/save-report.ts';
import { useNamedPeriod } from '#renderer/kit/summary/use-named-period.ts';
import { useReport } from '#renderer/kit/summary/use-report.ts';
import { useKit } from './use-kit.ts';

/** Paper that an agency takes to a broadcast. Address: `/broadcast/2022-01?agency=<id>`. */
export function BroadcastScreen() {
  const request = useNamedPeriod();
  return request === null ? null : <Kit request={request} />;
}

function Kit({ request }: { readonly request: ReportRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [, goTo] = useLocation();
  const chosen = new URLSearchParams(useSearch()).get('agency');
  const made = useReport(request);
  const agencies = made?.report.agencies ?? [];
  // The one that is asked most, until somebody chooses.
  const agency = chosen ?? agencies[0]?.agency ?? null;
  const kit = useKit(request, agency);
  const save = async (): Promise<void> => {
    if (kit === null) return;
    const page = kitPage(kit, language, await fontFaces());
    saveFile(`pult-${kit.region}-${addressOf(request)}-${kit.agency}.html`, 'text/html', page);
  };
  return (
    <PaperScreen
      request={request}
      title={t('broadcast.title', { period: periodName(request, language) })}
      chooser={
        <Select
          aria-label={t('broadcast.agency')}
          placeholder={t('broadcast.agency')}
          searchable
          allowDeselect={false}
          w={380}
          data={agencies.map(({ agency: id, name, count }) => ({
            value: id,
            label: t('broadcast.option', { name, count }),
          }))}
          value={agency}
          onChange={(id) => id !== null && goTo(`/broadcast/${addressOf(request)}?agency=${id}`)}
        />
      }
      saves={[{ label: t('report.asHtml'), run: () => void save() }]}
      paper={kit === null ? null : { style: KIT_STYLE, markup: kitBody(kit, language).markup }}
      empty={made !== null && agencies.length === 0 ? t('broadcast.nobody') : null}
    />
  );
}
