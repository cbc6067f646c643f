import {
  decisionWords,
  deliveryFormWords,
  licenceGroundWords,
  licenceStatus,
  licenceStatusWords,
  sealSystemWords,
  serviceWords,
  shanghaiDate,
  type CaseRecord,
  type Licence,
  type SealedDocument,
} from '@yici/domain/model';
import { renderTable, type Column, type renderFields } from '../terminal/table.js';
import { localTime, worded } from './words.js';

/** Number, day and seal of a document. */
export function sealedText({ number, date, seal }: SealedDocument): string {
  return `${number} ${date}（${worded(sealSystemWords, seal.system)}）`;
}

/** What was decided and delivered, and whether it arrived. */
export function resultFields(record: CaseRecord): Parameters<typeof renderFields>[0] {
  const { decision, deliveredAt, deliveryForm = 'other', delivery, revocation } = record;
  const { superior, compensation } = revocation ?? {};
  const sealed = (document: SealedDocument | undefined) =>
    document === undefined ? '' : ` ${sealedText(document)}`;
  return [
    [
      '决定 decision',
      decision && worded(decisionWords, decision.outcome) + sealed(decision.sealed),
    ],
    [
      '送达 delivered',
      deliveredAt &&
        `${localTime(deliveredAt)} ${worded(deliveryFormWords, deliveryForm)}${sealed(delivery?.sealed)}`,
    ],
    ['签收 received', delivery && receiptText(delivery)],
    ['上级机关撤销 revoked by', superior && `${superior.organ} ${superior.number}`],
    ['赔偿 compensation', compensation && `${compensation.digest.slice(0, 16)}…`],
  ];
}

function receiptText({ signed, served }: NonNullable<CaseRecord['delivery']>): string {
  const own = served && `${served.on} ${worded(serviceWords, served.how)}`;
  const parts = [signed?.on, own].filter((part) => part !== undefined);
  return parts.length === 0 ? '待签收 not acknowledged yet' : parts.join('；');
}

const now = () => shanghaiDate(new Date().toISOString());

const licenceColumns: readonly Column<Licence>[] = [
  { title: '电子证照 e-licence', value: ({ type }) => type },
  { title: '标识 identifier', value: ({ identifier }) => identifier },
  { title: '编号 number', value: ({ sealed }) => sealedText(sealed) },
  { title: '颁发 issuer', value: ({ issuer }) => issuer },
  { title: '有效期 valid', value: ({ validFrom, validTo = '' }) => `${validFrom} — ${validTo}` },
  {
    title: '状态 status',
    value: (licence) => worded(licenceStatusWords, licenceStatus(licence, now())),
  },
  {
    title: '事由 ground',
    value: ({ changes }) => worded(licenceGroundWords, changes.at(-1)?.ground ?? ''),
  },
];

export const presentLicences = ({ licences = [] }: CaseRecord): string[] =>
  licences.length === 0 ? [] : ['', ...renderTable(licenceColumns, licences)];
