import type { ChaincodeDefinition } from '../../lifecycle/definition.js';
import {
  approvals,
  approvalsOfCommitted,
  approvedPackage,
  committedDefinition,
} from '../../lifecycle/deploy.js';
import { present } from '../../present.js';
import { inTime } from '../../retry.js';
import type { Topology } from '../../topology/schema.js';
import { definitionAt } from './definition.js';
import type { AdminSession } from './department.js';
import { answered, metadataTransaction } from './ready.js';

/** What one department agreed to. */
export interface Agreed {
  readonly mspId: string;
  readonly approved: boolean;
  /** The package it approved, which only its own peer knows. */
  readonly packageId?: string;
  /** Whether the chaincode answers at its peer, which takes no process but one of that package. */
  readonly answers?: boolean;
}

/** A definition of the chaincode, and who approved it. */
export interface DefinitionApprovals {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  readonly committed: boolean;
  readonly departments: readonly Agreed[];
}

/** A chaincode answers in milliseconds; one whose peer waits for its process does not answer. */
const answersWithin = 8_000;

/**
 * Who approved what: of the definition that the channel has, and of the topology's where that is the next one.
 * @param sessions of the departments whose administrator's key is here
 */
export async function definitionApprovals(
  topology: Topology,
  sessions: readonly AdminSession[],
): Promise<DefinitionApprovals[]> {
  const [first] = sessions;
  if (first === undefined) return [];
  const committed = await committedDefinition(first.client, topology.chaincode.name);
  const next = await definitionAt(first, topology);
  const found: DefinitionApprovals[] = [];
  if (committed !== undefined) {
    const who = await approvalsOfCommitted(first.client, committed.name);
    found.push(await described(committed, true, who, sessions));
  }
  if (next.sequence === (committed?.sequence ?? 0) + 1) {
    found.push(await described(next, false, await approvals(first.client, next), sessions));
  }
  return found;
}

/** Whether the ledger has the department's approval of a definition, whatever its peer still knows of it. */
export async function hasApproved(
  session: AdminSession,
  definition: ChaincodeDefinition,
): Promise<boolean> {
  const { client, mspId } = session;
  const committed = await committedDefinition(client, definition.name);
  const who =
    committed?.sequence === definition.sequence
      ? await approvalsOfCommitted(client, definition.name)
      : await approvals(client, definition);
  return who.get(mspId) === true;
}

async function described(
  definition: ChaincodeDefinition,
  committed: boolean,
  who: ReadonlyMap<string, boolean>,
  sessions: readonly AdminSession[],
): Promise<DefinitionApprovals> {
  const { name, version, sequence } = definition;
  const departments = await Promise.all(
    [...who].sort().map(async ([mspId, approved]): Promise<Agreed> => {
      const session = sessions.find((each) => each.mspId === mspId);
      if (session === undefined) return { mspId, approved };
      const packageId = await inTime(approvedPackage(session, definition), answersWithin);
      const answers = committed ? await chaincodeAnswers(session, name) : undefined;
      return { mspId, approved, ...present({ packageId, answers }) };
    }),
  );
  return { name, version, sequence, committed, departments };
}

/** Whether the chaincode answers at the department's own peer. */
export async function chaincodeAnswers(
  { client, mspId }: AdminSession,
  chaincode: string,
  within = answersWithin,
): Promise<boolean> {
  const args = [Buffer.from(metadataTransaction)];
  const asked = client.evaluate({ chaincode, args, endorsers: [mspId] }).then(() => true, answered);
  return (await inTime(asked, within)) ?? false;
}
