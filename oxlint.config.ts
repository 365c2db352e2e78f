import { defineConfig } from 'oxlint'
import { importOverrides } from './scripts/lint/import-overrides.ts'
import { importTable } from './scripts/lint/import-table.ts'

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y', 'nextjs', 'vitest'],
  options: { typeAware: true },
  env: { builtin: true, es2024: true, node: true, browser: true },
  ignorePatterns: [
    'node_modules',
    '.next',
    '.data',
    'dist',
    'coverage',
    'server/platform/prisma/generated',
    'next-env.d.ts',
  ],
  categories: { correctness: 'error' },
  rules: {
    eqeqeq: 'error',
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
    'no-param-reassign': 'error',
    'preserve-caught-error': 'error',
    'no-throw-literal': 'error',

    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-deprecated': 'error',
    'typescript/ban-ts-comment': [
      'error',
      { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' },
    ],
    // The inline form has pulled server code into client bundles; both rules together leave only `import type { X }`.
    'typescript/consistent-type-imports': [
      'error',
      { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
    ],
    'import/consistent-type-specifier-style': ['error', 'prefer-top-level'],
    'import/no-cycle': 'error',
    'import/no-self-import': 'error',
    'import/no-default-export': 'error',
    'unicorn/prefer-node-protocol': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],

    'vitest/no-standalone-expect': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/require-to-throw-message': 'off',
    // A wait that ends in vain fails the test, so it is an assertion.
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'waitFor*', 'waitUntil*'] }],

    'react/exhaustive-deps': 'error',
    'react/jsx-key': 'error',
    'react/no-danger': 'error',
    'react/no-array-index-key': 'error',
    // What only the browser knows (its clock, its theme) enters after the first paint, by an effect.
    'react/set-state-in-effect': 'off',
    'jsx-a11y/anchor-ambiguous-text': 'error',
    'nextjs/no-html-link-for-pages': 'error',
  },
  overrides: [
    ...importOverrides(importTable),
    {
      files: ['app/**', 'server/ui/**'],
      rules: { 'react/rules-of-hooks': 'error' },
    },
    {
      // Next and the tools ask for these default exports.
      files: [
        'app/**/{page,layout,error,global-error,not-found,loading,template,default,route,sitemap,robots,icon,opengraph-image}.{ts,tsx}',
        '*.config.{ts,mjs}',
        'test/**/global-setup.ts',
        'scripts/test/summary-reporter.ts',
      ],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      // Plain JavaScript has no types to be safe with, and a test sees a wrong shape when it fails.
      files: ['**/*.mjs', '**/*.test.{ts,tsx}', 'test/**'],
      rules: {
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    {
      // What people run in a terminal speaks to the terminal.
      files: ['scripts/**', 'bench/**', 'test/**', 'operator/cli.ts'],
      rules: { 'no-console': 'off' },
    },
  ],
})
