import { consenters, ordererAddress, peerAddress } from './nodes.js';
import type { Department, Topology } from './schema.js';

/** A Mermaid flowchart of the network, for `topology show` and for documents. */
export function toMermaid(topology: Topology): string {
  const ordering = consenters(topology);
  return [
    'flowchart LR',
    `  channel(["${topology.channel} · ${topology.engine} · ${topology.ordering}"])`,
    `  chaincode["${topology.chaincode.name} ${topology.chaincode.version}"]`,
    ...topology.departments.flatMap(departmentLines),
    ...ordering.map((department) => `  ${node(department, 'orderer')} === channel`),
    ...topology.departments.flatMap((department) => [
      `  channel --- ${node(department, 'peer')}`,
      `  ${node(department, 'peer')} -.-> chaincode`,
    ]),
    '',
  ].join('\n');
}

function departmentLines(department: Department): string[] {
  const orderer = department.orderer
    ? [`    ${node(department, 'orderer')}[("orderer0<br/>${ordererAddress(department)}")]`]
    : [];
  return [
    `  subgraph ${department.id.replaceAll('-', '_')}["${escapeLabel(department.name.zh)} ${escapeLabel(department.name.en)}<br/>${department.mspId}"]`,
    `    ${node(department, 'peer')}["peer0<br/>${peerAddress(department)}"]`,
    ...orderer,
    '  end',
  ];
}

function node(department: Department, kind: 'peer' | 'orderer'): string {
  return `${kind}_${department.id.replaceAll('-', '_')}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('"', '#quot;');
}
