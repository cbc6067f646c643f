import type { CommandInput } from '../kernel/commands';
import type { FunctionHolderRecord } from '../department/records';
import type { Member, Outcome } from '../kernel/caller';
import { absent, actorOf, eventOf, holderOf, requireDepartment } from '../kernel/caller';
import { minutesAfter } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { auditRunVerdict } from './codes';
import { mostAuditPlaces, type AuditRecord } from './records';

type Run = CommandInput<'audit.record'>;

export interface AuditState {
  readonly supervision: FunctionHolderRecord | undefined;
  readonly existing: AuditRecord | undefined;
  /** The channel of this transaction. */
  readonly channel: string;
}

/** By how many minutes the verifier's clock may be ahead of the transaction's. */
const clockMinutes = 5;

/**
 * The supervision office records the result of verifying the whole ledger, which every department can read. No peer can
 * repeat the run while it endorses, so only contradictions are refused: the verdict must follow from the findings, their
 * places must lie in the range of blocks, and a verified run must cover every block.
 * @throws ContractError FUNCTION_VACANT, WRONG_DEPARTMENT, ALREADY_EXISTS, AUDIT_RECORD_INVALID with the problem
 */
export function recordAudit(state: AuditState, input: Run, member: Member): Outcome<AuditRecord> {
  requireDepartment(member, holderOf('supervision', state.supervision).department);
  const { report } = input;
  absent(state.existing, { report });
  const problem =
    channelProblem(input, state.channel) ??
    timeProblem(input, member.at) ??
    rangeProblem(input) ??
    findingProblem(input);
  if (problem !== undefined) throw new ContractError('AUDIT_RECORD_INVALID', { problem });
  const { department, at } = member;
  return {
    main: { kind: 'audit', v: 1, ...input, department, by: actorOf(member), at },
    also: [],
    event: { ...eventOf('audit.record', member, at), report },
  };
}

function channelProblem({ channel }: Run, own: string): string | undefined {
  return channel === own ? undefined : 'channel';
}

function timeProblem({ startedAt, finishedAt }: Run, at: string): string | undefined {
  if (startedAt > finishedAt) return 'endsBeforeItStarts';
  return finishedAt > minutesAfter(at, clockMinutes) ? 'inTheFuture' : undefined;
}

/** Blocks are at most those of the range; each has a transaction, and all but the genesis block a signature. */
function rangeProblem(run: Run): string | undefined {
  const { fromBlock, toBlock, checked, verdict, headerHash } = run;
  const range = toBlock - fromBlock + 1;
  if (range < 1) return 'range';
  if (checked.blocks < 1 || checked.blocks > range) return 'blocks';
  if (verdict !== 'verified') return undefined;
  const whole = fromBlock === 0 && checked.blocks === range && headerHash !== undefined;
  if (!whole) return 'verifiedInPart';
  return checked.transactions < range || checked.signatures < toBlock ? 'counts' : undefined;
}

function findingProblem({ verdict, findings, toBlock }: Run): string | undefined {
  if (verdict !== auditRunVerdict(findings.map(({ code }) => code))) return 'verdict';
  const fits = findings.every(
    ({ count, places }) =>
      places.length === Math.min(count, mostAuditPlaces) &&
      places.every(({ block, tx }) => (block === undefined ? tx === undefined : block <= toBlock)),
  );
  return fits ? undefined : 'places';
}
