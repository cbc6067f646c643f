import type { AnchorLine, ReadLine, Session } from '@yici/api';
import type { Command } from 'commander';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { chainFindings, hashOfLine } from '../../audit/journal.js';
import { ClientError } from '../../errors.js';
import type { Caller } from '../caller.js';
import { localTime } from '../../present/words.js';
import type { Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import {
  asked,
  exampleOf,
  listOf,
  offer,
  reads,
  textOption,
  withListOptions,
  type ReadValues,
  type Shown,
} from './read.js';

const columns: readonly Column<ReadLine>[] = [
  { title: '序号 seq', value: (row) => row.seq },
  { title: '时间 at', value: (row) => localTime(row.at) },
  { title: '督查 by', value: (row) => row.by.user },
  { title: '查阅 read', value: (row) => row.route },
  { title: '记录 records', value: (row) => row.records.join(' '), max: 60 },
  { title: '涉及部门 departments', value: (row) => row.departments.join(' '), max: 40 },
];

/** `yici supervise reads`: which supervisor read what, as recorded by this gateway. */
export function addSupervisorReads(group: Command, terminal: Terminal): void {
  const command = withListOptions(group.command('reads')).description(
    '督查查阅记录 what supervisors read of this department (supervisors: of all), newest first; this gateway’s own record',
  );
  offer(command, 'reads.list').option(
    '--check',
    '核对链 recompute the chain; exit code 1 when a line is missing or changed',
  );
  reads(command, terminal, (caller, _args, values) => {
    if (values['check'] === true) return checked(caller, values);
    const query = asked('reads.list', values);
    return listOf(caller.client, 'reads.list', columns, { query, values });
  });
  exampleOf(command, 'yici supervise reads --record YC33110000000007-20260302-0001');
}

async function checked({ client, session }: Caller, values: ReadValues): Promise<Shown> {
  if (values['user'] !== undefined || values['record'] !== undefined) {
    const message = '--check 核对整条链 takes the whole chain: no --user, no --record.';
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

function judged(json: Judged): Shown {
  const { lines, broken, cut, anchored } = json;
  if (broken === null && cut === null) {
    const until = anchored === null ? '尚无锚定 no anchor yet' : '与账本锚定相符 as anchored';
    return { json, lines: [`✓ 链完整 the chain holds: ${lines} 行 lines, ${until}`] };
  }
  const where =
    broken === null
      ? `第 ${cut} 行已锚定而不在链中 line ${cut} was anchored and is not there: the end was cut off or replaced`
      : `第 ${broken} 行之前有缺失或者改动 what stands before line ${broken} was taken out or changed`;
  return { json, lines: [`✗ ${where}`], failed: 'The chain of reads does not hold.' };
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
