/**
 * Plotly's renderer, fetched with the first chart. It is five megabytes, and most lessons have none:
 * where whoever serves the course leaves it out of what JupyterLab loads on opening (the site without
 * a server does), a chart brings it.
 */

const TYPE = "application/vnd.plotly.v1+json";
const OWNER = "jupyterlab-plotly";

/**
 * Draw charts with Plotly's own renderer, loaded when the first one is to be drawn.
 *
 * @param {object} rendermime JupyterLab's register of what draws which output
 * @param {Function} Panel a Lumino panel, which holds the real renderer once it is there
 */
export function drawChartsLater(rendermime, Panel) {
  // With Plotly's own extension loaded, nothing is left to do.
  if (rendermime.getFactory(TYPE) || !globalThis._JUPYTERLAB?.[OWNER]) return;
  let loading;
  const load = () => (loading ??= renderer());

  class Chart extends Panel {
    constructor(options) {
      super();
      this.options = options;
    }

    async renderModel(model) {
      const factory = await load();
      if (this.isDisposed) return;
      if (!this.inner) {
        this.inner = factory.createRenderer(this.options);
        this.addWidget(this.inner);
      }
      await this.inner.renderModel(model);
    }
  }
  rendermime.addFactory({ safe: true, mimeTypes: [TYPE], createRenderer: (options) => new Chart(options) }, 0);
}

/** What Plotly's extension registers, had it been loaded on opening. */
async function renderer() {
  const module = (await globalThis._JUPYTERLAB[OWNER].get("./mimeExtension"))();
  const listed = module.default ?? module;
  return [listed].flat().find((one) => one.rendererFactory.mimeTypes.includes(TYPE)).rendererFactory;
}
