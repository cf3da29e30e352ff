const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
  {
    ignores: ["**/node_modules/**", ".venv/**", "build/**", "dist/**", "_build/**", "test-artifacts/**"],
  },
  js.configs.recommended,
  {
    // ES modules that run in the page: the activities' twins and the lab extension.
    files: ["widgets/**/*.js", "labextension/**/*.js"],
    languageOptions: { sourceType: "module", globals: globals.browser },
  },
  {
    // JupyterLab loads a prebuilt extension's first file with a script tag, not as a module.
    files: ["labextension/static/remoteEntry.js"],
    languageOptions: { sourceType: "script", globals: globals.browser },
  },
  {
    files: ["*.config.js"],
    languageOptions: { sourceType: "commonjs", globals: globals.node },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { sourceType: "module", globals: { ...globals.node, ...globals.browser } },
  },
  {
    rules: {
      eqeqeq: ["error", "smart"],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-var": "error",
      "prefer-const": "error",
      // "_" marks an argument that a signature asks for and the body does not need.
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
    },
  },
];
