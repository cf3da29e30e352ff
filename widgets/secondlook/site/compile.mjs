/**
 * Compiles the Python of wheels ahead of time: node compile.mjs PYODIDE_FOLDER FROM TO WHAT.
 *
 * A browser would compile each module on every visit. Compiled by this very Pyodide (run by node),
 * the modules fit it and load in a third of the time. WHAT is JSON: for some wheel names, beginnings
 * of paths that no lesson needs and that are left out.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [core, from, to, what] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(core, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: `${resolve(core)}/` });
const compile = pyodide.runPython(`
import io, py_compile, zipfile

def compiled(data, dropped):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data.to_py())) as old, zipfile.ZipFile(
        made, "w", zipfile.ZIP_DEFLATED, compresslevel=9
    ) as new:
        for name in old.namelist():
            body = old.read(name)
            if any(part in name for part in dropped.to_py()) or name.endswith("/"):
                continue
            if name.endswith(".py") and ".dist-info/" not in name:
                with open("/tmp/one.py", "wb") as file:
                    file.write(body)
                py_compile.compile(
                    "/tmp/one.py", "/tmp/one.pyc", dfile="/lib/python3.14/site-packages/" + name,
                    doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
                with open("/tmp/one.pyc", "rb") as file:
                    name, body = name + "c", file.read()
            # The same wheel must give the same bytes: a browser keeps what has not changed.
            new.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()

compiled
`);

mkdirSync(to, { recursive: true });
const dropped = JSON.parse(what);
for (const name of readdirSync(from).filter((one) => one.endsWith(".whl")).sort()) {
  const parts = dropped[name.split("-")[0]] ?? dropped["*"];
  const made = compile(new Uint8Array(readFileSync(`${from}/${name}`)), parts);
  writeFileSync(`${to}/${name}`, made.toJs());
}
