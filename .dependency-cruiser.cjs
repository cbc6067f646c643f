// The import table of docs/architecture.md, enforced. Build first: workspaces resolve to dist.
const ours = {
  chaincode: [],
  ledger: [],
  api: [],
  terminal: [],
  keys: ['ledger'],
  papers: ['ledger'],
  console: ['api', 'client', 'papers'],
  network: ['ledger', 'keys', 'terminal'],
  client: ['ledger', 'keys', 'api', 'terminal', 'papers'],
  gateway: ['ledger', 'keys', 'api', 'client', 'terminal'],
};

/**
 * Forbids every package of ours that the table does not name. `@yici/domain/model` is open to all but ledger,
 * `@yici/domain/acts`, which asks the rules what is open, to gateway.
 */
function onlyMayImport(from, allowed) {
  const others = [
    'chaincode',
    'api',
    'terminal',
    'ledger',
    'keys',
    'network',
    'gateway',
    'papers',
    'client',
    'console',
    'test',
  ].filter((name) => name !== from && !allowed.includes(name));
  const entries = [
    ...(from === 'ledger' ? [] : ['model']),
    ...(from === 'gateway' ? ['acts'] : []),
  ];
  const model = entries.map((entry) => `^chaincode/(library/dist|src)/${entry}`);
  return {
    name: `${from}-imports`,
    severity: 'error',
    from: {
      path: `^${from}/`,
      pathNot: [
        '^gateway/(src|dist)/assembly/(start|embedded-engine|take-backup|back-up|restore)\\.',
        '^gateway/(src|dist)/store/disk\\.',
      ],
    },
    to: { path: `^(${others.join('|')})/`, ...(model.length ? { pathNot: model } : {}) },
  };
}

module.exports = {
  forbidden: [
    ...Object.entries(ours).map(([from, allowed]) => onlyMayImport(from, allowed)),
    {
      name: 'ledger-is-pure',
      comment: 'ledger gets bytes and gives findings: no files, no network, no processes',
      severity: 'error',
      from: { path: '^ledger/' },
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(crypto|util|buffer)$',
      },
    },
    {
      name: 'chaincode-is-self-contained',
      comment: 'a peer installs chaincode alone, and its rules are deterministic',
      severity: 'error',
      from: { path: '^chaincode/src' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'testing-is-for-tests',
      comment:
        'a package shows its inside to suites under ./testing; product code takes the public list',
      severity: 'error',
      from: { path: '^(chaincode|api|terminal|ledger|keys|network|gateway|client)/' },
      to: { path: '^(ledger|network|gateway|client)/(src|dist)/testing\\.' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circular-folders',
      comment: 'what two rooms share lies in a room below both',
      severity: 'error',
      scope: 'folder',
      from: {
        path: '^(chaincode|api|terminal|ledger|keys|network|gateway|papers|client|console)/src',
      },
      to: { circular: true },
    },
    {
      name: 'declared-dependencies',
      severity: 'error',
      from: {
        path: '^(chaincode|api|terminal|ledger|keys|network|gateway|papers|client|console)/src',
      },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: '/dist/',
      },
    },
  ],
  options: {
    // A package's imports of another one resolve to its dist/: judged as a target, not read any further.
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'types', 'default'],
    },
  },
};
