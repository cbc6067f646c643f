import {
  computeUpdate,
  encodeConfigUpdate,
  harmOf,
  LedgerError,
  planUpdate,
  updateOf,
  type ChangeFile,
  type ChannelConfig,
  type PlannedUpdate,
} from '@yici/ledger';
import { issueAt } from '@yici/terminal/issues';
import { wordsOf } from '../to-error.js';
import { channelChanges, type ReadyChange } from './changes/index.js';
import { changeInvalid, changeRefused } from './refusals.js';

/**
 * A change of the config in force as a file without signatures.
 * @throws NetworkError CHANGE_REFUSED when it changes nothing, or the nodes would not take it or could not go on with it
 */
export function proposeChange(config: ChannelConfig, change: ReadyChange): ChangeFile {
  const update = updateFor(config, change);
  if (update === undefined) {
    throw changeRefused({
      zh: '通道现行配置已是如此，没有需要更改的内容。',
      en: 'This is how the channel is already: there is nothing to change.',
    });
  }
  const { name, given } = change;
  const file: ChangeFile = {
    v: 1,
    channel: config.channelId,
    sequence: Number(config.sequence),
    change: { name, given },
    update: Buffer.from(update).toString('base64'),
    signatures: [],
  };
  planChange(config, file);
  return file;
}

/**
 * What a change does to the config in force, checked as its proposer checked it.
 * @throws NetworkError CHANGE_INVALID when it is of another channel; CHANGE_REFUSED also when another change has overtaken it; otherwise
 * as {@link proposeChange}
 */
export function planChange(config: ChannelConfig, change: ChangeFile): PlannedUpdate {
  if (change.channel !== config.channelId) {
    throw changeInvalid(
      {
        zh: `该更改属于通道 ${change.channel}，不是 ${config.channelId}。`,
        en: `The change is of channel ${change.channel}, not of ${config.channelId}.`,
      },
      { channel: change.channel },
    );
  }
  const plan = planned(config, change);
  refuseHarmful(config, plan.next);
  return plan;
}

function planned(config: ChannelConfig, change: ChangeFile): PlannedUpdate {
  try {
    return planUpdate(config, updateOf(change));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const { sequence } = config;
    if (BigInt(change.sequence) < sequence) {
      throw changeRefused({
        zh: `该更改按配置序号 ${change.sequence} 提出，通道现为 ${sequence}：已经提交，或者已被其他更改取代。仍需更改的，重新提出。`,
        en: `The change was proposed at config sequence ${change.sequence}, and the channel is at ${sequence}: it was submitted already, or another one overtook it. Propose it anew if it is still wanted.`,
      });
    }
    const { zh, en } = wordsOf(error);
    throw changeRefused({
      zh: `节点不会接受该更改：${zh}。`,
      en: `The nodes would not take the change: ${en}.`,
    });
  }
}

/**
 * The change that a file names, where its arguments lead to exactly the update in it; undefined where they do not, so that
 * nothing is done by what nobody signed.
 */
export function namedChange(config: ChannelConfig, file: ChangeFile): ReadyChange | undefined {
  const { name, given } = file.change;
  const change = channelChanges.find((each) => each.name === name)?.read(given);
  const update = change && updateFor(config, change);
  return update !== undefined && Buffer.from(update).equals(updateOf(file)) ? change : undefined;
}

/** @throws NetworkError CHANGE_REFUSED with each reason */
function refuseHarmful(before: ChannelConfig, after: ChannelConfig): void {
  const reasons = harmOf(before, after);
  const [first] = reasons;
  if (first === undefined) return;
  throw changeRefused(
    first,
    reasons.map((words) => issueAt('', words)),
  );
}

function updateFor(config: ChannelConfig, change: ReadyChange): Uint8Array | undefined {
  const update = computeUpdate(config.tree, change.apply(config), config.channelId);
  return update && encodeConfigUpdate(update);
}
