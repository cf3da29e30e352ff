/**
 * Second Look in JupyterLab: the container that JupyterLab loads, written by hand (no build step).
 *
 * JupyterLab loads a prebuilt extension as a "module federation container": an object with
 * `init(scope)`, which hands over the libraries JupyterLab shares, and `get("./extension")`, which
 * answers with a factory of the plugin. That is all a bundler would have produced.
 *
 * What the plugin does is in the plain modules beside this file:
 *   lesson.js  which notebooks start by themselves, running them, coming back after a restart
 *   page.js    how a lesson looks: code hidden, the bar at its top, room on a phone
 *   keys.js    whose key press it is: the activity's or JupyterLab's
 *   charts.js  Plotly's renderer, fetched with the first chart
 */
(() => {
  const NAME = "secondlook-lab";
  const here = document.currentScript?.src;
  let scope;
  let loaded;

  /** Newest first, compared as numbers ("4.10.0" is newer than "4.9.9"). */
  const byVersion = (a, b) => b.localeCompare(a, undefined, { numeric: true });

  /** A library that JupyterLab shares, or null where this application has none of that name. */
  const shared = async (name) => {
    const versions = scope?.[name];
    const newest = versions && Object.keys(versions).sort(byVersion)[0];
    return newest ? (await versions[newest].get())() : null;
  };

  const load = async () => {
    const [notebook, cells, coreutils, rendermime, lumino] = await Promise.all(
      ["@jupyterlab/notebook", "@jupyterlab/cells", "@jupyterlab/coreutils", "@jupyterlab/rendermime",
        "@lumino/widgets"].map(shared)
    );
    const plugin = {
      id: `${NAME}:lesson`,
      description: "Starts Second Look lessons and shows them as pages.",
      autoStart: true,
      // Optional, so that an application without notebooks carries on as if this were not installed.
      optional: notebook ? [notebook.INotebookTracker, rendermime.IRenderMimeRegistry] : [],
      activate: async (app, tracker, registry) => {
        if (!tracker || !cells || !coreutils) return;
        const config = coreutils.PageConfig;
        const base = here || `${config.getOption("fullLabextensionsUrl")}/${NAME}/static/remoteEntry.js`;
        const [{ follow }, { drawChartsLater }] = await Promise.all(
          ["./lesson.js", "./charts.js"].map((name) => import(new URL(name, base).href))
        );
        if (registry && lumino) drawChartsLater(registry, lumino.Panel);
        follow({ app, tracker, base, CodeCell: cells.CodeCell, config });
      },
    };
    return { __esModule: true, default: plugin };
  };

  (globalThis._JUPYTERLAB ??= {})[NAME] = {
    init: (sharedScope) => {
      scope = sharedScope;
    },
    get: async (module) => {
      if (module !== "./extension") throw new Error(`${NAME} has no module ${module}`);
      loaded ??= await load();
      return () => loaded;
    },
  };
})();
