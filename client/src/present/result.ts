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
import type { Column, Say, Field } from '@yici/terminal';
import { labels, localTime, section } from './words.js';

/** Number, day and seal of a document. */
export const sealedText = ({ number, date, seal }: SealedDocument, say: Say): string =>
  say.aside(`${number} ${date}`, sealSystemWords[seal.system]);

/** What was decided and delivered, and whether it arrived. */
export function resultFields(record: CaseRecord, say: Say): Field[] {
  const { decision, deliveredAt, deliveryForm = 'other', delivery, revocation } = record;
  const { superior, compensation } = revocation ?? {};
  const sealed = (document: SealedDocument | undefined) =>
    document === undefined ? '' : ` ${sealedText(document, say)}`;
  return [
    [
      { zh: '决定', en: 'decision' },
      decision && say(decisionWords[decision.outcome]) + sealed(decision.sealed),
    ],
    [
      { zh: '送达', en: 'delivered' },
      deliveredAt &&
        `${localTime(deliveredAt)} ${say(deliveryFormWords[deliveryForm])}${sealed(delivery?.sealed)}`,
    ],
    [{ zh: '签收', en: 'received' }, delivery && receiptText(delivery, say)],
    [{ zh: '上级机关撤销', en: 'revoked by' }, superior && `${superior.organ} ${superior.number}`],
    [{ zh: '赔偿', en: 'compensation' }, compensation && `${compensation.digest.slice(0, 16)}…`],
  ];
}

function receiptText({ signed, served }: NonNullable<CaseRecord['delivery']>, say: Say): string {
  const own = served && `${served.on} ${say(serviceWords[served.how])}`;
  const known = say.facts([signed?.on, own]);
  return known === '' ? say({ zh: '待签收', en: 'not acknowledged yet' }) : known;
}

const now = () => shanghaiDate(new Date().toISOString());

const licenceColumns: readonly Column<Licence>[] = [
  [{ zh: '电子证照', en: 'e-licence' }, ({ type }) => type],
  [{ zh: '标识', en: 'identifier' }, ({ identifier }) => identifier],
  [labels.number, ({ sealed }, say) => sealedText(sealed, say)],
  [{ zh: '颁发部门', en: 'issuer' }, ({ issuer }, say) => say.nameOf('department', issuer)],
  [{ zh: '有效期', en: 'valid' }, ({ validFrom, validTo }, say) => say.span(validFrom, validTo)],
  [labels.state, (licence) => licenceStatusWords[licenceStatus(licence, now())]],
  [
    { zh: '事由', en: 'ground' },
    ({ changes }, say) => say.member(licenceGroundWords, changes.at(-1)?.ground ?? ''),
  ],
];

export const presentLicences = ({ licences }: CaseRecord, say: Say): string[] =>
  section(licenceColumns, licences, say);
