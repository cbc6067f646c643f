import type { IdentityFiles } from './vault.js';
import type { HeldIdentity } from './keys.js';
import { ConsoleError } from '../errors.js';

/** A role of the demo network that a visitor may take; only a demo gateway on loopback has them. */
export interface DemoRole {
  readonly user: string;
  readonly role: string;
  readonly department: {
    readonly id: string;
    readonly name: { readonly zh: string; readonly en: string };
  };
}

/** Empty where the gateway is no demo's. */
export async function demoRoles(): Promise<readonly DemoRole[]> {
  const response = await fetch('/demo/roles');
  if (!response.ok) return [];
  const { items } = (await response.json()) as { readonly items: readonly DemoRole[] };
  return items;
}

export async function takeDemoRole(user: string): Promise<HeldIdentity> {
  const response = await fetch(`/demo/roles/${encodeURIComponent(user)}`);
  if (!response.ok) throw new ConsoleError('NO_DEMO_ROLE', `no demo role ${user}`);
  const files = (await response.json()) as IdentityFiles;
  return (await import('./vault.js')).held(files);
}
