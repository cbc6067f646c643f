import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Text } from '@yici/terminal';
import {
  encodeConfigUpdateEnvelope,
  headerType,
  sameConfig,
  signedEnvelope,
  timestampFromDate,
  type ChannelConfig,
  type ConfigUpdateEnvelope,
  type Sentence,
  type SigningIdentity,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { FabricOrderer, orderersOf } from '../grpc/orderer-client.js';

/** How long one orderer may take until its block is at the own peer; then the next one is asked. */
const takesAtMost = 30_000;
const pollEvery = 250;

interface Submission {
  /** Who hands it in; the orderers want a member. */
  readonly sender: SigningIdentity;
  /** The config in force, as the own peer has it. */
  readonly configNow: () => Promise<ChannelConfig>;
  /** The config that the change is made for, and what it becomes. */
  readonly before: ChannelConfig;
  readonly next: ChannelConfig;
  readonly signed: ConfigUpdateEnvelope;
  readonly progress: (text: Text) => void;
}

/**
 * Hands a signed change to the channel's orderers, one after the other until one takes it and the own peer has the new config.
 * An orderer wraps a change in a transaction of its own, so that all of them at once would compete with each other.
 * @throws NetworkError ORDERER_REFUSED, ORDERER_UNAVAILABLE (with what each said), CHANGE_REFUSED when another change came first
 */
export async function submitChange(submission: Submission): Promise<void> {
  const { sender, before, signed, progress } = submission;
  const envelope = await updateEnvelope(sender, before.channelId, signed);
  const refusals: Refused[] = [];
  for (const endpoint of orderersOf(before)) {
    const { address } = endpoint;
    progress({ zh: `提交给排序节点 ${address}`, en: `Handing it to the orderer ${address}` });
    try {
      await new FabricOrderer(endpoint).broadcast(envelope);
      if (await isInForce(submission)) {
        progress({ zh: '更改已生效', en: 'The change is in force' });
        return;
      }
      refusals.push({ address, words: { zh: '没有因此产生区块', en: 'no block came of it' } });
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.code === 'CHANGE_REFUSED') throw error;
      refusals.push({ address, words: error.words, code: error.code });
    }
  }
  throw untaken(refusals);
}

interface Refused {
  readonly address: string;
  readonly words: Sentence;
  readonly code?: string;
}

/** Where no orderer refused it, it may still be ordered: the same file again does no harm. */
function untaken(refusals: readonly Refused[]): NetworkError {
  const isRefused = refusals.some(({ code }) => code === 'ORDERER_REFUSED');
  const said = (language: 'zh' | 'en') =>
    refusals.map(({ address, words }) => `${address}: ${words[language]}`);
  const [zh, en] = [said('zh').join('；'), said('en').join('; ')];
  const words = isRefused
    ? { zh: `没有排序节点接受该更改：${zh}`, en: `No orderer took the change: ${en}` }
    : {
        zh: `没有排序节点接受该更改（${zh}）。排序节点恢复后，以同一文件再次提交：同一更改至多生效一次。`,
        en: `No orderer took the change (${en}). Submit the same file again once the orderers are back: a change comes into force once at most.`,
      };
  const orderers = refusals.map(({ words: { en: text }, ...each }) => ({ ...each, said: text }));
  return new NetworkError(isRefused ? 'ORDERER_REFUSED' : 'ORDERER_UNAVAILABLE', words, {
    details: { orderers },
  });
}

/** A CONFIG_UPDATE envelope, signed by who hands it in. */
function updateEnvelope(
  sender: SigningIdentity,
  channelId: string,
  signed: ConfigUpdateEnvelope,
): Promise<Uint8Array> {
  const timestamp = timestampFromDate(new Date());
  const header = { type: headerType.configUpdate, channelId, timestamp };
  return signedEnvelope(sender, header, encodeConfigUpdateEnvelope(signed), randomBytes(24));
}

async function isInForce({ configNow, before, next }: Submission): Promise<boolean> {
  const deadline = performance.now() + takesAtMost;
  while (performance.now() < deadline) {
    const now = await configNow();
    if (now.sequence > before.sequence) {
      if (sameConfig(now, next)) return true;
      throw new NetworkError('CHANGE_REFUSED', {
        zh: '另一项更改已先生效，本更改已作废；请按现行配置重新提出。',
        en: 'Another change came first, and this one is void: propose it anew.',
      });
    }
    await delay(pollEvery);
  }
  return false;
}
