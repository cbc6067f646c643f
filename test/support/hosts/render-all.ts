import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '@yici/network';
import {
  collectCertificates,
  exportCertificates,
  makeDepartmentKeys,
  parseTopology,
  renderDepartment,
  type TopologyInput,
} from '@yici/network/testing';
import { stringify } from 'yaml';

/** Where a department of {@link renderAll} keeps its keys, those of its clerks and heads included. */
export function keysFolder(directory: string, department: string): string {
  return join(directory, 'keys', department);
}

/**
 * Each department makes its own keys in its own folder; certificates travel; each renders its own host. Gives the rendered
 * folders by department.
 */
export function renderAll(
  directory: string,
  topology: TopologyInput,
  binDir: string,
): Map<string, string> {
  const file = join(directory, 'city.yaml');
  writeFileSync(file, stringify(topology));
  const checked = parseTopology(topology);
  const ids = topology.departments.map(({ id }) => id);
  const keys = (id: string) => keysFolder(directory, id);
  const sent = (id: string) => join(directory, `${id}.certificates.json`);
  for (const id of ids) {
    makeDepartmentKeys(dataFolder(keys(id)), file, id, 'a sentence of the test');
    exportCertificates(checked, keys(id), id, sent(id));
  }
  return new Map(
    ids.map((id) => {
      for (const other of ids) collectCertificates(checked, keys(id), sent(other));
      const out = join(directory, 'hosts', id);
      renderDepartment({ directory: keys(id), department: id, out, binDir });
      return [id, out];
    }),
  );
}
