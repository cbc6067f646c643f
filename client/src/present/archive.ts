import {
  archiveCheckWords,
  retentionWords,
  type CaseRecord,
  type Retention,
} from '@yici/domain/model';
import { localTime, worded } from './words.js';

type Fields = [string, string | undefined][];
type Transfer = NonNullable<NonNullable<CaseRecord['archive']>['transfer']>;

/** What became of the case's archive, and when the years until its transfer are over. */
export function archiveFields({ archive }: CaseRecord): Fields {
  if (archive === undefined) return [];
  const { at, package: manifest, retention, formedOn, transfer, appraisal } = archive;
  const anew = appraisal === undefined ? '' : '，鉴定后继续保存 kept on after its appraisal';
  return [
    ['归档 archived', `${localTime(at)} ${manifest.digest.slice(0, 16)}…`],
    ['保管期限 retention', retention && retentionText(retention) + anew],
    ['进馆期限 to be transferred', formedOn && transferDays(formedOn)],
    ['移交 transfer', transfer && transferText(transfer)],
  ];
}

export const retentionText = ({ period, basis }: Retention): string =>
  `${worded(retentionWords, period)}（${basis}）`;

/** Twenty years after it was formed, to a county's archive ten (Regulation on Archives art 20(2)). */
function transferDays(formedOn: string): string {
  const after = (years: number) => {
    const day = new Date(`${formedOn}T00:00:00Z`);
    day.setUTCFullYear(day.getUTCFullYear() + years);
    return day.toISOString().slice(0, 10);
  };
  return `省、市级馆 city ${after(20)}，县级馆 county ${after(10)}`;
}

function transferText({ to, at, receipt }: Transfer): string {
  const sent = `${to} ${localTime(at)}`;
  if (receipt === undefined) return `${sent}（待接收 waits for its receipt）`;
  if (receipt.received) return `${sent}（已接收 received ${localTime(receipt.at)}）`;
  const failed = Object.entries(archiveCheckWords)
    .filter(([name]) => !receipt[name as keyof typeof archiveCheckWords])
    .map(([, { zh, en }]) => `${zh} ${en}`);
  return `${sent}（退回 sent back: ${failed.join('、')}：${receipt.note ?? ''}）`;
}
