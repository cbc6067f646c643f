import { endsWithin, firstEnd, warnDays, type HeldCertificate } from '../pki/held.js';
import { present } from '../present.js';
import type { Department, Topology } from '../topology/schema.js';
import { fabricVersion, servingVersions } from './binaries/release.js';
import type { Participation } from './channel/participation.js';
import { nodeName, type NodeKind } from './node/layout.js';
import type { ProcessState } from './node/operations.js';

/** What is wrong with a node that runs. */
export type NodeProblem =
  /** Behind the highest known node, and did not catch up while it was looked at. */
  | 'lags'
  | 'notInChannel'
  /** The channel admits its department no more. */
  | 'removed'
  /** An orderer that is no active consenter. */
  | 'notConsenting'
  /** A consenter that takes its blocks from the others without signing them. */
  | 'silent'
  /** Its department has not approved the definition that the channel has committed, so its peer cannot run it. */
  | 'notApproved'
  /** The chaincode does not answer the peer: it is another package, or the peer has its certificates of before. */
  | 'unanswered'
  /** The chaincode's code here is not what its department approved, so its peer does not take it. */
  | 'otherCode'
  /** Of a release of Fabric that was not tried beside ours. */
  | 'otherFabric'
  /** A gateway whose own peer is away: what it reads is as another department tells it. */
  | 'standIn'
  | 'certificateEnds'
  | 'certificateEnded';

/** What is known of a node; what is absent is not known. */
export interface NodeFacts {
  readonly kind: NodeKind | 'gateway';
  readonly state: ProcessState;
  /** Number of blocks. */
  readonly height?: number;
  /** Its release of Fabric. */
  readonly version?: string;
  readonly joined?: boolean;
  readonly participation?: Participation;
  /** Of a consenter: whether it signed none of its newest blocks. */
  readonly silent?: boolean;
  /** The package that its department approved for the committed definition; '' when none. */
  readonly approved?: string;
  /** The package that the code here makes. */
  readonly made?: string;
  /** Of a peer whose department approved: whether the chaincode answers it. */
  readonly answered?: boolean;
  readonly standIn?: boolean;
  readonly ends?: Date;
}

/** What is committed on the channel. */
export type CommittedChaincode = Pick<Topology['chaincode'], 'name' | 'version' | 'sequence'>;

/** A node as it was looked at. */
export interface Looked extends NodeFacts {
  readonly name: string;
  readonly department: Department;
  readonly address: string;
  readonly leads?: boolean;
  readonly chaincode?: CommittedChaincode;
  /** Reads its height again. */
  readonly again?: () => Promise<number | undefined>;
}

/** What is known of a node without asking it. */
export function unasked(
  held: readonly HeldCertificate[],
  department: Department,
  kind: NodeKind,
): Pick<Looked, 'name' | 'kind' | 'department' | 'ends'> {
  const name = nodeName(department, kind);
  return { name, kind, department, ...present({ ends: firstEnd(held, name) }) };
}

/** The problems of a node, beside its state. `highest`: the largest height of any node. */
export function problemsOf(node: NodeFacts, highest: number, now: Date): NodeProblem[] {
  const { state, height = highest, joined, participation, approved } = node;
  const answers = (problem: boolean) => (state === 'up' || state === 'unwell') && problem;
  const found: Readonly<Record<Exclude<NodeProblem, 'removed'>, boolean>> = {
    lags: answers(height < highest),
    notInChannel: answers(joined === false),
    notConsenting: answers(!consents(participation)),
    silent: answers(node.silent === true),
    notApproved: answers(approved === ''),
    unanswered: answers(node.answered === false),
    otherCode: answers(isOtherCode(node)),
    otherFabric: answers(isUntried(node)),
    standIn: node.standIn === true,
    certificateEnds: ending(node, now) === 'soon',
    certificateEnded: ending(node, now) === 'ended',
  };
  // The keys of that record.
  return (Object.keys(found) as (keyof typeof found)[]).filter((problem) => found[problem]);
}

const isOtherCode = ({ approved = '', made = approved }: NodeFacts): boolean =>
  approved !== '' && approved !== made;

const isUntried = ({ version = fabricVersion }: NodeFacts): boolean =>
  !servingVersions.includes(version);

function ending({ ends }: NodeFacts, now: Date): 'soon' | 'ended' | undefined {
  if (ends === undefined || !endsWithin({ ends }, warnDays, now)) return undefined;
  return ends <= now ? 'ended' : 'soon';
}

/** Of an orderer of which nothing is known nothing is said. */
const consents = (part: Participation | undefined): boolean =>
  part === undefined || (part.consensusRelation === 'consenter' && part.status === 'active');
