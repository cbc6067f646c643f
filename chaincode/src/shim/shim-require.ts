/** A package as fabric-shim itself gets it, wherever npm put it: another copy's classes are strangers to the shim. */
export function requireFromShim(name: string): unknown {
  const paths = [require.resolve('fabric-shim/package.json')];
  // An import would look from here, where there may be another copy or none.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(require.resolve(name, { paths }));
}
