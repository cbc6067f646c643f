import type { Words } from '@yici/domain/model';
import {
  changeFingerprint,
  consentTo,
  consentWords,
  differences,
  signedUpdate,
  type ChangeFile,
  type ChannelConfig,
  type Consent,
} from '@yici/ledger';
import type { Text } from '@yici/terminal';
import { planChange } from '../../channel/propose.js';
import type { Topology } from '../../topology/schema.js';
import { namesIn } from './place.js';
import type { CommandContext } from '../context.js';

/** Prints what a change does, its fingerprint, and whose consent it has and lacks. */
export function report(
  context: CommandContext,
  topology: Topology,
  config: ChannelConfig,
  file: ChangeFile,
  facts: Readonly<Record<string, unknown>>,
): void {
  const plan = planChange(config, file);
  const consent = consentTo(config, plan, signedUpdate(file));
  const lines = differences(config, plan.next);
  const fingerprint = changeFingerprint(file);
  const { channel, sequence, change } = file;
  context.output.result(
    {
      ...{ ...facts, channel, sequence, change: change.name, fingerprint },
      differences: lines.map(({ words, ...line }) => ({ ...line, text: context.say(words) })),
      consent,
    },
    [
      ...changeText(lines),
      {
        zh: `指纹（供口头核对）：${fingerprint}`,
        en: `fingerprint, to compare by voice: ${fingerprint}`,
      },
      ...consentText(consent, namesIn(topology)),
    ],
  );
}

export const changeText = (lines: ReturnType<typeof differences>): Words[] =>
  lines.map(({ element, words: { zh, en } }) => ({
    zh: `  ${element}  ${zh}`,
    en: `  ${element}  ${en}`,
  }));

function consentText(consent: Consent, nameOf: (mspId: string) => Words): Text[] {
  const names = (mspIds: readonly string[]) => {
    const all = mspIds.map(nameOf);
    return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };
  };
  const [signed, missing] = [names(consent.signed), names(consent.missing)];
  return [
    ...consent.policies.map((policy) => consentWords(policy, nameOf)),
    { zh: `已签名：${signed.zh || '（无）'}`, en: `signed: ${signed.en || '(nobody)'}` },
    ...(consent.satisfied
      ? [{ zh: '签名已足够，可以提交。', en: 'The signatures suffice: it can be submitted.' }]
      : [{ zh: `尚可签名：${missing.zh}`, en: `may still sign: ${missing.en}` }]),
  ];
}
