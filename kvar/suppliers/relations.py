"""The relations of identity, written once in SQL that DuckDB runs and Spark after transpiling (ADR 4)."""

# Which rows share a block: `left_keys` and `right_keys` (key, row); blocks larger than $cap say too little.
CANDIDATES = """
with few as (
    select key from right_keys where key in (select key from left_keys) group by key having count(*) <= $cap
)
select distinct l.row as l, r.row as r
from left_keys l join few f on f.key = l.key join right_keys r on r.key = l.key
"""
