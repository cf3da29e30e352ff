"""The course on paper: what a class without machines reads, writes on and cuts out.

``booklet`` composes, ``page`` draws the HTML, ``pdf`` has a browser print it, ``files`` puts it
into a folder without harming what is there, and ``command`` does all of it.
"""
