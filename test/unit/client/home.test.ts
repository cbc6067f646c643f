import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientError } from '@yici/client';
import {
  forgetSession,
  homeFolder,
  keepSalt,
  readSalt,
  readSession,
  seal,
  type StoredSession,
  writeSession,
} from '@yici/client/testing';
import { expect } from 'chai';

const session: StoredSession = {
  v: 1,
  gateway: 'http://127.0.0.1:8080',
  token: 'ys_secret',
  identity: '/keys/hrss.clerk1',
  user: 'hrss.clerk1',
};

describe('the settings folder', () => {
  let home: string;

  beforeEach(async () => {
    home = join(await mkdtemp(join(tmpdir(), 'yici-home-')), 'yici');
  });

  afterEach(async () => {
    await rm(join(home, '..'), { recursive: true });
  });

  it('keeps a session that only its owner can read', async () => {
    await writeSession(home, session);
    expect(await readSession(home)).to.deep.equal(session);
    expect((await stat(join(home, 'session.json'))).mode & 0o777).to.equal(0o600);
    expect((await stat(home)).mode & 0o777).to.equal(0o700);
  });

  it('forgets it', async () => {
    await writeSession(home, session);
    await forgetSession(home);
    expect(await readSession(home)).to.equal(undefined);
    await forgetSession(home);
  });

  it('refuses a damaged session', async () => {
    await writeSession(home, session);
    await writeFile(join(home, 'session.json'), '{"v":2}');
    try {
      await readSession(home);
      expect.fail('it was read');
    } catch (error) {
      expect(error).to.be.instanceOf(ClientError).with.property('code', 'NOT_LOGGED_IN');
    }
  });

  it('keeps the salt of a digest', async () => {
    const made = seal('12');
    await keepSalt(home, made, 'approved');
    const salt = await readSalt(home, made.sealed.digest);
    expect(salt && Buffer.from(salt)).to.deep.equal(Buffer.from(made.salt));
    expect(await readSalt(home, '0'.repeat(64))).to.equal(undefined);
  });

  it('is where YICI_HOME says, else where XDG says', () => {
    expect(homeFolder({ YICI_HOME: '/a' })).to.equal('/a');
    expect(homeFolder({ XDG_CONFIG_HOME: '/b' })).to.equal(join('/b', 'yici'));
    expect(homeFolder({})).to.match(/\.config.yici$/);
  });
});
