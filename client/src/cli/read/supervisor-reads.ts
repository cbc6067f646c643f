import { summaryAt, type AnchorLine, type ReadLine, type Session } from '@yici/api';
import { type Column, type SpokenCommand as Command, exampleOf } from '@yici/terminal';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { chainFindings, hashOfLine } from '../../audit/journal.js';
import { ClientError } from '../../errors.js';
import type { Caller } from '../caller.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import {
  asked,
  listOf,
  offer,
  reads,
  textOption,
  withListOptions,
  type ReadValues,
  type Shown,
} from './read.js';

const columns: readonly Column<ReadLine>[] = [
  [{ zh: '序号', en: 'seq' }, (row) => row.seq],
  [{ zh: '时间', en: 'at' }, (row) => localTime(row.at)],
  [{ zh: '督查', en: 'by' }, (row) => row.by.user],
  [{ zh: '查阅内容', en: 'read' }, ({ route }) => summaryAt(route) ?? route, { max: 40 }],
  [{ zh: '记录', en: 'records' }, (row, say) => say.list(row.records), { max: 60 }],
  [
    { zh: '涉及部门', en: 'departments' },
    (row, say) => say.names('department', row.departments),
    { max: 40 },
  ],
];

/** `yici supervise reads`: which supervisor read what, as recorded by this gateway. */
export function addSupervisorReads(group: Command, terminal: Terminal): void {
  const command = withListOptions(group.command('reads')).description({
    zh: '督查查阅记录',
    en: 'what supervisors read of this department (supervisors: of all), newest first; this gateway’s own record',
  });
  offer(command, 'reads.list').option('--check', {
    zh: '核对链',
    en: 'recompute the chain; exit code 1 when a line is missing or changed',
  });
  reads(command, terminal, (caller, _args, values) => {
    if (values['check'] === true) return checked(caller, values);
    const query = asked('reads.list', values);
    return listOf(caller, 'reads.list', columns, { query, values });
  });
  exampleOf(command, 'yici supervise reads --record YC33110000000007-20260302-0001');
}

async function checked({ client, session }: Caller, values: ReadValues): Promise<Shown> {
  if (values['user'] !== undefined || values['record'] !== undefined) {
    const message = {
      zh: '--check 核对整条链，不能与 --user、--record 同用。',
      en: 'takes the whole chain: no --user, no --record.',
    };
    throw new ClientError('USAGE', message);
  }
  const department = textOption(values, 'department');
  const lines = (await collected(client.list('reads.list', { department, limit: 200 }))).reverse();
  const anchored = await newestAnchored(client);
  const head = anchored?.chains[chainOf(session, department)];
  return judged({
    lines: lines.length,
    broken: chainFindings(lines, head?.from)[0]?.seq ?? null,
    cut: cutAt(lines, head) ?? null,
    anchored: anchored?.seq ?? null,
  });
}

/** The chain to show: a supervisor chooses, everybody else sees their own. */
const chainOf = ({ role, department }: Session, chosen: string | undefined): string =>
  role === 'supervisor' ? (chosen ?? '*') : (department?.id ?? '');

interface Judged {
  readonly lines: number;
  /** Number of the first line that does not continue the chain. */
  readonly broken: number | null;
  /** Number of an anchored line that is missing. */
  readonly cut: number | null;
  /** Number of the newest journal line anchored on the ledger. */
  readonly anchored: number | null;
}

const failed = { zh: '查阅记录不完整。', en: 'The chain of reads does not hold.' };

function judged(json: Judged): Shown {
  const { lines, broken, cut, anchored } = json;
  if (broken === null && cut === null) {
    const until =
      anchored === null
        ? { zh: '尚无锚定', en: 'no anchor yet' }
        : { zh: '与账本锚定相符', en: 'as anchored' };
    return {
      json,
      lines: [
        {
          zh: `✓ 查阅记录完整，共 ${lines} 条，${until.zh}`,
          en: `✓ the chain holds: ${lines} lines, ${until.en}`,
        },
      ],
    };
  }
  const where =
    broken === null
      ? {
          zh: `第 ${cut} 条已锚定而不在记录中：末尾被截去或者替换`,
          en: `line ${cut} was anchored and is not there: the end was cut off or replaced`,
        }
      : {
          zh: `第 ${broken} 条之前有缺失或者改动`,
          en: `what stands before line ${broken} was taken out or changed`,
        };
  return { json, lines: [{ zh: `✗ ${where.zh}`, en: `✗ ${where.en}` }], failed };
}

/** The newest line of the gateway's journal that is anchored on the ledger. */
async function newestAnchored(client: YiciClient): Promise<AnchorLine | undefined> {
  const heads = await client.read('journal.heads', { limit: 10 });
  for (const line of heads.items) {
    const query = { department: line.department, limit: 200 };
    for await (const { gateway, seq, head } of client.list('journalAnchors.list', query)) {
      if (gateway === line.gateway && seq === line.seq && head === hashOfLine(line)) return line;
    }
  }
  return undefined;
}

/** The anchored line of a chain, if it is not there any more as it was. */
function cutAt(
  lines: readonly ReadLine[],
  anchored: { readonly seq: number; readonly head: string } | undefined,
): number | undefined {
  if (anchored === undefined) return undefined;
  const line = lines.find(({ seq }) => seq === anchored.seq);
  return line !== undefined && hashOfLine(line) === anchored.head ? undefined : anchored.seq;
}
