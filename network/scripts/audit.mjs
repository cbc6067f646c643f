// The last act of the demo: the supervision office takes every block out of the network and verifies the chain alone.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, say } from './prepare.mjs';

/** Whether a folder is a network's on this machine, so that blocks can be taken out of it. */
export const isNetworkFolder = (state) => existsSync(join(state, 'topology.yaml'));

/**
 * Exports the blocks of the network in `state` and runs `yici audit verify` on them with nothing but the genesis hash; says
 * so on `stdout`. What it came to, the office then records on the ledger through `url`. Answers the exit code.
 */
export async function auditAlone({ state, url, genesisHash, stdout = 1 }, run = runProgram) {
  const blocks = mkdtempSync(join(tmpdir(), 'yici-blocks-'));
  const words = say({
    zh: `
━━ 独立复核：督查室只凭全部区块与创世区块哈希核验，不依赖任何部门、网关和节点
   创世区块哈希应由督查机构自行留存：${genesisHash}
   结论随后由督查室签名登记，可用 yici supervise audits list 查看
`,
    en: `
━━ The supervision office verifies alone: from the blocks and the genesis hash, trusting no department, no gateway and no peer
   A supervisor keeps the genesis hash itself: ${genesisHash}
   What it comes to is then recorded under its signature: yici supervise audits list
`,
  });
  try {
    const exported = await run(
      'network/dist/bin/yici-network.js',
      ['blocks', 'export', '--dir', state, '--out', blocks],
      2,
    );
    if (exported !== 0) return exported;
    (stdout === 1 ? process.stdout : process.stderr).write(words);
    const office = join(state, 'identities', 'supervision.supervisor1');
    const recording = ['--record', '--gateway', url, '--identity', office];
    const args = ['audit', 'verify', blocks, '--pin', genesisHash, ...recording];
    return await run('client/dist/bin/yici.js', args, stdout);
  } finally {
    rmSync(blocks, { recursive: true, force: true });
  }
}

/** Runs one of the project's programs to its end; answers its exit code. */
export function runProgram(file, args, stdout = 1) {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    stdio: ['ignore', stdout, 2],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  return new Promise((done) => child.once('exit', (code) => done(code ?? 70)));
}
