import { existsSync } from 'node:fs';
import { CodedError, faultsTolerated } from '@yici/ledger';
import { checkPolicies, demoTopologyFile } from '../../genesis/prepare.js';
import { readTopology } from '../../topology/load.js';
import { toMermaid } from '../../topology/mermaid.js';
import { consenters } from '../../topology/nodes.js';
import type { CommandContext } from '../context.js';
import { issuesOf } from '../output.js';

/** Checks a topology file; an invalid file is a result of this command, not its failure. */
export function validateTopology({ output, say }: CommandContext, file: string): boolean {
  try {
    const topology = readTopology(file);
    checkPolicies(topology);
    const ordering = consenters(topology).length;
    const tolerated = faultsTolerated(topology.ordering, ordering);
    output.result(
      {
        valid: true,
        channel: topology.channel,
        departments: topology.departments.length,
        consenters: ordering,
        tolerated,
      },
      {
        zh: `${file} 有效：${topology.departments.length} 个部门，${ordering} 个排序节点，其中 ${tolerated} 个可以失效`,
        en: `${file} is valid: ${topology.departments.length} departments, ${ordering} consenters, ${tolerated} of them may fail`,
      },
    );
    return true;
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'TOPOLOGY_INVALID') throw error;
    const { issues } = error.details;
    output.result({ valid: false, issues }, [
      { zh: `${file} 有误：`, en: `${file} is not valid:` },
      ...issuesOf(issues, say),
    ]);
    return false;
  }
}

/** Draws a topology file, otherwise the folder's own, otherwise the demo. */
export function showTopology({ output, folder }: CommandContext, file: string | undefined): void {
  const own = existsSync(folder.topology) ? folder.topology : demoTopologyFile;
  const topology = readTopology(file ?? own);
  const mermaid = toMermaid(topology);
  output.result({ topology, mermaid }, mermaid);
}
