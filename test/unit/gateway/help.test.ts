import { describeGateway } from '@yici/gateway/testing';
import { languageOf, sayIn, SpokenCommand } from '@yici/terminal';
import { expect } from 'chai';
import { everyCommand, faultsOf } from '../../support/every-command.js';

/** What `yici-gateway` prints. */
async function help(args: readonly string[]): Promise<string> {
  const said: string[] = [];
  const program = new SpokenCommand('yici-gateway', sayIn(languageOf(args, {})))
    .exitOverride()
    .configureOutput({ writeOut: (text) => said.push(text), writeErr: (text) => said.push(text) });
  const nothing = () => expect.fail('it was not asked to');
  const parsed = describeGateway(program, nothing, nothing).parseAsync(args, { from: 'user' });
  await parsed.catch(() => undefined);
  return said.join('');
}

describe('the help of yici-gateway', () => {
  it('has an example of it and of every command, in either language', async () => {
    expect(await help(['--help'])).to.contain('$ yici-gateway --config');
    const pages = await everyCommand(help);
    expect(pages.map(({ path }) => path.join(' '))).to.include.members([
      ...['account rotate', 'api-key revoke', 'backup', 'wallet import'],
    ]);
    expect(pages.flatMap((page) => faultsOf(page, 'yici-gateway'))).to.deep.equal([]);
  });

  it('says of a command that it has not which one was meant, though it starts without any', async () => {
    expect(await help(['backpu'])).to.equal('用法有误：没有命令“backpu”，是否为 backup？\n');
  });
});
