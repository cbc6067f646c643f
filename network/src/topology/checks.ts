import { faultsTolerated } from '@yici/ledger';
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
  const report = (path: Path, message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message });
  reportRepeats(departmentValues(topology, 'id'), 'department id', report);
  reportRepeats(departmentValues(topology, 'mspId'), 'MSP id', report);
  reportRepeats(userNames(topology), 'user', report);
  reportRepeats(allPorts(topology), 'port', report);
  checkUsers(topology, report);
  checkConsenters(topology, report);
  if (topology.rootDays < topology.certificateDays) {
    report(['rootDays'], 'is shorter than certificateDays: no certificate outlives its root');
  }
  if (topology.batch.preferredMaxBytes > topology.batch.absoluteMaxBytes) {
    report(['batch', 'preferredMaxBytes'], 'is larger than absoluteMaxBytes');
  }
}

type Report = (path: Path, message: string) => void;

function reportRepeats(values: readonly Named[], what: string, report: Report): void {
  const first = new Map<string, Path>();
  for (const { value, path } of values) {
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, path);
    else report(path, `the ${what} ${value} is used already at ${earlier.join('.')}`);
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
        report(
          ['departments', index, 'users', position, 'name'],
          `must begin with ${department.id}. (its department)`,
        );
      }
    }),
  );
}

function checkConsenters(topology: Checked, report: Report): void {
  const consenters = topology.departments.filter((department) => department.orderer);
  topology.departments.forEach((department, index) => {
    if (department.orderer && department.ports.orderer === undefined) {
      report(['departments', index, 'ports', 'orderer'], 'a consenter needs an orderer port');
    }
  });
  if (consenters.length === 0)
    report(['departments'], 'at least one department must have orderer: true');
  else if (
    !topology.allowNoFaultTolerance &&
    faultsTolerated(topology.ordering, consenters.length) < 1
  ) {
    report(
      ['departments'],
      `${consenters.length} consenters survive no fault: name at least ${topology.ordering === 'bft' ? 4 : 3}, or set allowNoFaultTolerance`,
    );
  }
}
