import { timestampToDate, type ParsedProposal } from '@yici/ledger';
import { ClientError } from '../errors.js';

/** How far a proposal's timestamp may differ from the signer's own clock, in seconds. */
const mostSecondsApart = 120;

/**
 * Refuses a proposal whose timestamp is not the present: the gateway writes it, and the ledger takes it as the time of the act.
 * @throws ClientError TIME_NOT_NOW, with both times and the difference in seconds
 */
export function checkTime(
  { channelHeader }: Pick<ParsedProposal, 'channelHeader'>,
  now: Date,
): void {
  const { timestamp } = channelHeader;
  const proposed = timestamp === undefined ? new Date(0) : timestampToDate(timestamp);
  const seconds = Math.round((proposed.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) <= mostSecondsApart) return;
  const details = { proposed: proposed.toISOString(), own: now.toISOString(), seconds };
  throw new ClientError(
    'TIME_NOT_NOW',
    {
      zh: `网关给出的待签名内容时间为 ${details.proposed}，本机时间为 ${details.own}，未签名。请以时间服务器校准本机时间后重试；本机时间无误的，说明网关时间有误，请改用其他网关并报告。`,
      en:
        `What the gateway gave to sign is dated ${details.proposed}, and this computer's clock says ${details.own}: not signed. ` +
        'Set the clock by a time server and try again; if it is right, the gateway dates acts falsely: use another and report it.',
    },
    { details },
  );
}
