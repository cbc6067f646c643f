import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Writes a chaincode package that is not ours: a plain JavaScript contract on `fabric-shim`, put, get and transient. */
export function writeForeignContract(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'foreign', version: '1.0.0', main: 'index.js' }),
  );
  writeFileSync(join(folder, 'index.js'), source);
  // The dependencies an `npm install` in the folder would have brought.
  const shim = dirname(createRequire(import.meta.url).resolve('fabric-shim/package.json'));
  symlinkSync(dirname(shim), join(folder, 'node_modules'));
  return folder;
}

const source = `
'use strict';
const { Contract } = require('fabric-contract-api');
class Foreign extends Contract {
  async put(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value));
    ctx.stub.setEvent('put', Buffer.from(key));
    return value;
  }
  async get(ctx, key) {
    return (await ctx.stub.getState(key)).toString();
  }
  async keep(ctx, key) {
    await ctx.stub.putPrivateData('secrets', key, ctx.stub.getTransient().get('value'));
  }
  async whoami(ctx) {
    return ctx.clientIdentity.getAttributeValue('yici.user');
  }
  async beside(ctx) {
    return ctx.stub.getMspID();
  }
}
module.exports.contracts = [Foreign];
`;
