"""Two people rate posts and claims without seeing our verdicts; their sheets are compared.

``sheets`` writes a sheet for each of two raters and reads them back; ``report`` says how far they
agree with each other and with the course, and which items are in dispute. What comes of it is
written by a person into ``data/reviews.json``, from which `content.review_state` tells a teacher
who has looked at the course.
"""
