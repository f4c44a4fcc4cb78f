// The rules a reviewer would otherwise repeat. Formatting is Prettier's.

import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Rooms of app/ and the ones each may not look into. Arrows point one way: domain ← commands ← offline, server, ui ← routes; printing ← ui. */
const forbidden = {
  domain: ['commands', 'offline', 'printing', 'server', 'ui', 'routes'],
  printing: ['commands', 'offline', 'server', 'ui', 'routes'],
  commands: ['offline', 'printing', 'server', 'ui', 'routes'],
  offline: ['printing', 'server', 'ui', 'routes'],
  server: ['offline', 'printing', 'ui', 'routes'],
  ui: ['server', 'offline', 'routes'],
}

const boundaries = Object.entries(forbidden).map(([room, others]) => ({
  files: [`app/${room}/**/*.{ts,tsx}`],
  ignores: ['**/*.test.{ts,tsx}'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: others.map((other) => ({
          group: [`~/${other}`, `~/${other}/**`, `**/../${other}/**`],
          message: `${room} may not look into ${other}.`,
        })),
      },
    ],
  },
}))

const noEnums = { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' }

/** Only a module of somebody else is extended by an interface. */
const noInterfaces = {
  selector: ':matches(Program, ExportNamedDeclaration) > TSInterfaceDeclaration',
  message: 'Use a type.',
}

/** A form is read in one place: what was opened for one ISP must not be done at another. */
const noRawForms = {
  selector: "CallExpression[callee.object.name='request'][callee.property.name='formData']",
  message: 'Use formOf from ~/server/form.server.',
}

export default tseslint.config(
  {
    ignores: [
      'build/',
      'node_modules/',
      '.data/',
      'public/',
      'app/database.types.ts',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',

      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/array-type': ['error', { default: 'generic' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-restricted-syntax': ['error', noEnums, noInterfaces],
      eqeqeq: ['error', 'smart'],
      'no-console': 'off',
    },
  },
  ...boundaries,
  {
    files: ['app/routes/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', noEnums, noInterfaces, noRawForms] },
  },
  {
    // Rules of money and calendar get the time told; a phone and the server must agree.
    files: ['app/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        noEnums,
        noInterfaces,
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'The domain never reads the clock.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The domain never reads the clock.',
        },
      ],
    },
  },
  {
    files: ['app/ui/**/*.tsx'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'A part gets data as props; loaders fetch.' },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
)
