import { z } from 'zod';
import { isBft, type Sentence } from '@yici/ledger';
import { issuesIn } from '@yici/terminal/issues';
import { policyFromRule } from '../../genesis/policies.js';
import { settingFields, type ChannelSettings } from '../../topology/settings.js';
import { faultIn } from '../../to-error.js';
import { changeRefused } from '../refusals.js';
import { settingsOf, withSettings } from '../settings.js';
import { channelChange } from './model.js';

/** `batch.timeout=100ms`: a setting by its path in the topology, and its value. */
const assignment = z.string().transform((text, context) => {
  const at = text.indexOf('=');
  const key = text.slice(0, at);
  const field = at < 0 ? undefined : settingFields.get(key);
  const report = ({ zh, en }: Sentence) => {
    const words = { zh: `${text}：${zh}`, en: `${text}: ${en}` };
    context.addIssue({ code: 'custom', message: words.en, params: { words } });
    return z.NEVER;
  };
  if (field === undefined) {
    const names = [...settingFields.keys()].join(', ');
    return report({ zh: `须写作 设置=值，设置为：${names}`, en: `<setting>=<value>, of ${names}` });
  }
  const typed = text.slice(at + 1);
  const read = [typed, Number(typed)].map((value) => field.safeParse(value));
  const fitting = read.find(({ success }) => success);
  if (fitting?.success === true) {
    const fault = key.startsWith('policies.')
      ? faultIn(() => policyFromRule(String(fitting.data)))
      : undefined;
    return fault === undefined ? { key, value: fitting.data } : report(fault);
  }
  const wrong = read.flatMap(({ error }) => (error === undefined ? [] : issuesIn(error, typed)));
  return report(wrong.at(/^\d+$/.test(typed) ? -1 : 0)?.words ?? { zh: '', en: '' });
});
type Assignment = z.output<typeof assignment>;

export const set = channelChange({
  name: 'set',
  arguments: [
    {
      name: 'settings',
      kind: 'texts',
      words: { zh: '设置=值，可有多个', en: 'setting=value, one or more' },
    },
  ],
  example: 'batch.timeout=100ms batch.maxMessages=200',
  given: z.strictObject({ settings: z.array(assignment).min(1) }),
  apply: (config, { settings }) => {
    if (!isBft(config) && settings.some(({ key }) => key.startsWith('bft.'))) {
      throw changeRefused({
        zh: '该通道不以 BFT 排序，没有 bft.* 设置。',
        en: 'This channel is not ordered by BFT: it has no bft.* settings.',
      });
    }
    return withSettings(config, assigned(settingsOf(config), settings));
  },
  follow: (topology, { settings }) => assigned(topology, settings),
});

function assigned<Given extends ChannelSettings>(
  given: Given,
  settings: readonly Assignment[],
): Given {
  const of = (section: string) =>
    Object.fromEntries(
      settings.flatMap(({ key, value }) => {
        const [first, name = ''] = key.split('.');
        return first === section ? [[name, value]] : [];
      }),
    );
  return {
    ...given,
    batch: { ...given.batch, ...of('batch') },
    bft: { ...given.bft, ...of('bft') },
    policies: { ...given.policies, ...of('policies') },
  };
}
