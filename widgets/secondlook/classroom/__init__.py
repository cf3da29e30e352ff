"""The teacher's side: hand-ins, answer codes, the class report. No learner's page loads it.

``summary`` holds what a class handed in as tables, ``analysis`` the arithmetic on them, and
``findings`` the words.
"""
