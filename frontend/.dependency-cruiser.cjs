// text <- editor <- features, with sync and api beside them (docs/architecture.md).
/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "text-is-pure",
      comment: "The flat text knows no DOM, no Yjs, no React, and nothing above it.",
      severity: "error",
      from: { path: "^src/text/", pathNot: "\\.test\\.tsx?$" },
      to: { pathNot: "^src/text/" },
    },
    {
      name: "editor-knows-no-network",
      severity: "error",
      from: { path: "^src/editor/" },
      to: { path: "^src/(sync|api|features)/|node_modules/(yjs|y-protocols|react|react-dom)/" },
    },
    {
      name: "sync-alone-imports-yjs",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(sync|testing)/|\\.test\\.tsx?$" },
      to: { path: "node_modules/(yjs|y-protocols)/" },
    },
    {
      name: "sync-and-api-know-no-features",
      severity: "error",
      from: { path: "^src/(sync|api|ui|i18n)/" },
      to: { path: "^src/features/" },
    },
  ],
  options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.json" } },
};
