import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoTopologyFile } from '../genesis/prepare.js';
import { allUsers } from '../topology/nodes.js';
import { isDemo } from './is-demo.js';
import { readTopology } from '../topology/load.js';
import type { DataFolder } from '../supervisor/data-folder.js';

/** A role of the demo, whose key whoever sits at this machine may use. */
export interface DemoRole {
  readonly user: string;
  readonly role: string;
  readonly department: {
    readonly id: string;
    readonly name: { readonly zh: string; readonly en: string };
  };
}

/** The three files of an identity folder. */
export interface DemoIdentity {
  readonly certificate: string;
  readonly key: string;
  readonly connection: string;
}

export interface DemoRoles {
  readonly roles: readonly DemoRole[];
  /** Undefined when the demo has no such role. */
  identity(user: string): DemoIdentity | undefined;
}

/** Roles that sign by themselves for programs; a visitor takes none of them. */
const programs: ReadonlySet<string> = new Set(['service', 'gateway']);

/** The demo's roles for people; undefined when the folder's network is another than the demo's. */
export function demoRolesIn(folder: DataFolder): DemoRoles | undefined {
  const topology = readTopology(folder.topology);
  if (!isDemo(topology, readTopology(demoTopologyFile))) return undefined;
  const roles = allUsers(topology)
    .filter(({ user }) => !programs.has(user.role))
    .map(({ user, department: { id, name } }) => ({
      ...{ user: user.name, role: user.role },
      department: { id, name },
    }));
  return {
    roles,
    identity: (user) =>
      roles.some((one) => one.user === user) ? filesIn(join(folder.identities, user)) : undefined,
  };
}

function filesIn(identity: string): DemoIdentity {
  const read = (name: string) => readFileSync(join(identity, name), 'utf8');
  return {
    certificate: read('cert.pem'),
    key: read('key.pem'),
    connection: read('connection.json'),
  };
}
