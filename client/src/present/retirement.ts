import type { PendingChange, Retirement } from '@yici/api';
import { changeFingerprint } from '@yici/ledger';
import { departmentFunctionWords, type Vocabulary } from '@yici/domain/model';
import { renderFields, type Column, type Say, type Text } from '@yici/terminal';
import { inboxColumns } from './rows.js';
import { actText, labels, section } from './words.js';

/** How far a department that ends has come. */
const stageWords = {
  undecided: { zh: '没有撤销决定', en: 'no decision' },
  unconfirmed: { zh: '待确认或者未生效', en: 'not confirmed, or not in force yet' },
  passing: { zh: '承继中', en: 'being passed on' },
  open: { zh: '承继已毕，尚有本部门自己的未结事项', en: 'passed on; something of its own is open' },
  channel: { zh: '账本已毕，待移出通道', en: 'ended on the ledger, still in the channel' },
  ended: { zh: '已撤销，已移出通道', en: 'ended, and out of the channel' },
} satisfies Vocabulary;
export type Stage = keyof typeof stageWords;

/** An act that passes something on: done, or refused with a code. */
export interface Passed {
  readonly command: string;
  readonly input: Readonly<Record<string, string>>;
  readonly code?: string;
}

interface Shown extends Retirement {
  readonly stage: Stage;
  readonly passed: readonly Passed[];
  readonly channel: { readonly member: boolean | null; readonly pending: PendingChange | null };
}

const passedColumns: readonly Column<Passed>[] = [
  [{ zh: '承继', en: 'passed on' }, ({ command }) => actText(command), { max: 40 }],
  [{ zh: '对象', en: 'what' }, ({ input }) => Object.values(input).join(' ')],
  [
    { zh: '结果', en: 'result' },
    ({ code }) => (code === undefined ? { zh: '✓ 已办', en: '✓ done' } : `✗ ${code}`),
  ],
];

export function presentRetirement(shown: Shown, gateway: string, say: Say): Text[] {
  const { department, decision, stage, passed, due, open, functions } = shown;
  const waits = due.length - passed.filter(({ code }) => code !== undefined).length;
  return [
    ...renderFields(
      [
        [labels.department, say.withId('department', department)],
        [
          { zh: '承继部门', en: 'successor' },
          decision === null ? undefined : say.withId('department', decision.to),
        ],
        [{ zh: '决定', en: 'by' }, decision?.reformId],
        [{ zh: '生效', en: 'in force from' }, decision?.inForceFrom],
        [{ zh: '进度', en: 'stage' }, say(stageWords[stage])],
        [{ zh: '待承继（项）', en: 'to be passed on' }, waits > 0 ? waits : undefined],
        [
          { zh: '尚有职能', en: 'functions' },
          say.list(functions.map((one) => departmentFunctionWords[one])),
        ],
      ],
      say,
    ),
    ...section(passedColumns, passed, say),
    ...section(inboxColumns, open, say),
    '',
    ...nextOf[stage](shown, gateway),
  ];
}

/** What is to be done next, and by whom. */
const nextOf: Readonly<Record<Stage, (shown: Shown, gateway: string) => Text[]>> = {
  undecided: ({ department }) => [
    {
      zh: `下一步：编办登记撤销决定，变动为 {"kind":"everything","department":"${department}","to":"承继部门"}`,
      en: `Next: the Establishment Office registers the decision, with the change {"kind":"everything","department":"${department}","to":"<successor>"}`,
    },
    '  yici reform register --file reform.json',
  ],
  unconfirmed: ({ decision }) => [
    {
      zh: `下一步：本级人民政府或者各接收部门的负责人确认；${decision?.effectiveOn ?? ''} 起生效`,
      en: `Next: a head of the government, or of every receiving department, confirms it; it takes effect on ${decision?.effectiveOn ?? ''}`,
    },
    `  yici reform confirm ${decision?.reformId ?? ''}`,
  ],
  passing: ({ department }) => [
    {
      zh: '下一步：再次执行本命令，办理余下的承继；被拒绝的，按代码处理',
      en: 'Next: this command again passes on the rest; what was refused, by its code',
    },
    `  yici department retire ${department}`,
  ],
  open: ({ functions }) => [
    {
      zh: '下一步：上列事项由该部门自己办结；职能由其他部门认领，各部门确认',
      en: 'Next: the department finishes what is listed; others claim its functions, and all declare for them',
    },
    ...functions.map((each) => `  yici department update --claim ${each}`),
  ],
  channel: channelSteps,
  ended: () => [
    {
      zh: '下一步：部署链码定义的下一个序号（此前未部署的）；该部门停止其节点',
      en: 'Next: the next sequence of the chaincode’s definition, if it is not there yet; the department stops its nodes',
    },
  ],
};

function channelSteps({ mspId, department, channel: { pending } }: Shown, gateway: string): Text[] {
  const at = `--gateway ${gateway} --dir /var/lib/yici`;
  if (pending === null) {
    return [
      {
        zh: '下一步：任一部门的管理员提出移除，其他部门签名',
        en: 'Next: an administrator of any department proposes to remove it, the others sign',
      },
      `  yici-network channel propose remove-department ${mspId} --out remove-${department}.json ${at}`,
    ];
  }
  const name = changeFingerprint(pending.change).replaceAll(' ', '');
  const signed = pending.signed.join(' ');
  return pending.satisfied
    ? [
        {
          zh: `下一步：签名已足（${signed}），提交`,
          en: `Next: enough have signed (${signed}): submit it`,
        },
        `  yici-network channel submit ${name} ${at}`,
      ]
    : [
        {
          zh: `下一步：已签名 ${signed}；尚可签名 ${pending.missing.join(' ')}`,
          en: `Next: signed by ${signed}; may still sign: ${pending.missing.join(' ')}`,
        },
        `  yici-network channel sign ${name} ${at}`,
      ];
}
