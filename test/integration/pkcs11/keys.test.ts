import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isTokenUri,
  makeTokenKey,
  openPrivateKey,
  parseTokenUri,
  type PrivateKey,
} from '@yici/keys';
import { isLowS, verifySignature } from '@yici/ledger';
import { expect } from 'chai';
import type * as pkcs11js from 'pkcs11js';
import { needsTokens, pin, softToken, type SoftToken } from '../../support/token.js';

const require = createRequire(import.meta.resolve('@yici/keys'));

/** What a token has of a key, asked past the product. */
interface Attributes {
  readonly id: string;
  readonly sensitive: boolean;
  readonly extractable: boolean;
  readonly value: string;
}

describe('keys in a PKCS#11 token', function () {
  this.timeout(30_000);
  let folder: string;
  let token: SoftToken;
  let key: PrivateKey;
  const message = Buffer.from('what is signed');

  before(function () {
    needsTokens(this);
    folder = mkdtempSync(join(tmpdir(), 'yici-token-'));
    token = softToken();
    key = makeTokenKey(token.uri(), 'peer0.hrss');
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    delete process.env['YICI_TOKEN_PIN'];
  });

  /** The library that the product has loaded, with a handle of its own. */
  function raw() {
    const p11 = require('pkcs11js') as typeof pkcs11js;
    const library = new p11.PKCS11();
    library.load(parseTokenUri(token.uri()).module);
    const slot = library
      .C_GetSlotList(true)
      .find((each) => library.C_GetTokenInfo(each).label.trimEnd() === token.label)!;
    return { p11, library, slot };
  }

  function privateHalf(label: string): Attributes {
    const { p11, library, slot } = raw();
    const session = library.C_OpenSession(slot, p11.CKF_SERIAL_SESSION);
    try {
      library.C_FindObjectsInit(session, [
        { type: p11.CKA_CLASS, value: p11.CKO_PRIVATE_KEY },
        { type: p11.CKA_LABEL, value: label },
      ]);
      const [object] = library.C_FindObjects(session, 1);
      library.C_FindObjectsFinal(session);
      const read = (type: number) =>
        library.C_GetAttributeValue(session, object!, [{ type }])[0]!.value;
      let value = 'given away';
      try {
        read(p11.CKA_VALUE);
      } catch (error) {
        value = (error as Error).message;
      }
      return {
        id: read(p11.CKA_ID).toString('hex'),
        sensitive: read(p11.CKA_SENSITIVE)[0] === 1,
        extractable: read(p11.CKA_EXTRACTABLE)[0] === 1,
        value,
      };
    } finally {
      library.C_CloseSession(session);
    }
  }

  function refusal(text: string): { code: unknown; details: unknown } {
    try {
      openPrivateKey(text);
      return { code: 'none', details: {} };
    } catch (error) {
      const { code, details } = error as { code: unknown; details: unknown };
      return { code, details };
    }
  }

  /** In a process of its own: one that has logged in once stays so. */
  function refusalElsewhere(text: string, env: Readonly<Record<string, string>> = {}): string {
    const program = `import { openPrivateKey } from ${JSON.stringify(import.meta.resolve('@yici/keys'))};
      try { openPrivateKey(process.argv[1]); console.log('none'); }
      catch (error) { console.log(error.code, error.details.left ?? '', error.words.zh); }`;
    return execFileSync(process.execPath, ['--input-type=module', '--eval', program, text], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  }

  it('sign as Fabric does: verified by the public half, with the lower s, each time anew', () => {
    expect(isTokenUri(key.text)).to.equal(true);
    for (let turn = 0; turn < 20; turn++) {
      const signature = key.sign(message);
      expect(verifySignature(key.publicKey, message, signature)).to.equal(true);
      expect(isLowS(signature)).to.equal(true);
    }
  });

  it('are found again by their reference, whose id is what a Fabric node looks for', () => {
    expect(openPrivateKey(key.text).publicKey.equals(key.publicKey)).to.equal(true);
    const { x = '', y = '' } = key.publicKey.export({ format: 'jwk' });
    const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    const ski = createHash('sha256').update(Buffer.concat(point)).digest('hex');
    expect(privateHalf('peer0.hrss').id).to.equal(ski);
    expect(parseTokenUri(key.text).id?.toString('hex')).to.equal(ski);
    expect(key.text).not.to.include(pin);
  });

  it('never leave it', () => {
    const { sensitive, extractable, value } = privateHalf('peer0.hrss');
    expect({ sensitive, extractable }).to.deep.equal({ sensitive: true, extractable: false });
    expect(value).to.match(/CKR_ATTRIBUTE_SENSITIVE/);
  });

  it('go on signing when the token has lost the session, or was started anew', () => {
    const { library, slot } = raw();
    library.C_CloseAllSessions(slot);
    expect(verifySignature(key.publicKey, message, key.sign(message))).to.equal(true);
    library.C_Finalize();
    expect(verifySignature(key.publicKey, message, key.sign(message))).to.equal(true);
  });

  it('sign in another thread for a process that others wait for, one after the other', async () => {
    let signed = false;
    const first = Promise.resolve(key.signAside(message)).then((signature) => {
      signed = true;
      return signature;
    });
    // What this thread had to do itself would be done after as many turns of its own.
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    expect(signed).to.equal(false);
    const more = Array.from({ length: 20 }, () => key.signAside(message));
    expect(verifySignature(key.publicKey, message, key.sign(message))).to.equal(true);
    for (const signature of await Promise.all([first, ...more]))
      expect(verifySignature(key.publicKey, message, signature)).to.equal(true);
    const { library, slot } = raw();
    library.C_CloseAllSessions(slot);
    expect(verifySignature(key.publicKey, message, await key.signAside(message))).to.equal(true);
    library.C_Finalize();
    expect(verifySignature(key.publicKey, message, await key.signAside(message))).to.equal(true);
  });

  it('may be of P-384, and are nothing that Fabric cannot sign with', () => {
    const imported = (id: string, { privateKey }: KeyPairKeyObjectResult) => {
      const file = join(folder, `${id}.pem`);
      writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      execFileSync(
        'softhsm2-util',
        ['--import', file, '--token', token.label, '--label', id, '--id', id, '--pin', pin],
        { stdio: 'ignore' },
      );
      return token.uri(`;object=${id}`);
    };
    const wide = openPrivateKey(imported('a1', generateKeyPairSync('ec', { namedCurve: 'P-384' })));
    expect(verifySignature(wide.publicKey, message, wide.sign(message))).to.equal(true);
    const rsa = imported('a2', generateKeyPairSync('rsa', { modulusLength: 2048 }));
    const narrow = imported('a3', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
    for (const other of [rsa, narrow])
      expect(refusal(other).code, other).to.equal('TOKEN_KEY_UNSUPPORTED');
  });

  describe('are refused early, by code and with what to do,', () => {
    const invalid = (name: string, text: () => string, part: string) => {
      it(`when the reference is not usable: ${name}`, () => {
        expect(refusal(text())).to.deep.equal({ code: 'TOKEN_URI_INVALID', details: { part } });
      });
    };
    invalid('no module', () => 'pkcs11:token=yici;object=a', 'module-path');
    invalid(
      'a path that depends on the folder',
      () => 'pkcs11:token=a?module-path=lib.so',
      'module-path',
    );
    invalid('no token', () => token.uri().replace('token=yici', ''), 'token');
    invalid('a PIN in it', () => token.uri('', '&pin-value=1234'), 'pin-value');
    invalid('a command for a PIN', () => token.uri('', '&pin-source=|cat%20pin'), 'pin-source');
    invalid('something that would not be looked at', () => token.uri(';serial=1'), 'serial');

    it('when the module is missing, is no library, or could be written by others', () => {
      const text = join(folder, 'text.so');
      writeFileSync(text, 'no library');
      const open = join(folder, 'open.so');
      copyFileSync(parseTokenUri(token.uri()).module, open);
      chmodSync(open, 0o666);
      for (const file of [join(folder, 'nowhere.so'), text, open]) {
        const { code, details } = refusal(`pkcs11:token=yici;object=a?module-path=${file}`);
        expect(code, file).to.equal('TOKEN_MODULE_UNUSABLE');
        expect(details).to.deep.equal({ file });
      }
    });

    it('when the token is not there, naming those that are', () => {
      const { code, details } = refusal(token.uri().replace('token=yici', 'token=other'));
      expect(code).to.equal('TOKEN_MISSING');
      expect(details).to.deep.equal({ token: 'other', found: ['yici'] });
    });

    it('when the key is not there, or two answer to its name', () => {
      expect(refusal(token.uri(';object=nobody')).code).to.equal('TOKEN_KEY_MISSING');
      makeTokenKey(token.uri(), 'twice');
      const second = makeTokenKey(token.uri(), 'twice');
      expect(refusal(token.uri(';object=twice')).code).to.equal('TOKEN_KEY_MISSING');
      expect(openPrivateKey(second.text).publicKey.equals(second.publicKey)).to.equal(true);
    });

    it('when no PIN is given, and when it is wrong, saying what the token tells of the tries left', () => {
      const bare = token.uri(';object=peer0.hrss', '');
      expect(refusalElsewhere(bare)).to.match(/^TOKEN_PIN_MISSING .*pin-source/);
      const gone = token.uri(';object=peer0.hrss', `&pin-source=file:${folder}/gone`);
      expect(refusalElsewhere(gone)).to.match(/^TOKEN_PIN_MISSING/);
      expect(refusalElsewhere(bare, { YICI_TOKEN_PIN: pin })).to.match(/^none/);
      const wrong = refusalElsewhere(bare, { YICI_TOKEN_PIN: '0000' });
      expect(wrong).to.match(/^TOKEN_PIN_WRONG few .*所剩尝试次数不多/);
    });

    it('when the binding is not installed', () => {
      const alone = join(folder, 'alone');
      const packages = join(alone, 'node_modules', '@yici');
      for (const name of ['keys', 'ledger']) {
        const from = join(import.meta.dirname, '../../../..', name);
        execFileSync('mkdir', ['-p', packages]);
        execFileSync('cp', ['-r', from, join(packages, name)]);
      }
      const program = `import { openPrivateKey } from '@yici/keys';
        try { openPrivateKey(process.argv[2]); } catch (error) { console.log(error.code, error.words.en); }`;
      writeFileSync(join(alone, 'program.mjs'), program);
      const said = execFileSync(process.execPath, ['program.mjs', key.text], {
        cwd: alone,
        encoding: 'utf8',
      });
      expect(said).to.match(/^TOKEN_SUPPORT_MISSING .*npm rebuild pkcs11js/);
    });
  });
});
