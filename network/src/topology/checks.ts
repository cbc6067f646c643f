import { faultsTolerated, type Sentence } from '@yici/ledger';
import type { z } from 'zod';
import { listensOn } from './derive.js';

/** The part of a topology that cross-field checks need; structural, so that the schema can depend on this file. */
interface Checked {
  readonly engine: 'embedded' | 'fabric';
  readonly ordering: 'bft' | 'raft';
  readonly allowNoFaultTolerance: boolean;
  readonly certificateDays: number;
  readonly rootDays: number;
  readonly batch: { readonly preferredMaxBytes: number; readonly absoluteMaxBytes: number };
  readonly chaincode: { readonly port: number; readonly address?: string | undefined };
  readonly departments: readonly CheckedDepartment[];
}

interface CheckedDepartment {
  readonly id: string;
  readonly mspId: string;
  readonly host: string;
  readonly orderer: boolean;
  readonly ports: Readonly<Record<string, number | undefined>> & {
    readonly orderer?: number | undefined;
  };
  readonly users: readonly { readonly name: string }[];
}

type Path = readonly (string | number)[];
interface Named {
  readonly value: string;
  readonly path: Path;
}

/** Rules that need more than one field: nothing named twice, ports free of each other, enough consenters. */
export function crossChecks(topology: Checked, context: z.RefinementCtx): void {
  const report = (path: Path, words: Sentence) =>
    context.addIssue({ code: 'custom', path: [...path], message: words.en, params: { words } });
  const departmentId = { zh: '部门代码', en: 'department id' };
  reportRepeats(departmentValues(topology, 'id'), departmentId, report);
  reportRepeats(departmentValues(topology, 'mspId'), { zh: 'MSP', en: 'MSP id' }, report);
  reportRepeats(userNames(topology), { zh: '用户', en: 'user' }, report);
  reportRepeats(allPorts(topology), { zh: '端口', en: 'port' }, report);
  checkUsers(topology, report);
  checkConsenters(topology, report);
  if (topology.rootDays < topology.certificateDays) {
    report(['rootDays'], {
      zh: '短于 certificateDays：证书不得晚于其根证书到期',
      en: 'is shorter than certificateDays: no certificate outlives its root',
    });
  }
  if (topology.batch.preferredMaxBytes > topology.batch.absoluteMaxBytes) {
    report(['batch', 'preferredMaxBytes'], {
      zh: '大于 absoluteMaxBytes',
      en: 'is larger than absoluteMaxBytes',
    });
  }
}

type Report = (path: Path, words: Sentence) => void;

function reportRepeats(values: readonly Named[], what: Sentence, report: Report): void {
  const first = new Map<string, Path>();
  for (const { value, path } of values) {
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, path);
    else
      report(path, {
        zh: `${what.zh} ${value} 已用于 ${earlier.join('.')}`,
        en: `the ${what.en} ${value} is used already at ${earlier.join('.')}`,
      });
  }
}

function departmentValues(topology: Checked, field: 'id' | 'mspId'): Named[] {
  return topology.departments.map((department, index) => ({
    // File names and MSP ids must stay distinct on file systems that ignore case.
    value: department[field].toLowerCase(),
    path: ['departments', index, field],
  }));
}

function userNames(topology: Checked): Named[] {
  return topology.departments.flatMap((department, index) =>
    department.users.map((user, position) => ({
      value: user.name,
      path: ['departments', index, 'users', position, 'name'],
    })),
  );
}

function allPorts(topology: Checked): Named[] {
  const own = topology.departments.flatMap((department, index) =>
    Object.entries(department.ports).map(([name, port]) => ({
      value: `${listensOn(department, name)}:${port ?? 0}`,
      path: ['departments', index, 'ports', name],
    })),
  );
  const chaincode =
    topology.chaincode.address === undefined && topology.engine === 'embedded'
      ? [{ value: `127.0.0.1:${topology.chaincode.port}`, path: ['chaincode', 'port'] }]
      : [];
  return [...own, ...chaincode].filter(({ value }) => !value.endsWith(':0'));
}

function checkUsers(topology: Checked, report: Report): void {
  topology.departments.forEach((department, index) =>
    department.users.forEach((user, position) => {
      if (!user.name.startsWith(`${department.id}.`)) {
        report(['departments', index, 'users', position, 'name'], {
          zh: `须以所属部门 ${department.id}. 开头`,
          en: `must begin with ${department.id}. (its department)`,
        });
      }
    }),
  );
}

function checkConsenters(topology: Checked, report: Report): void {
  const consenters = topology.departments.filter((department) => department.orderer);
  topology.departments.forEach((department, index) => {
    if (department.orderer && department.ports.orderer === undefined) {
      report(['departments', index, 'ports', 'orderer'], {
        zh: '设有排序节点的部门须写明其端口',
        en: 'a consenter needs an orderer port',
      });
    }
  });
  const { ordering, allowNoFaultTolerance } = topology;
  if (consenters.length === 0) {
    report(['departments'], {
      zh: '至少一个部门须设排序节点（orderer: true）',
      en: 'at least one department must have orderer: true',
    });
  } else if (!allowNoFaultTolerance && faultsTolerated(ordering, consenters.length) < 1) {
    const least = ordering === 'bft' ? 4 : 3;
    report(['departments'], {
      zh: `${consenters.length} 个排序节点不能容忍任何故障：至少设 ${least} 个，或者写明 allowNoFaultTolerance`,
      en: `${consenters.length} consenters survive no fault: name at least ${least}, or set allowNoFaultTolerance`,
    });
  }
}
