"""The SQL by which `district` groups the rows of a store into tests, and says which will not do."""

from __future__ import annotations

# One row a test. An answer is packed into a few bits at the place of its item, so that a test is
# three whole numbers; a second answer to an item is seen because the items are then fewer than the
# rows. ``wrong_*`` count and place the rows that are no answer to an item of the form.
GROUP = """
CREATE TABLE tests AS
WITH told AS ({source}),
answers AS (
  SELECT told.*, allowed.place, allowed.bits,
    CASE
      WHEN told.item = 'finished' AND told.form IN ('A', 'B', 'C')
        THEN CASE WHEN told.pick IS NULL AND told.sure IS NULL THEN 'done' ELSE 'sure' END
      WHEN allowed.place IS NULL THEN CASE WHEN known.item IS NULL THEN 'item' ELSE 'pick' END
      ELSE 'right'
    END AS found
  FROM told
  LEFT JOIN known ON known.form = told.form AND known.item = told.item
  LEFT JOIN allowed ON allowed.form = told.form AND allowed.item = told.item
    AND allowed.pick = told.pick AND allowed.sure IS NOT DISTINCT FROM told.sure
)
SELECT
  coalesce(class_name, '') AS class_name, learner, occasion, form, edition,
  coalesce(saved, '') AS saved,
  count(*) AS n_rows, min(number) AS first_row,
  bool_or(found = 'done') AS finished,
  count(*) FILTER (found IN ('right', 'done')) AS n_used,
  count(*) FILTER (found = 'right') AS n_answers,
  count(*) FILTER (found = 'done') AS n_done,
  coalesce(bit_count(bit_or(1::BIGINT << place) FILTER (found = 'right')), 0) AS n_items,
  coalesce(bit_or(bits) FILTER (found = 'right' AND place < 10), 0) AS low_posts,
  coalesce(bit_or(bits) FILTER (found = 'right' AND place >= 10 AND place < 20), 0) AS high_posts,
  coalesce(bit_or(bits) FILTER (found = 'right' AND place >= 20), 0) AS questions,
  count(*) FILTER (found = 'item') AS wrong_item,
  min(number) FILTER (found = 'item') AS first_item,
  count(*) FILTER (found IN ('pick', 'sure')) AS wrong_pick,
  min(number) FILTER (found IN ('pick', 'sure')) AS first_pick,
FROM answers
GROUP BY ALL
"""

CHECK = """
CREATE TABLE checked AS
SELECT *, CASE
  WHEN length(class_name) > 100 THEN 'the name of the class is longer than 100 characters'
  WHEN learner IS NULL OR NOT regexp_full_match(learner, $code)
    THEN 'the learner code is none that this course makes'
  WHEN occasion IS NULL OR occasion NOT IN ('before', 'after', 'later')
    THEN 'the occasion is not before, after or later'
  WHEN form IS NULL OR form NOT IN ('A', 'B', 'C') THEN 'the form is not A, B or C'
  WHEN (occasion = 'later') <> (form = 'C') THEN 'that form does not belong to that occasion'
  WHEN edition IS NULL OR NOT regexp_full_match(edition, '[0-7]')
    THEN 'the edition is no number from 0 to 7'
  WHEN saved <> '' AND (NOT regexp_full_match(saved, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    OR TRY_CAST(saved AS DATE) IS NULL) THEN 'the day it was saved is no day'
  WHEN n_items < n_answers OR n_done > 1 THEN 'it answers an item twice'
  WHEN n_used = 0 THEN 'nothing in it is an answer to an item of the form'
  END AS reason
FROM tests
"""

BEST = """
CREATE TABLE ranked AS
SELECT *, row_number() OVER (
  PARTITION BY class_name, learner, occasion
  ORDER BY finished DESC, saved DESC, n_answers DESC, form, edition
) AS rank
FROM checked WHERE reason IS NULL
"""

# What was left out, with the row it begins at: whole tests, or some rows of a test that stays.
REFUSED = """
CREATE TABLE refused AS
SELECT reason, n_rows AS n, first_row AS first FROM checked WHERE reason IS NOT NULL
UNION ALL SELECT 'a newer or fuller copy of that test stands in the store', n_rows, first_row
  FROM ranked WHERE rank > 1
UNION ALL SELECT 'the form has no such item', wrong_item, first_item
  FROM checked WHERE reason IS NULL AND wrong_item > 0
UNION ALL SELECT 'the item takes no such pick or sureness', wrong_pick, first_pick
  FROM checked WHERE reason IS NULL AND wrong_pick > 0
"""

LEARNERS = """
SELECT class_name, learner, max(saved) AS saved FROM ranked WHERE rank = 1
GROUP BY class_name, learner ORDER BY class_name, learner
"""
