"""The course as a folder of plain files: JupyterLite, with Python running in the learner's browser.

``parts`` fetches what the browser's Python is made of and checks it, ``wheels`` writes Pyodide's
list of packages, ``build`` puts the site together. Nothing that is fetched is kept in this package.
"""


class SiteError(Exception):
    """There is no site. The message is one plain sentence for whoever asked for it."""
