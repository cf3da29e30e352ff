"""A lesson for a class with one projector: large type, hands, answers when the class has voted.

What a slide shows comes from the same data as the notebook: ``deck`` puts a lesson's outline,
prose and activities into slides, ``page`` writes them as one HTML file, and
``static/present.js`` turns them.
"""
