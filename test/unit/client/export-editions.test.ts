import { createHash } from 'node:crypto';
import { caseJson, caseXml, packCase, type CaseSources } from '@yici/client';
import { translationEdition, verifyCaseExport } from '@yici/client/testing';
import { expect } from 'chai';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { bouncedCase } from './support/exported-case.js';

interface ManifestText {
  edition?: number;
  readonly files: { readonly name: string; size: number; sha256: string }[];
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

describe('editions of the translation in an export package', () => {
  let sources: CaseSources;

  before(async () => {
    sources = await bouncedCase();
  });

  function packed(): Uint8Array {
    const transactions = sources.events.map(({ txId }, index) => ({
      txId,
      block: index,
      index: 0,
    }));
    const genesisHash = 'ab'.repeat(32);
    return packCase(sources, { channel: 'yici', chaincode: 'yici', genesisHash, transactions });
  }

  /** The package with another translation, its digest in the manifest made right. */
  function toldOtherwise(change: (manifest: ManifestText) => void): Uint8Array {
    const files = unzipSync(packed());
    const told = strToU8('{"办件编号":"as it was told then"}');
    const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as ManifestText;
    const entry = manifest.files.find(({ name }) => name === 'case.json')!;
    Object.assign(entry, { size: told.length, sha256: sha256(told) });
    change(manifest);
    const text = JSON.stringify(manifest);
    return zipSync({ ...files, 'case.json': told, 'manifest.json': strToU8(text) });
  }

  it('compares those of this edition with the records', () => {
    expect(verifyCaseExport(packed())).to.deep.include({
      findings: [],
      translationsCompared: true,
    });
    const { findings } = verifyCaseExport(toldOtherwise(() => undefined));
    expect(findings.map(({ code }) => code)).to.deep.equal(['TRANSLATION_DIFFERS']);
  });

  it('lets those of another edition stand by their digests, and says that they were not compared', () => {
    for (const edition of [undefined, translationEdition + 1]) {
      const check = verifyCaseExport(
        toldOtherwise((manifest) => {
          if (edition === undefined) delete manifest.edition;
          else manifest.edition = edition;
        }),
      );
      expect(check).to.deep.include({ findings: [], translationsCompared: false });
      expect(check.manifest!.edition).to.equal(edition ?? 1);
    }
  });

  it('raises the edition when the same records are told otherwise: then this digest is another, too', () => {
    // Transaction ids and what is made of them are others in each test process.
    const told = [caseJson(sources), caseXml(sources)].map((text) =>
      text.replaceAll(/[0-9a-f]{64}/g, ''),
    );
    expect([translationEdition, sha256(...told)]).to.deep.equal([
      5,
      '3fc44f3ab5151651fb9a3fa7d18d3812dfd049f8c68f26614a5faef0db5a1d9d',
    ]);
  });
});
