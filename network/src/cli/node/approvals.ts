import type { Words } from '@yici/domain/model';
import {
  definitionApprovals,
  type Agreed,
  type DefinitionApprovals,
} from '../../fabric/channel/agreements.js';
import { openSession } from '../../fabric/channel/department.js';
import { reachableSession } from '../../fabric/export.js';
import { named } from '../../fabric/grpc/named.js';
import { chaincodeHere } from '../../lifecycle/chaincode-code.js';
import { readDepartmentFile } from '../../render/department-file.js';
import type { Topology } from '../../topology/schema.js';
import { namesIn } from '../channel/place.js';
import type { CommandContext } from '../context.js';
import { ownTopology } from '../keys/identities.js';

/**
 * Prints who approved which chaincode, with which package, and what the code here makes; returns whether each department whose
 * key is here approved what the channel has committed, with this code, and its chaincode answers.
 */
export async function printApprovals({ folder, output }: CommandContext): Promise<boolean> {
  const topology = ownTopology(folder);
  const own = readDepartmentFile(folder.root)?.department;
  const first = await reachableSession(topology, folder, own);
  first.peer.close();
  const sessions = topology.departments
    .filter(({ id }) => own === undefined || id === own)
    .map((department) => openSession(topology, folder, department));
  try {
    const definitions = await named(
      { zh: `读取通道 ${topology.channel} `, en: topology.channel },
      () => definitionApprovals(topology, sessions),
    );
    const here = chaincodeHere(topology.chaincode);
    output.result({ channel: topology.channel, ...here, definitions }, [
      ...(here.code === undefined ? [] : [codeText(here.code, here.packageId)]),
      ...definitions.flatMap((each) => definitionText(each, topology, here.packageId)),
    ]);
    const mine = new Set(sessions.map(({ mspId }) => mspId));
    const [inForce] = definitions;
    return (inForce?.departments ?? [])
      .filter(({ mspId }) => mine.has(mspId))
      .every(({ packageId, answers }) => packageId === here.packageId && answers !== false);
  } finally {
    for (const { peer } of sessions) peer.close();
  }
}

const codeText = (code: string, packageId: string): Words => ({
  zh: `本机的链码：代码摘要 ${code}，链码包 ${packageId}`,
  en: `chaincode here: code ${code}, package ${packageId}`,
});

function definitionText(
  { name, version, sequence, committed, departments }: DefinitionApprovals,
  topology: Topology,
  packageHere: string,
): Words[] {
  const state = committed ? { zh: '已提交', en: 'committed' } : { zh: '待提交', en: 'to commit' };
  return [
    {
      zh: `${name} ${version}，序号 ${sequence}，${state.zh}`,
      en: `${name} ${version}, sequence ${sequence}, ${state.en}`,
    },
    ...departments.map((each) => agreedText(each, namesIn(topology)(each.mspId), packageHere)),
  ];
}

function agreedText(agreed: Agreed, name: Words, packageHere: string): Words {
  const { approved, packageId, answers } = agreed;
  const parts: Words[] = [
    approved ? { zh: '已批准', en: 'approved' } : { zh: '未批准', en: 'not approved' },
    ...(packageId === undefined ? [] : [packageText(packageId, packageHere)]),
    ...(answers === undefined
      ? []
      : [
          answers
            ? { zh: '链码应答', en: 'its chaincode answers' }
            : { zh: '链码没有应答', en: 'its chaincode does not answer' },
        ]),
  ];
  return {
    zh: `  ${name.zh}  ${parts.map(({ zh }) => zh).join('，')}`,
    en: `  ${name.en}  ${parts.map(({ en }) => en).join(', ')}`,
  };
}

const packageText = (packageId: string, here: string): Words =>
  packageId === here
    ? { zh: '链码包与本机一致', en: 'the package of the code here' }
    : { zh: `另一链码包 ${packageId}`, en: `another package, ${packageId}` };
