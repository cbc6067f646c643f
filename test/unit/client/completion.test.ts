import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';

const suggest = async (...words: string[]): Promise<readonly string[]> =>
  (await runYici(['completion', 'suggest', '--', ...words])).out;

describe('completion', () => {
  it('offers commands, then verbs, then options', async () => {
    expect(await suggest('ca')).to.deep.equal(['calendar', 'case']);
    expect(await suggest('case', 'op')).to.deep.equal(['opinion']);
    expect(await suggest('case', 'opinion', 'X', '--st')).to.deep.equal(['--step']);
  });

  it('offers what a closed list has, after its option', async () => {
    expect(await suggest('matter', 'list', '--status', '')).to.deep.equal([
      'cosigned',
      'draft',
      'published',
      'retired',
    ]);
  });

  it('offers nothing, and says nothing, where nobody is logged in to ask the ledger', async () => {
    const run = await runYici(['completion', 'suggest', '--', 'case', 'show', '']);
    expect(run).to.deep.equal({ exitCode: 0, out: [], notes: [] });
  });

  for (const shell of ['bash', 'zsh'] as const) {
    const found = spawnSync(shell, ['-c', 'exit 0']).status === 0;

    (found ? it : it.skip)(`completes a line in a real ${shell}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'yici-completion-'));
      try {
        const program = fileURLToPath(new URL('bin/yici.js', import.meta.resolve('@yici/client')));
        const command = join(folder, 'yici');
        writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
        chmodSync(command, 0o755);
        const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
        const asked = {
          bash: 'eval "$(yici completion bash)"; COMP_WORDS=(yici case opi); COMP_CWORD=2; _yici; printf "%s\\n" "${COMPREPLY[@]}"',
          zsh: 'compdef() { :; }; compadd() { shift; print -l "${(P@)1}"; }; eval "$(yici completion zsh)"; words=(yici case opi); CURRENT=3; _yici',
        };
        const said = execFileSync(shell, ['-c', asked[shell]], { env, encoding: 'utf8' });
        expect(said.trim()).to.equal('opinion');
      } finally {
        rmSync(folder, { recursive: true });
      }
    }).timeout(20_000);
  }
});
