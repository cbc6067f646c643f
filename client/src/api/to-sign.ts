import { parseProposal, timestampToDate } from '@yici/ledger';
import { functionAndInput } from './check.js';

/** What some bytes say that somebody is to sign, decoded from the bytes alone. */
export type ToSign =
  | { readonly kind: 'login'; readonly lines: readonly string[] }
  | {
      readonly kind: 'proposal';
      readonly txId: string;
      readonly channel: string;
      readonly chaincode: string;
      /** The command, e.g. `case.submit`. */
      readonly command: string;
      readonly input: unknown;
      /** What travels beside it to the endorsing peers, and stands in no block. */
      readonly privateParts: readonly string[];
      /** The signer's time, ISO 8601. */
      readonly at: string;
    }
  | { readonly kind: 'other' };

const loginStart = 'Yici gateway login\n';

/** A transaction's own bytes are `other`: the client compares them with the proposal that was signed before. */
export function readToSign(bytes: Uint8Array): ToSign {
  const text = new TextDecoder().decode(bytes);
  if (text.startsWith(loginStart)) return { kind: 'login', lines: text.split('\n') };
  try {
    return proposalIn(bytes);
  } catch {
    return { kind: 'other' };
  }
}

function proposalIn(bytes: Uint8Array): ToSign {
  const { channel, chaincode, args, transactionId, transient, channelHeader } =
    parseProposal(bytes);
  const call = functionAndInput(args);
  const { timestamp } = channelHeader;
  if (call === undefined || timestamp === undefined) return { kind: 'other' };
  return {
    kind: 'proposal',
    ...{
      txId: transactionId,
      channel,
      chaincode,
      command: call.name.replace(':', '.'),
      input: call.input,
    },
    privateParts: [...transient.keys()],
    at: timestampToDate(timestamp).toISOString(),
  };
}
