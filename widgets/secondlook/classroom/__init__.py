"""The teacher's side: hand-ins, answer codes, the class report.

``hand_in`` is the file that a learner takes along, and all that a learner's page loads of this.
``summary`` holds what a class handed in as tables, ``analysis`` the arithmetic on them, and
``findings`` the words.
"""
