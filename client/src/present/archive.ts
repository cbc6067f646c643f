import {
  archiveCheckWords,
  retentionWords,
  type CaseRecord,
  type Retention,
} from '@yici/domain/model';
import type { Say, Field } from '@yici/terminal';
import { localTime } from './words.js';

type Transfer = NonNullable<NonNullable<CaseRecord['archive']>['transfer']>;

/** What became of the case's archive, and when the years until its transfer are over. */
export function archiveFields({ archive }: CaseRecord, say: Say): Field[] {
  if (archive === undefined) return [];
  const { at, package: manifest, retention, formedOn, transfer, appraisal } = archive;
  const anew =
    appraisal === undefined ? '' : { zh: '鉴定后继续保存', en: 'kept on after its appraisal' };
  return [
    [{ zh: '归档', en: 'archived' }, `${localTime(at)} ${manifest.digest.slice(0, 16)}…`],
    [
      { zh: '保管期限', en: 'retention' },
      retention && say.facts([retentionText(retention, say), anew]),
    ],
    [{ zh: '进馆期限', en: 'to be transferred' }, formedOn && transferDays(formedOn)],
    [{ zh: '移交', en: 'transfer' }, transfer && transferText(transfer, say)],
  ];
}

export const retentionText = ({ period, basis }: Retention, say: Say): string =>
  say.aside(retentionWords[period], basis);

/** Twenty years after it was formed, to a county's archive ten (Regulation on Archives art 20(2)). */
function transferDays(formedOn: string) {
  const after = (years: number) => {
    const day = new Date(`${formedOn}T00:00:00Z`);
    day.setUTCFullYear(day.getUTCFullYear() + years);
    return day.toISOString().slice(0, 10);
  };
  const [city, county] = [after(20), after(10)];
  return { zh: `省、市级馆 ${city}，县级馆 ${county}`, en: `city ${city}, county ${county}` };
}

function transferText({ to, at, receipt }: Transfer, say: Say): string {
  const sent = `${say.nameOf('department', to)} ${localTime(at)}`;
  if (receipt === undefined) {
    return say.aside(sent, { zh: '待接收', en: 'waits for its receipt' });
  }
  if (receipt.received) {
    const on = localTime(receipt.at);
    return say.aside(sent, { zh: `已接收 ${on}`, en: `received ${on}` });
  }
  const failed = say.list(
    Object.entries(archiveCheckWords)
      // The names are those of the receipt's own fields.
      .filter(([name]) => !receipt[name as keyof typeof archiveCheckWords])
      .map(([, words]) => words),
  );
  const sentBack = say.facts([{ zh: `退回：${failed}`, en: `sent back: ${failed}` }, receipt.note]);
  return say.aside(sent, sentBack);
}
