import eslint from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const plainErrors = [
  {
    selector: "NewExpression[callee.name='Error']",
    message: 'Throw the coded error of this package, never a plain Error (docs/errors.md).',
  },
];

// Chaincode runs on every department's peer and must give the same bytes everywhere.
const nondeterminism = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Use the transaction time.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Use the transaction time.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Not deterministic.',
  },
  {
    selector: "MemberExpression[property.name='localeCompare']",
    message: 'Depends on the locale of the host.',
  },
  {
    selector: 'CallExpression[callee.name=/^set(Timeout|Interval|Immediate)$/]',
    message: 'No timers in chaincode.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'coverage/**', '.yici/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [eslint.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      complexity: ['error', 10],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...plainErrors],
      'no-restricted-properties': [
        'error',
        {
          property: '_zod',
          message:
            "zod's internals are for gateway's conforms.ts and api's lenient.ts alone: their tests name its version.",
        },
        {
          property: '_def',
          message:
            "zod's internals are for gateway's conforms.ts and api's lenient.ts alone: their tests name its version.",
        },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `() => close()` says what is called; braces around it say nothing more.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An interface gives a large inferred type a name; those of chaincode/src/kernel are what concepts add to.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        {
          allowInterfaces: 'with-single-extends',
          allowWithName: '^(Commands|Queries|LedgerRecords)$',
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
    },
  },
  {
    files: ['chaincode/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...plainErrors, ...nondeterminism],
      'no-restricted-globals': ['error', 'process', 'Intl', 'fetch', 'performance'],
      // A class used as a decorated parameter must be a value import, or its type is lost in the metadata.
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['gateway/src/index-store/conforms.ts', 'api/src/lenient.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [eslint.configs.recommended],
    languageOptions: { globals: globals.node },
  },
);
