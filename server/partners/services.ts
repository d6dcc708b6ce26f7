import { topicsAt, type Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { Open311Failure } from './failures.ts';
import {
  municipalitiesAt,
  plainName,
  serviceCode,
  topicOfService,
  UNSORTED,
  type PartnerDirectory,
} from './partner-directory.ts';
import type { XmlValue } from './xml.ts';

const unsorted = {
  service_code: UNSORTED,
  service_name: 'Тема не выбрана',
  description: 'Для обращений, которые трудно отнести к теме: её определит оператор центра.',
  metadata: true,
  type: 'realtime',
  keywords: '',
  group: '',
};

const serviceOf = ({ name, group }: Topic) => ({
  service_code: serviceCode(name),
  service_name: plainName(name),
  description: `${group}: ${plainName(name)}`,
  metadata: true,
  type: 'realtime',
  keywords: group,
  group,
});

/** The topics in force, as services. */
export function servicesOf(directory: PartnerDirectory, now: Instant): readonly XmlValue[] {
  const topics = topicsAt(directory, now);
  const byCode = new Map(topics.map((topic) => [topic.name, serviceOf(topic)]));
  return [...byCode.values(), unsorted];
}

const attribute = (order: number, code: string, description: string, values: readonly XmlValue[]) => ({
  variable: true,
  code,
  datatype: values.length === 0 ? 'string' : 'singlevaluelist',
  required: false,
  datatype_description: null,
  order,
  description,
  values,
});

/** Attributes of a request besides GeoReport's own fields; the same for every service. */
export function definitionOf(directory: PartnerDirectory, code: string, now: Instant): XmlValue {
  if (code !== UNSORTED && topicOfService(directory, code, now) === null) throw new Open311Failure('service');
  const municipalities = municipalitiesAt(directory, now).map(({ id, name }) => ({ key: id, name }));
  return {
    service_code: code,
    attributes: [
      attribute(
        1,
        'external_id',
        'Номер обращения в вашей системе: повтор с тем же номером ничего не добавит.',
        [],
      ),
      ...(municipalities.length === 0
        ? []
        : [attribute(2, 'municipality', 'Муниципалитет.', municipalities)]),
    ],
  };
}
