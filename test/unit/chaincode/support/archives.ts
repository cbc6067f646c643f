import type { Runner } from './story.js';
import { by, digestOf, mspOf, start } from './story.js';

/** Puts the function of the archive in force for one of the six departments. */
export async function foundArchives(runner: Runner, id: string, at = start): Promise<void> {
  await runner.run('department.update', { claim: ['archives'] }, by(`${id}.head1`, at));
  const others = Object.keys(mspOf).filter((other) => other !== id);
  for (const other of others.slice(0, 3)) {
    const act = by(`${other}.head1`, at);
    await runner.run('department.confirm', { id, functions: ['archives'] }, act);
  }
}

/** All four checks of the archive passed. */
export const sound = {
  ...{ authenticity: true, integrity: true, usability: true, security: true },
  report: digestOf('report'),
} as const;

/** What an archiving names, of a matter that says nothing of its retention. */
export const archiving = {
  package: digestOf('package'),
  retention: 'years30',
  retentionBasis: '归档范围和保管期限表 3.2',
} as const;
