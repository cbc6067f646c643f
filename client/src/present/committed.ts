import { caseRecord, commands, type CommandName } from '@yici/domain/model';
import { z } from 'zod';
import type { Committed } from '../api/execute.js';
import type { Session } from '@yici/api';
import { renderFields } from '../terminal/table.js';
import { dueOf, stateText } from './words.js';

/** Fields that identify a record; the first that exists is used. */
const idFields = [
  'rulingId',
  'caseNo',
  'delegationId',
  'useId',
  'challengeId',
  'disputeId',
  'shareId',
  'attestationId',
  'datasetId',
  'no',
  'taskCode',
  'topic',
  'code',
  'year',
  'id',
  'report',
] as const;

const idSchema = z
  .object(
    Object.fromEntries(
      idFields.map((name) => [name, z.union([z.string(), z.number()]).optional()]),
    ),
  )
  .loose();

/** The lines printed after every write: block, transaction, signer and due date. */
export function presentCommitted(
  name: CommandName,
  committed: Committed,
  session: Session,
): string[] {
  const record = caseRecord.safeParse(committed.result);
  const due = record.success ? dueOf(record.data) : undefined;
  return [
    `✓ ${commands[name].summary.zh} ${name}  ${recordId(committed.result)}`,
    ...renderFields([
      ['状态 state', record.success ? stateText(record.data.state) : undefined],
      ['区块 block', committed.block],
      ['交易 tx', committed.txId],
      [
        '核验 verified',
        committed.verified
          ? '区块签名与位置已核验 its block, by the orderers’ signatures'
          : undefined,
      ],
      ['签名 signed by', sessionText(session)],
      ['到期 due', due && `${due.on}（${due.what}）`],
    ]),
  ];
}

export function sessionText({ user, department, mspId, custodial }: Session): string {
  const where = department === null ? mspId : `${department.name.zh} ${mspId}`;
  return `${user}（${where}${custodial ? '，托管 custodial' : ''}）`;
}

/** The id of a record, with its version if it has one. */
function recordId(result: unknown): string {
  const parsed = idSchema.safeParse(result);
  if (!parsed.success) return '';
  const field = idFields.find((name) => parsed.data[name] !== undefined);
  const version = parsed.data['version'];
  const id = field === undefined ? '' : String(parsed.data[field]);
  return typeof version === 'number' ? `${id} v${version}` : id;
}
