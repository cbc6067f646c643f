import {
  signoffStateWords,
  signoffStepWords,
  type Session,
  type SignoffChange,
  type SignoffChains,
  type SignoffLine,
  type SignoffRound,
  type SignoffView,
} from '@yici/api';
import { pathWords, roleWords, wordOfAny, type Words } from '@yici/domain/model';
import { printable, renderFields, renderTable, type Column, type Say } from '@yici/terminal';
import { officeText, signerText } from './responsibility.js';
import { actText, labels, localTime } from './words.js';

const waits = {
  mend: { zh: '修改后重报', en: 'to mend it' },
  issue: { zh: '签发', en: 'to issue it' },
  review: { zh: '审核', en: 'to review it' },
} as const;

/** What the office has to do that it waits for. */
function waitingText({ state, level, levels }: SignoffLine, say: Say): string {
  const office = levels[level];
  if (state === 'issued' || office === undefined) return '';
  const act = level === 0 ? waits.mend : level === levels.length - 1 ? waits.issue : waits.review;
  const who = officeText(office, say);
  return say({ zh: `待${who}${act.zh}`, en: `${who} ${act.en}` });
}

const command = { zh: '命令', en: 'command' };
const waiting = { zh: '待办', en: 'waits for' };
const levelsText = (levels: SignoffLine['levels'], say: Say): string =>
  levels.map((office) => officeText(office, say)).join(' → ');

export const signoffColumns: readonly Column<SignoffLine>[] = [
  [labels.number, ({ id }) => id],
  [{ zh: '事由', en: 'title' }, ({ title }) => title, { max: 30 }],
  [command, (row) => actText(row.command), { max: 30 }],
  [labels.state, ({ state }) => signoffStateWords[state]],
  [waiting, waitingText],
  [labels.version, ({ version }) => version],
  [{ zh: '最近', en: 'last' }, (row) => `${row.changedBy} ${localTime(row.changedAt)}`],
];

const otherActs = { zh: '其余各项（*）', en: 'all others (*)' };
const noLevels = { zh: '不需审签', en: 'no sign-off' };

const chainColumns: readonly Column<SignoffChains['chains'][number]>[] = [
  [
    command,
    (row, say) => (row.command === '*' ? otherActs : say.aside(actText(row.command), row.command)),
  ],
  [
    { zh: '流程', en: 'levels' },
    ({ levels }, say) => (levels.length === 0 ? noLevels : levelsText(levels, say)),
  ],
  [{ zh: '一人可办多级', en: 'one person' }, ({ onePerson }, say) => say.yesNo(onePerson === true)],
  [
    { zh: '可直接办理', en: 'may act without' },
    ({ direct = [] }, say) =>
      say.list(
        direct.map(({ role, section }) =>
          section === undefined ? roleWords[role] : say.aside(roleWords[role], section),
        ),
      ),
  ],
];

const noChains = {
  zh: '本部门未设定审签流程，各项直接办理；由管理员设定：yici signoff configure <命令> --level <角色:科室...>',
  en: 'No chains are set, every act is done without; an administrator sets them: yici signoff configure <command> --level <role:section...>',
};

export const presentChains = (
  { version, chains, changedBy, changedAt }: SignoffChains,
  say: Say,
): string[] => [
  ...(chains.length === 0 ? [say(noChains)] : renderTable(chainColumns, chains, say)),
  ...renderFields(
    [
      [labels.version, version],
      [{ zh: '设定', en: 'set' }, changedAt && `${changedBy ?? ''} ${localTime(changedAt)}`],
    ],
    say,
  ),
];

const returned = (to: number) => ({
  zh: `退回至第 ${String(to + 1)} 级`,
  en: `returned to level ${String(to + 1)}`,
});

const roundColumns: readonly Column<SignoffRound>[] = [
  [labels.at, ({ at }) => localTime(at)],
  [
    { zh: '步骤', en: 'step' },
    ({ step, to }) => (to === undefined ? signoffStepWords[step] : returned(to)),
  ],
  [
    { zh: '岗位', en: 'office' },
    ({ by: { role, section } }, say) =>
      section === null ? roleWords[role] : say.aside(roleWords[role], section),
  ],
  [{ zh: '人员', en: 'user' }, ({ by }, say) => signerText(by, say)],
  [{ zh: '意见', en: 'comment' }, ({ comment }) => comment],
];

/** One sign-off for whoever has to act: what the act says, who did what, and what each step changed. */
export function presentSignoff(view: SignoffView, say: Say): string[] {
  const { id, title, state, levels, version, input, chain, changes, signoff } = view;
  const fields = Object.entries(input).map(
    ([name, value]) => [pathWords(`/${name}`, say.language), valueText(value, say)] as const,
  );
  return [
    ...renderFields(
      [
        [{ zh: '审签件', en: 'sign-off' }, id],
        [{ zh: '事由', en: 'title' }, title],
        [command, say.aside(actText(view.command), view.command)],
        [{ zh: '流程', en: 'levels' }, levelsText(levels, say)],
        [labels.state, signoffStateWords[state]],
        [waiting, waitingText(view, say)],
        [labels.version, version],
        [{ zh: '过程校验值', en: 'digest of the chain' }, signoff?.digest],
        [labels.transaction, view.txId],
      ],
      say,
    ),
    ...['', say({ zh: '内容', en: 'input' })],
    ...renderFields(fields, say),
    ...['', say({ zh: '过程', en: 'steps' })],
    ...renderTable(roundColumns, chain.rounds, say),
    ...changes.flatMap((made, at) => changesOf(made, chain.rounds[at], { at, say })),
  ].map((line) => (line === '' ? '' : printable(line)));
}

/** How whoever it waits for goes on: the commands, with the version that is shown; none for anybody else. */
export function stepLines(
  { id, state, level, levels, version }: SignoffView,
  session: Pick<Session, 'role' | 'section'>,
  say: Say,
): string[] {
  const office = levels[level];
  if (state === 'issued' || office === undefined || !holds(session, office)) return [];
  const comment = say({ zh: ' --comment <意见>', en: ' --comment <text>' });
  const verbs = level === 0 ? firstSteps : level === levels.length - 1 ? lastSteps : middleSteps;
  const lines = verbs.map(({ verb, what, spoken }) => {
    const line = `yici signoff ${verb} ${id} --of-version ${version}${spoken ? comment : ''}`;
    return say({ zh: `  ${what.zh}：${line}`, en: `  ${what.en}: ${line}` });
  });
  return [say({ zh: '办理：', en: 'how:' }), ...lines];
}

const holds = (
  { role, section }: Pick<Session, 'role' | 'section'>,
  office: SignoffView['levels'][number],
): boolean => office.role === role && (office.section ?? section) === section;

interface OwnStep {
  readonly verb: string;
  readonly what: Words;
  readonly spoken: boolean;
}

const back = { verb: 'return', what: { zh: '退回', en: 'to give it back' }, spoken: true };
const firstSteps: readonly OwnStep[] = [
  { verb: 'approve', what: { zh: '修改后重报', en: 'to pass it on again' }, spoken: true },
  { verb: 'withdraw', what: { zh: '撤回', en: 'to withdraw it' }, spoken: false },
];
const middleSteps: readonly OwnStep[] = [
  { verb: 'approve', what: { zh: '审核同意', en: 'to approve it' }, spoken: true },
  back,
];
const lastSteps: readonly OwnStep[] = [
  { verb: 'issue', what: { zh: '签发', en: 'to issue it' }, spoken: false },
  back,
];

function changesOf(
  changes: readonly SignoffChange[],
  round: SignoffRound | undefined,
  { at, say }: { readonly at: number; readonly say: Say },
): string[] {
  if (changes.length === 0 || round === undefined) return [];
  const lines = changes.map(({ path, before, after }) => {
    const field = pathWords(path, say.language);
    const change = `${valueText(before, say)} → ${valueText(after, say)}`;
    return say({ zh: `  ${field}：${change}`, en: `  ${field}: ${change}` });
  });
  const [step, { user }] = [String(at + 1), round.by];
  const head = { zh: `第 ${step} 步 ${user} 的改动`, en: `step ${step}: what ${user} changed` };
  return ['', say(head), ...lines];
}

const valueText = (value: unknown, say: Say): string => {
  if (value === null) return say({ zh: '（无）', en: '(none)' });
  const digest = typeof value === 'object' && 'digest' in value ? value.digest : undefined;
  if (typeof digest === 'string') return digest;
  return typeof value === 'string' ? say(wordOfAny(value) ?? value) : JSON.stringify(value);
};
