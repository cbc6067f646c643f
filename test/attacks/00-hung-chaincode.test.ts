import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { GatewayNode } from './support/gateway-node.js';

/** Chaincode processes that a gateway started. */
function chaincodesOf(pid: number): number[] {
  const args = ['-A', '-ww', '-o', 'pid=,ppid=,args='];
  const { stdout } = spawnSync('ps', args, { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...command]) => Number(parent) === pid && command.includes('server'))
    .map(([own]) => Number(own));
}

describe('attack 0: a chaincode that hangs', function () {
  this.timeout(240_000);
  const node = new GatewayNode();

  before(() => node.start());
  after(() => node.dispose());

  const obstacles = async (): Promise<string> => {
    const response = await fetch(`${node.url}/readyz`);
    const body = (await response.json()) as { obstacles: string[] };
    expect(response.status).to.equal(body.obstacles.length === 0 ? 200 : 503);
    return body.obstacles.join(' ');
  };

  it('makes the gateway not ready, and ready again when it goes on', async () => {
    expect(await obstacles()).to.equal('');
    const [chaincode] = chaincodesOf(node.process.pid);
    expect(chaincode).to.be.a('number');
    process.kill(chaincode!, 'SIGSTOP');
    try {
      const until = Date.now() + 120_000;
      while ((await obstacles()) === '' && Date.now() < until) await pause(200);
      expect(await obstacles()).to.match(/^链码自 \S+ 起没有应答/);
    } finally {
      process.kill(chaincode!, 'SIGCONT');
    }
    while ((await obstacles()) !== '') await pause(200);
  });
});
